//! Providers that keep to the RFCs, or nearly.

use crate::scene::{
    Login, asks, grants, has_pkce, is_no_oauth_error, refuses, uses_basic, uses_post,
};
use grantflow::{CallbackError, Error, preset};

const GRANTED: &str = r#"{"access_token":"at","token_type":"Bearer","expires_in":3600,
    "refresh_token":"rt","scope":"a b"}"#;
const REFRESHED: &str = r#"{"access_token":"at2","token_type":"bearer","expires_in":3600}"#;
const ROTATED: &str = r#"{"access_token":"at2","token_type":"bearer","expires_in":3600,
    "refresh_token":"rt2","scope":"a b"}"#;
const AB: &[&str] = &["a", "b"];

#[track_caller]
fn keeps_the_refresh_token(login: &Login) {
    grants(login.exchange(200, GRANTED), "at", Some("rt"), Some(3600), AB);
    grants(login.refresh(GRANTED, 200, REFRESHED), "at2", Some("rt"), Some(3600), AB);
}

#[track_caller]
fn rotates_the_refresh_token(login: &Login) {
    grants(login.exchange(200, GRANTED), "at", Some("rt"), Some(3600), AB);
    grants(login.refresh(GRANTED, 200, ROTATED), "at2", Some("rt2"), Some(3600), AB);
}

#[track_caller]
fn ends_the_grant(login: &Login, status: u16, body: &str) {
    let error = login.refresh(GRANTED, status, body).err().unwrap();
    assert!(error.must_reauthorize(), "{error}");
}

#[test]
fn discord() {
    let login = Login::new(preset::DISCORD);
    asks(&login.url(), &["client_id=id", "scope=a%20b"]);
    has_pkce(&login, true);
    uses_post(&login);
    rotates_the_refresh_token(&login);
    is_no_oauth_error(login.exchange(400, r#"{"message":"400: Bad Request","code":0}"#), 400);
    ends_the_grant(&login, 400, r#"{"error":"invalid_grant"}"#);
    let with_id_token = r#"{"access_token":"at","token_type":"Bearer","id_token":"x.y.z"}"#;
    grants(login.exchange(200, with_id_token), "at", None, None, AB);
}

#[test]
fn dropbox() {
    let login = Login::new(preset::DROPBOX);
    asks(&login.url(), &["client_id=id", "scope=a%20b"]);
    has_pkce(&login, true);
    // Dropbox refuses credentials that come twice.
    uses_basic(&login);
    keeps_the_refresh_token(&login);
    let error = r#"{"error":"invalid_grant","error_description":"code has expired"}"#;
    refuses(login.exchange(400, error), "invalid_grant");
    ends_the_grant(&login, 400, error);
}

#[test]
fn google() {
    let login = Login::new(preset::GOOGLE);
    asks(&login.url(), &["client_id=id", "scope=a%20b"]);
    has_pkce(&login, true);
    uses_post(&login);
    // More than was asked for is data.
    let granted = r#"{"access_token":"ya29.a","expires_in":3599,"refresh_token":"1//a",
        "scope":"a b openid","token_type":"Bearer","refresh_token_expires_in":604799}"#;
    let wider = &["a", "b", "openid"];
    grants(login.exchange(200, granted), "ya29.a", Some("1//a"), Some(3599), wider);
    grants(login.refresh(granted, 200, REFRESHED), "at2", Some("1//a"), Some(3600), wider);
    let error = r#"{"error":"invalid_grant","error_description":"Bad Request"}"#;
    refuses(login.exchange(400, error), "invalid_grant");
    ends_the_grant(&login, 400, error);
    assert!(login.code("&iss=https%3A%2F%2Faccounts.google.com").is_ok());
    assert!(login.code("&iss=https%3A%2F%2Faccounts.google.com%2F").is_err());
}

#[test]
fn hubspot() {
    let login = Login::new(preset::HUBSPOT);
    asks(&login.url(), &["client_id=id", "scope=a%20b"]);
    has_pkce(&login, true);
    uses_post(&login);
    let granted = r#"{"token_type":"bearer","refresh_token":"rt","access_token":"at",
        "expires_in":1800}"#;
    grants(login.exchange(200, granted), "at", Some("rt"), Some(1800), AB);
    grants(login.refresh(granted, 200, granted), "at", Some("rt"), Some(1800), AB);
    let error = r#"{"status":"BAD_AUTH_CODE","message":"missing or unknown auth code",
        "correlationId":"b"}"#;
    is_no_oauth_error(login.exchange(400, error), 400);
    is_no_oauth_error(login.refresh(granted, 400, error), 400);
}

