//! Providers that answer in a way of their own.

use crate::scene::{
    Login, asks, cannot_refresh, grants, has_pkce, is_no_oauth_error, refuses, uses_basic,
    uses_post,
};
use grantflow::{Error, Flow, ProtocolError, preset};

const AB: &[&str] = &["a", "b"];

#[test]
fn ebay() {
    let login = Login::new(preset::EBAY);
    asks(&login.url(), &["client_id=id", "scope=a%20b"]);
    has_pkce(&login, true);
    uses_basic(&login);
    let granted = r#"{"access_token":"v^1.1#a","expires_in":7200,"refresh_token":"v^1.1#r",
        "refresh_token_expires_in":47304000,"token_type":"User Access Token"}"#;
    grants(login.exchange(200, granted), "v^1.1#a", Some("v^1.1#r"), Some(7200), AB);
    let refreshed =
        r#"{"access_token":"v^1.1#b","expires_in":7200,"token_type":"User Access Token"}"#;
    let result = login.refresh(granted, 200, refreshed);
    grants(result, "v^1.1#b", Some("v^1.1#r"), Some(7200), AB);
    let application = r#"{"access_token":"at","token_type":"Application Access Token"}"#;
    grants(login.exchange(200, application), "at", None, None, AB);
    let error = r#"{"error":"invalid_grant","error_description":"the provided code is invalid"}"#;
    refuses(login.exchange(400, error), "invalid_grant");
    assert!(login.refresh(granted, 400, error).unwrap_err().must_reauthorize());
}

#[test]
fn facebook() {
    let login = Login::new(preset::FACEBOOK.at("v23.0").unwrap());
    assert!(login.url().starts_with("https://www.facebook.com/v23.0/dialog/oauth?"));
    asks(&login.url(), &["client_id=id", "scope=a%20b"]);
    has_pkce(&login, true);
    uses_post(&login);
    let granted = r#"{"access_token":"EAAa","token_type":"bearer","expires_in":5183999}"#;
    grants(login.exchange(200, granted), "EAAa", None, Some(5_183_999), AB);
    cannot_refresh(login.exchange(200, granted));
    let form = "access_token=EAAa&expires=5183999";
    let result = login.exchange_as("text/plain; charset=UTF-8", 200, form);
    grants(result, "EAAa", None, Some(5_183_999), AB);
    let error = r#"{"error":{"message":"Invalid code","type":"OAuthException","code":100}}"#;
    is_no_oauth_error(login.exchange(400, error), 400);
}

#[test]
fn fitbit() {
    let login = Login::new(preset::FITBIT);
    asks(&login.url(), &["client_id=id", "scope=a%20b"]);
    has_pkce(&login, true);
    uses_basic(&login);
    let granted = r#"{"access_token":"at","expires_in":28800,"refresh_token":"rt",
        "scope":"a b","token_type":"Bearer","user_id":"U"}"#;
    grants(login.exchange(200, granted), "at", Some("rt"), Some(28800), AB);
    let rotated = granted.replace("rt", "rt2");
    grants(login.refresh(granted, 200, &rotated), "at", Some("rt2"), Some(28800), AB);
    let error = r#"{"errors":[{"errorType":"invalid_grant","message":"Refresh token invalid"}],
        "success":false}"#;
    refuses(login.exchange(400, error), "invalid_grant");
    refuses(login.exchange(200, error), "invalid_grant");
    assert!(login.refresh(granted, 400, error).unwrap_err().must_reauthorize());
}

