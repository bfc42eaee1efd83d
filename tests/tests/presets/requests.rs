//! Providers that want to be asked in a way of their own.

use crate::scene::{
    Login, NOW, asks, cannot_refresh, grants, has_pkce, is_no_oauth_error, refuses, text,
    uses_basic, uses_post,
};
use grantflow::{
    Callback, Client, Entropy, Exchange, Flow, ResponseMode, Secret,
    preset::{self, APPLE, apple_client_secret},
};

const AB: &[&str] = &["a", "b"];

#[test]
fn apple() {
    let login = Login::new(APPLE);
    asks(&login.url(), &["client_id=id", "scope=a%20b"]);
    has_pkce(&login, true);
    uses_post(&login);
    let granted = r#"{"access_token":"at","token_type":"Bearer","expires_in":3600,
        "refresh_token":"rt","id_token":"x.y.z"}"#;
    grants(login.exchange(200, granted), "at", Some("rt"), Some(3600), AB);
    let refreshed = r#"{"access_token":"at2","token_type":"Bearer","expires_in":3600}"#;
    grants(login.refresh(granted, 200, refreshed), "at2", Some("rt"), Some(3600), AB);
    let error = r#"{"error":"invalid_grant"}"#;
    refuses(login.exchange(400, error), "invalid_grant");
    assert!(login.refresh(granted, 400, error).unwrap_err().must_reauthorize());
}

#[test]
fn apple_posts_the_callback_and_its_user_once() {
    let login = Login::new(APPLE);
    let flow = Flow::new(&login.0).scope("name").unwrap().response_mode(ResponseMode::FormPost);
    let (url, awaiting) = flow.redirect(Entropy::from_bytes([0; 96]), NOW).unwrap();
    asks(url.as_str(), &["response_mode=form_post"]);
    let body = format!("code=c&state={}&user=%7B%22name%22%3A1%7D", "A".repeat(43));
    let media_type = "application/x-www-form-urlencoded";
    let callback = Callback::from_form_post(media_type, body.as_bytes()).unwrap();
    let code = awaiting.receive(callback, NOW).unwrap();
    assert_eq!(code.extra().collect::<Vec<_>>(), [("user", r#"{"name":1}"#)]);
}

#[test]
fn apple_takes_a_secret_that_is_made_for_each_request() {
    let auth = apple_client_secret("id", |now| Ok(Secret::from(format!("jwt.{}", now.as_secs()))));
    let client = Client::confidential(APPLE.server().unwrap(), "id", auth);
    let client = client.redirect_uri("https://client.example/cb".parse().unwrap());
    let login = Login(client.quirks(APPLE.quirks()).build().unwrap());
    let code = login.code("").unwrap();
    let body = |now| text(&code.request(grantflow::UnixTime::from_secs(now)).unwrap()).to_owned();
    assert!(body(1).ends_with("&client_id=id&client_secret=jwt.1"), "{}", body(1));
    assert!(body(2).ends_with("&client_id=id&client_secret=jwt.2"), "{}", body(2));
}

#[test]
fn atlassian() {
    let login = Login::new(preset::ATLASSIAN);
    let url = login.url();
    asks(&url, &["audience=api.atlassian.com", "prompt=consent", "client_id=id", "scope=a%20b"]);
    has_pkce(&login, true);
    uses_post(&login);
    let granted = r#"{"access_token":"at","expires_in":3600,"token_type":"Bearer",
        "refresh_token":"rt","scope":"a b"}"#;
    grants(login.exchange(200, granted), "at", Some("rt"), Some(3600), AB);
    let rotated = granted.replace("rt", "rt2");
    grants(login.refresh(granted, 200, &rotated), "at", Some("rt2"), Some(3600), AB);
    let error = r#"{"error":"invalid_grant","error_description":"Unknown or invalid token."}"#;
    refuses(login.exchange(403, error), "invalid_grant");
    assert!(login.refresh(granted, 403, error).unwrap_err().must_reauthorize());
}

#[test]
fn linkedin() {
    let login = Login::new(preset::LINKEDIN);
    asks(&login.url(), &["client_id=id", "scope=a%20b"]);
    has_pkce(&login, false);
    uses_post(&login);
    let granted = r#"{"access_token":"at","expires_in":5184000,"refresh_token":"rt",
        "refresh_token_expires_in":31536000,"scope":"a b","token_type":"Bearer"}"#;
    grants(login.exchange(200, granted), "at", Some("rt"), Some(5_184_000), AB);
    grants(login.refresh(granted, 200, granted), "at", Some("rt"), Some(5_184_000), AB);
    let error = r#"{"error":"invalid_client","error_description":"Client authentication failed"}"#;
    refuses(login.exchange(401, error), "invalid_client");
    refuses(login.refresh(granted, 401, error), "invalid_client");
}

#[test]
fn notion() {
    let login = Login::new(preset::NOTION);
    let url = login.url();
    assert!(url.starts_with("https://api.notion.com/v1/oauth/authorize?owner=user&"), "{url}");
    has_pkce(&login, true);
    uses_basic(&login);
    let request = login.token_request();
    assert_eq!(request.header("content-type"), Some("application/json"));
    let body: serde_json::Value = serde_json::from_slice(request.body()).unwrap();
    assert_eq!(body["grant_type"], "authorization_code");
    assert_eq!(body["code"], "c");
    let granted = r#"{"access_token":"secret_a","token_type":"bearer","bot_id":"b",
        "workspace_id":"w","owner":{"workspace":true},"duplicated_template_id":null}"#;
    grants(login.exchange(200, granted), "secret_a", None, None, AB);
    cannot_refresh(login.exchange(200, granted));
    let error = r#"{"error":"invalid_grant","request_id":"r"}"#;
    refuses(login.exchange(400, error), "invalid_grant");
}