#[test]
fn microsoft() {
    let login = Login::new(preset::MICROSOFT.at("common").unwrap());
    assert!(login.url().starts_with("https://login.microsoftonline.com/common/oauth2/v2.0/"));
    asks(&login.url(), &["client_id=id", "scope=a%20b"]);
    has_pkce(&login, true);
    uses_post(&login);
    keeps_the_refresh_token(&login);
    let texts = r#"{"token_type":"Bearer","access_token":"at","refresh_token":"rt",
        "expires_in":"3599","ext_expires_in":"3599","expires_on":"1388444763",
        "not_before":"1388440863","scope":"a"}"#;
    grants(login.exchange(200, texts), "at", Some("rt"), Some(3599), &["a"]);
    let error = r#"{"error":"invalid_grant","error_description":"AADSTS70008: expired",
        "error_codes":[70008],"timestamp":"2026-01-09 02:02:12Z"}"#;
    for status in [200, 400] {
        refuses(login.exchange(status, error), "invalid_grant");
    }
    ends_the_grant(&login, 400, error);
}

#[test]
fn microsoft_names_itself_by_the_tenants_id() {
    let login = Login::new(preset::MICROSOFT.at("common").unwrap());
    let named = |tenant: &str| {
        login.code(&format!("&iss=https%3A%2F%2Flogin.microsoftonline.com%2F{tenant}%2Fv2.0"))
    };
    assert!(named("common").is_ok());
    assert!(named("6babcaad-604b-40ac-a9d7-9fd97c0b779f").is_ok());
    for wrong in ["", "a%2Fb", "a/../b"] {
        let error = named(wrong).err().unwrap();
        assert_eq!(error, Error::Callback(CallbackError::IssuerMismatch));
    }
}

#[test]
fn spotify() {
    let login = Login::new(preset::SPOTIFY);
    asks(&login.url(), &["client_id=id", "scope=a%20b"]);
    has_pkce(&login, true);
    uses_basic(&login);
    keeps_the_refresh_token(&login);
    rotates_the_refresh_token(&login);
    let error = r#"{"error":"invalid_grant","error_description":"Refresh token revoked"}"#;
    refuses(login.exchange(400, error), "invalid_grant");
    ends_the_grant(&login, 400, error);
}

#[test]
fn x() {
    let login = Login::new(preset::X);
    // X refuses `+` for a space.
    asks(&login.url(), &["client_id=id", "scope=a%20b"]);
    has_pkce(&login, true);
    uses_basic(&login);
    rotates_the_refresh_token(&login);
    let error = r#"{"error":"invalid_request","error_description":"Value passed was invalid."}"#;
    refuses(login.exchange(400, error), "invalid_request");
    refuses(login.refresh(GRANTED, 400, error), "invalid_request");
}

#[test]
fn zoom() {
    let login = Login::new(preset::ZOOM);
    asks(&login.url(), &["client_id=id", "scope=a%20b"]);
    has_pkce(&login, true);
    uses_basic(&login);
    rotates_the_refresh_token(&login);
    let error = r#"{"reason":"Invalid Token!","error":"invalid_grant"}"#;
    refuses(login.exchange(400, error), "invalid_grant");
    ends_the_grant(&login, 400, error);
}