#[test]
fn github() {
    let login = Login::new(preset::GITHUB);
    asks(&login.url(), &["client_id=id", "scope=a%2Cb"]);
    has_pkce(&login, true);
    uses_post(&login);
    assert_eq!(login.token_request().header("accept"), Some("application/json"));
    let app = r#"{"access_token":"ghu_a","expires_in":28800,"refresh_token":"ghr_a",
        "refresh_token_expires_in":15897600,"scope":"a,b","token_type":"bearer"}"#;
    grants(login.exchange(200, app), "ghu_a", Some("ghr_a"), Some(28800), AB);
    grants(login.refresh(app, 200, app), "ghu_a", Some("ghr_a"), Some(28800), AB);
    let form = "access_token=gho_a&scope=repo%2Cgist&token_type=bearer";
    let result = login.exchange_as("application/x-www-form-urlencoded; charset=utf-8", 200, form);
    grants(result, "gho_a", None, None, &["repo", "gist"]);
    let oauth_app = r#"{"access_token":"gho_a","scope":"","token_type":"bearer"}"#;
    cannot_refresh(login.exchange(200, oauth_app));
    let error = r#"{"error":"bad_verification_code","error_description":"incorrect or expired",
        "error_uri":"https://docs.github.com/"}"#;
    refuses(login.exchange(200, error), "bad_verification_code");
    let error = r#"{"error":"bad_refresh_token"}"#;
    refuses(login.refresh(app, 200, error), "bad_refresh_token");
    assert!(login.code("&iss=https%3A%2F%2Fgithub.com%2Flogin%2Foauth").is_ok());
    assert!(login.code("&iss=https%3A%2F%2Fgithub.com").is_err());
}

