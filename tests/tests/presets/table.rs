//! What holds for all presets.

use crate::scene::{NOW, asks};
use grantflow::{
    Client, ClientAuth, ConfigError, Entropy, Flow, Issuer, Pkce, SecureUrl,
    preset::{self, AuthStyle, Preset},
};

fn all() -> Vec<Preset<'static>> {
    use preset::*;
    vec![
        APPLE,
        ATLASSIAN,
        DISCORD,
        DROPBOX,
        EBAY,
        FACEBOOK.at("v23.0").unwrap(),
        FITBIT,
        GITHUB,
        GOOGLE,
        HUBSPOT,
        LINKEDIN,
        MAILCHIMP,
        MICROSOFT.at("common").unwrap(),
        NOTION,
        REDDIT,
        SALESFORCE,
        SALESFORCE_MY_DOMAIN.at("acme").unwrap(),
        SALESFORCE_SANDBOX,
        SHOPIFY.at("my-shop").unwrap(),
        SLACK,
        SLACK_USER,
        SPOTIFY,
        STRAVA,
        STRIPE,
        TIKTOK,
        TWITCH,
        X,
        ZOOM,
    ]
}

#[test]
fn every_url_is_secure_and_has_no_gap() {
    for preset in all() {
        let server = preset.server().unwrap();
        let urls = [
            Some(server.token_endpoint()),
            server.authorization_endpoint(),
            server.device_authorization_endpoint(),
            server.revocation_endpoint(),
            server.userinfo_endpoint(),
        ];
        for url in urls.into_iter().flatten() {
            assert!(url.as_str().starts_with("https://"), "{url:?}");
            assert!(!url.as_str().contains("%7B"), "{url:?}");
            assert_eq!(&url.as_str().parse::<SecureUrl>().unwrap(), url);
        }
        let issuer = server.issuer().map(Issuer::as_str);
        assert!(!issuer.unwrap_or_default().contains('{'), "{issuer:?}");
        assert_eq!(issuer.is_some(), preset.issuer.is_some(), "{}", preset.name);
    }
}

#[test]
fn the_optional_endpoints_reach_the_server() {
    for preset in all() {
        let server = preset.server().unwrap();
        let pairs = [
            (preset.device_authorization_endpoint, server.device_authorization_endpoint()),
            (preset.revocation_endpoint, server.revocation_endpoint()),
            (preset.userinfo_endpoint, server.userinfo_endpoint()),
        ];
        for (text, url) in pairs {
            assert_eq!(text.is_some(), url.is_some(), "{}", preset.name);
        }
    }
}

#[test]
fn a_confidential_client_can_be_built_and_sent_away() {
    for preset in all() {
        let client = preset.confidential("id", "secret").unwrap();
        let client = client.redirect_uri("https://client.example/cb".parse().unwrap());
        let client = client.build().unwrap();
        let mut flow = Flow::new(&client);
        for (name, value) in preset.offline_params {
            flow = flow.param(name, value).unwrap();
        }
        let scope = preset.offline_scope.unwrap_or_default();
        let flow = flow.scope(scope).unwrap();
        let (url, _) = flow.redirect(Entropy::from_bytes([0; 96]), NOW).unwrap();
        asks(url.as_str(), &["response_type=code"]);
        for (name, value) in preset.offline_params {
            asks(url.as_str(), &[&format!("{name}={value}")]);
        }
    }
}

#[test]
fn a_public_client_can_be_built_where_pkce_is_on() {
    for preset in all() {
        let built = preset.public("id").unwrap().build().map(|_| ());
        let expected = match preset.quirks().pkce {
            Pkce::Off => Err(ConfigError::PkceOff.into()),
            _ => Ok(()),
        };
        assert_eq!(built, expected, "{}", preset.name);
    }
}

#[test]
fn names_are_unique() {
    let mut names: Vec<_> = all().iter().map(|preset| preset.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), all().len());
}

#[test]
fn pkce_is_off_for_three_providers() {
    let off = all().into_iter().filter(|preset| preset.quirks().pkce == Pkce::Off);
    let off: Vec<_> = off.map(|preset| preset.name).collect();
    assert_eq!(off, ["LinkedIn", "Slack", "Slack user", "Stripe Connect"]);
}

#[test]
fn a_preset_of_the_applications_own_is_checked() {
    let acme = Preset::new("Acme", "https://acme.example/a", "http://acme.example/t");
    let error = acme.server().unwrap_err();
    assert_eq!(
        error.to_string(),
        "the token endpoint must be https, or http to a loopback address"
    );
    for url in ["https://{shop}.example/a", "https://acme.example/{shop}"] {
        let gap = Preset::new("Acme", url, "https://acme.example/t");
        assert_eq!(gap.server().unwrap_err().to_string(), "no shop is configured");
    }
}

#[test]
fn a_preset_can_be_mended() {
    let mut dropbox = preset::DROPBOX;
    dropbox.auth = AuthStyle::Post;
    dropbox.token_endpoint = "https://api.dropbox.example/token";
    assert_eq!(format!("{:?}", dropbox.client_auth("secret")), "client_secret_post");
    let mut quirks = dropbox.quirks();
    quirks.body_sniff = true;
    let server = dropbox.server().unwrap();
    let client = Client::confidential(server, "id", ClientAuth::post("s")).quirks(quirks);
    let client = client.build().unwrap();
    assert_eq!(client.server().token_endpoint().as_str(), "https://api.dropbox.example/token");
}