#[test]
fn reddit() {
    let login = Login::new(preset::REDDIT);
    asks(&login.url(), &["client_id=id", "scope=a%20b"]);
    has_pkce(&login, true);
    uses_basic(&login);
    let granted = r#"{"access_token":"at","token_type":"bearer","expires_in":86400,
        "refresh_token":"rt","scope":"a b"}"#;
    grants(login.exchange(200, granted), "at", Some("rt"), Some(86400), AB);
    grants(login.refresh(granted, 200, granted), "at", Some("rt"), Some(86400), AB);
    refuses(login.exchange(200, r#"{"error":"invalid_grant"}"#), "invalid_grant");
    let unauthorized = r#"{"message":"Unauthorized","error":401}"#;
    is_no_oauth_error(login.exchange(401, unauthorized), 401);
    let error = login.refresh(granted, 400, r#"{"error":"invalid_grant"}"#).unwrap_err();
    assert!(error.must_reauthorize());
}

#[test]
fn an_installed_app_at_reddit_has_the_empty_secret() {
    let client = preset::REDDIT.confidential("id", "").unwrap();
    let client = client.redirect_uri("https://client.example/cb".parse().unwrap());
    let request = Login(client.build().unwrap()).token_request();
    assert_eq!(request.header("authorization"), Some("Basic aWQ6"));
}

#[test]
fn stripe() {
    let login = Login::new(preset::STRIPE);
    asks(&login.url(), &["client_id=id", "scope=a%20b"]);
    has_pkce(&login, false);
    let request = login.token_request();
    assert_eq!(request.header("authorization"), Some("Bearer secret"));
    assert!(!text(&request).contains("&client_"), "{}", text(&request));
    let granted = r#"{"access_token":"sk_a","livemode":false,"refresh_token":"rt_a",
        "token_type":"bearer","stripe_publishable_key":"pk","stripe_user_id":"acct_1",
        "scope":"read_write"}"#;
    let scope = &["read_write"];
    grants(login.exchange(200, granted), "sk_a", Some("rt_a"), None, scope);
    grants(login.refresh(granted, 200, granted), "sk_a", Some("rt_a"), None, scope);
    let error = r#"{"error":"invalid_grant","error_description":"Authorization code expired"}"#;
    refuses(login.exchange(400, error), "invalid_grant");
    assert!(login.refresh(granted, 400, error).unwrap_err().must_reauthorize());
}

#[test]
fn tiktok() {
    let login = Login::new(preset::TIKTOK);
    let url = login.url();
    asks(&url, &["client_key=id", "scope=a%2Cb"]);
    assert!(!url.contains("client_id"), "{url}");
    has_pkce(&login, true);
    uses_post(&login);
    let request = login.token_request();
    assert_eq!(request.url().as_str(), "https://open.tiktokapis.com/v2/oauth/token/");
    assert_eq!(request.header("content-type"), Some("application/x-www-form-urlencoded"));
    assert!(text(&request).contains("&client_key=id&client_secret=secret"));
    let granted = r#"{"access_token":"act.a","expires_in":86400,"open_id":"o",
        "refresh_expires_in":31536000,"refresh_token":"rft.a","scope":"a,b",
        "token_type":"Bearer"}"#;
    grants(login.exchange(200, granted), "act.a", Some("rft.a"), Some(86400), AB);
    grants(login.refresh(granted, 200, granted), "act.a", Some("rft.a"), Some(86400), AB);
    let error = r#"{"error":"invalid_grant","error_description":"expired","log_id":"l"}"#;
    refuses(login.exchange(200, error), "invalid_grant");
    assert!(login.refresh(granted, 200, error).unwrap_err().must_reauthorize());
}