#[test]
fn mailchimp() {
    let login = Login::new(preset::MAILCHIMP);
    asks(&login.url(), &["client_id=id", "scope=a%20b"]);
    has_pkce(&login, true);
    uses_post(&login);
    let granted = r#"{"access_token":"at","expires_in":0,"scope":null,"token_type":"bearer"}"#;
    grants(login.exchange(200, granted), "at", None, None, AB);
    cannot_refresh(login.exchange(200, granted));
    refuses(login.exchange(400, r#"{"error":"invalid_grant"}"#), "invalid_grant");
}

#[test]
fn salesforce() {
    for preset in [
        preset::SALESFORCE,
        preset::SALESFORCE_SANDBOX,
        preset::SALESFORCE_MY_DOMAIN.at("acme").unwrap(),
    ] {
        let login = Login::new(preset);
        asks(&login.url(), &["client_id=id", "scope=a%20b"]);
        has_pkce(&login, true);
        uses_post(&login);
        let granted = r#"{"access_token":"00D!a","refresh_token":"rt","signature":"s",
            "scope":"a b","instance_url":"https://eu5.salesforce.com","id":"i",
            "token_type":"Bearer","issued_at":"1447338111322"}"#;
        grants(login.exchange(200, granted), "00D!a", Some("rt"), None, AB);
        let extra: serde_json::Value =
            login.exchange(200, granted).unwrap().tokens().extra().unwrap();
        assert_eq!(extra["instance_url"], "https://eu5.salesforce.com");
        let refreshed = r#"{"access_token":"00D!b","token_type":"Bearer","issued_at":"1"}"#;
        grants(login.refresh(granted, 200, refreshed), "00D!b", Some("rt"), None, AB);
        let error = r#"{"error":"invalid_grant","error_description":"expired access token"}"#;
        refuses(login.exchange(400, error), "invalid_grant");
        assert!(login.refresh(granted, 400, error).unwrap_err().must_reauthorize());
    }
}

#[test]
fn shopify() {
    let login = Login::new(preset::SHOPIFY.at("my-shop").unwrap());
    assert!(login.url().starts_with("https://my-shop.myshopify.com/admin/oauth/authorize?"));
    asks(&login.url(), &["client_id=id", "scope=a%2Cb"]);
    has_pkce(&login, true);
    uses_post(&login);
    let granted = r#"{"access_token":"shpat_a","scope":"a,b"}"#;
    grants(login.exchange(200, granted), "shpat_a", None, None, AB);
    cannot_refresh(login.exchange(200, granted));
    refuses(login.exchange(400, r#"{"error":"invalid_request"}"#), "invalid_request");
    let code = login.code("&hmac=h&host=x&shop=my-shop.myshopify.com&timestamp=1").unwrap();
    let expected =
        [("hmac", "h"), ("host", "x"), ("shop", "my-shop.myshopify.com"), ("timestamp", "1")];
    assert_eq!(code.extra().collect::<Vec<_>>(), expected);
}

#[test]
fn slack() {
    let login = Login::new(preset::SLACK);
    asks(&login.url(), &["client_id=id", "scope=a%2Cb"]);
    has_pkce(&login, false);
    uses_post(&login);
    let granted = r#"{"ok":true,"access_token":"xoxb-a","token_type":"bot","scope":"a,b",
        "expires_in":43200,"refresh_token":"xoxe-r","team":{"id":"T"},
        "authed_user":{"id":"U","access_token":"xoxp-a","token_type":"user","scope":"c"}}"#;
    grants(login.exchange(200, granted), "xoxb-a", Some("xoxe-r"), Some(43200), AB);
    grants(login.refresh(granted, 200, granted), "xoxb-a", Some("xoxe-r"), Some(43200), AB);
    refuses(login.exchange(200, r#"{"ok":false,"error":"invalid_code"}"#), "invalid_code");
    let error = r#"{"ok":false,"error":"invalid_refresh_token"}"#;
    refuses(login.refresh(granted, 200, error), "invalid_refresh_token");
}

#[test]
fn slack_for_a_user() {
    let login = Login::new(preset::SLACK_USER);
    has_pkce(&login, false);
    uses_post(&login);
    let granted = r#"{"ok":true,"app_id":"A","team":{"id":"T"},"authed_user":{"id":"U",
        "access_token":"xoxp-a","token_type":"user","scope":"c,d","expires_in":43200,
        "refresh_token":"xoxe-r"}}"#;
    let scope = &["c", "d"];
    grants(login.exchange(200, granted), "xoxp-a", Some("xoxe-r"), Some(43200), scope);
    // The bot's preset does not mistake it.
    let error = Login::new(preset::SLACK).exchange(200, granted).unwrap_err();
    assert_eq!(error, Error::Protocol(ProtocolError::Missing("access_token")));
    let refreshed = r#"{"ok":true,"access_token":"xoxp-b","token_type":"user",
        "expires_in":43200,"refresh_token":"xoxe-s"}"#;
    let result = login.refresh(granted, 200, refreshed);
    grants(result, "xoxp-b", Some("xoxe-s"), Some(43200), scope);
    refuses(login.exchange(200, r#"{"ok":false,"error":"invalid_code"}"#), "invalid_code");
}

#[test]
fn slack_asks_for_a_users_scope_by_a_name_of_its_own() {
    let login = Login::new(preset::SLACK_USER);
    let flow = Flow::new(&login.0).param("user_scope", "c,d").unwrap();
    let entropy = grantflow::Entropy::from_bytes([0; 96]);
    let (url, _) = flow.redirect(entropy, crate::scene::NOW).unwrap();
    asks(url.as_str(), &["user_scope=c%2Cd"]);
    assert!(!url.as_str().contains("&scope="));
}

#[test]
fn strava() {
    let login = Login::new(preset::STRAVA);
    asks(&login.url(), &["client_id=id", "scope=a%2Cb"]);
    has_pkce(&login, true);
    uses_post(&login);
    let granted = r#"{"token_type":"Bearer","expires_at":22600,"expires_in":21600,
        "refresh_token":"rt","access_token":"at","athlete":{"id":1}}"#;
    grants(login.exchange(200, granted), "at", Some("rt"), Some(21600), AB);
    let by_date = r#"{"token_type":"Bearer","access_token":"at2","expires_at":22600,
        "refresh_token":"rt2"}"#;
    grants(login.refresh(granted, 200, by_date), "at2", Some("rt2"), Some(21600), AB);
    let error = r#"{"message":"Bad Request","errors":[{"resource":"AuthorizationCode",
        "field":"code","code":"invalid"}]}"#;
    is_no_oauth_error(login.exchange(400, error), 400);
    is_no_oauth_error(login.refresh(granted, 400, error), 400);
    let code = login.code("&scope=a,c").unwrap();
    assert_eq!(code.extra().collect::<Vec<_>>(), [("scope", "a,c")]);
}

#[test]
fn twitch() {
    let login = Login::new(preset::TWITCH);
    asks(&login.url(), &["client_id=id", "scope=a%20b"]);
    has_pkce(&login, true);
    uses_post(&login);
    let granted = r#"{"access_token":"at","expires_in":14346,"refresh_token":"rt",
        "scope":["a","c"],"token_type":"bearer"}"#;
    grants(login.exchange(200, granted), "at", Some("rt"), Some(14346), &["a", "c"]);
    grants(login.refresh(granted, 200, granted), "at", Some("rt"), Some(14346), &["a", "c"]);
    let error = r#"{"status":400,"message":"Invalid authorization code"}"#;
    is_no_oauth_error(login.exchange(400, error), 400);
    is_no_oauth_error(login.refresh(granted, 400, error), 400);
}
