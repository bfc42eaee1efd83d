//! What may stand in a URL's gap.

use grantflow::preset::{FACEBOOK, MICROSOFT, SALESFORCE_MY_DOMAIN, SHOPIFY};

#[test]
fn a_host_takes_one_label() {
    for shop in ["a", "0", "my-shop", "x--y", &"a".repeat(63)] {
        let server = SHOPIFY.at(shop).unwrap().server().unwrap();
        let expected = format!("https://{shop}.myshopify.com/admin/oauth/access_token");
        assert_eq!(server.token_endpoint().as_str(), expected);
    }
}

#[test]
fn a_host_takes_nothing_else() {
    for shop in [
        "",
        "-a",
        "a-",
        "a.b",
        ".",
        "a.",
        "evil.example/",
        "evil.example?",
        "evil.example#",
        "user@evil",
        "a:b",
        "a b",
        "a%2eb",
        "a\\b",
        "a\n",
        "A",
        "a_b",
        "{shop}",
        "bücher",
        "ａ",
        &"a".repeat(64),
    ] {
        let error = SHOPIFY.at(shop).unwrap_err();
        assert!(error.to_string().starts_with("the shop is not in the form"), "{shop}");
        assert!(SALESFORCE_MY_DOMAIN.at(shop).is_err(), "{shop}");
    }
}

#[test]
fn a_path_takes_one_segment() {
    for tenant in [
        "common",
        "contoso.onmicrosoft.com",
        "6babcaad-604b-40ac-a9d7-9fd97c0b779f",
        "A_b",
        &"a".repeat(253),
    ] {
        let server = MICROSOFT.at(tenant).unwrap().server().unwrap();
        let expected = format!("https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token");
        assert_eq!(server.token_endpoint().as_str(), expected);
        let issuer = format!("https://login.microsoftonline.com/{tenant}/v2.0");
        assert_eq!(server.issuer().unwrap().as_str(), issuer);
    }
    let server = FACEBOOK.at("v23.0").unwrap().server().unwrap();
    let url = server.authorization_endpoint().unwrap().as_str();
    assert_eq!(url, "https://www.facebook.com/v23.0/dialog/oauth");
}

#[test]
fn a_path_takes_nothing_else() {
    for tenant in [
        "",
        ".",
        "..",
        ".a",
        "a/b",
        "a?b",
        "a#b",
        "a@b",
        "a:b",
        "a b",
        "%2e%2e",
        "a%2fb",
        "a\\b",
        "a\t",
        "{tenantid}",
        "ä",
        &"a".repeat(254),
    ] {
        let error = MICROSOFT.at(tenant).unwrap_err();
        assert!(error.to_string().starts_with("the tenant is not in the form"), "{tenant}");
        assert!(FACEBOOK.at(tenant).is_err(), "{tenant}");
    }
}
