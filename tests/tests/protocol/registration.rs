//! Dynamic registration (RFC 7591) and its management (RFC 7592).

use crate::{NOW, bare_server, busy, json, later, over, server};
use grantflow::{
    ApplicationType, AuthorizationServer, ClientMetadata, ConfigError, Error, ErrorCode, Exchange,
    ProtocolError, Register, Registration, Response, UnixTime,
};
use grantflow_tests::scenario::{REDIRECT_URI, Scenario};
use serde_json::{Value, json};

const GRANTED: &str = r#"{"client_id":"new","client_secret":"a-new-secret","client_secret_expires_at":0,
    "registration_access_token":"manage-token","registration_client_uri":"https://as.example/r/new"}"#;

fn metadata() -> ClientMetadata {
    let uri = "https://client.example/cb".parse().unwrap();
    ClientMetadata::new(ApplicationType::Web, [uri])
}

fn register() -> Register {
    server().register(&metadata()).unwrap()
}

fn registered(body: &str) -> Registration {
    register().receive(&json(201, body), NOW).unwrap()
}

fn body(exchange: &impl Exchange) -> Value {
    serde_json::from_slice(exchange.request(NOW).unwrap().body()).unwrap()
}

#[test]
fn the_metadata_is_posted_as_json() {
    let metadata = metadata()
        .with_client_name("PrintMyPics")
        .with_token_endpoint_auth_method("none")
        .with_scope(&"a b".parse().unwrap())
        .with("contacts", ["dev@client.example"])
        .unwrap();
    let register = server().register(&metadata).unwrap();
    let request = register.request(NOW).unwrap();
    assert_eq!(request.method().as_str(), "POST");
    assert_eq!(request.url().as_str(), "https://as.example/register");
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert_eq!(request.header("authorization"), None);
    assert_eq!(
        body(&register),
        json!({
            "application_type": "web",
            "client_name": "PrintMyPics",
            "contacts": ["dev@client.example"],
            "grant_types": ["authorization_code", "refresh_token"],
            "redirect_uris": ["https://client.example/cb"],
            "response_types": ["code"],
            "scope": "a b",
            "token_endpoint_auth_method": "none",
        })
    );
    let request = register.initial_access_token("initial").request(NOW).unwrap();
    assert_eq!(request.header("authorization"), Some("Bearer initial"));
}

#[test]
fn a_server_without_the_endpoint_registers_nobody() {
    let error = bare_server().register(&metadata()).unwrap_err();
    assert_eq!(error, ConfigError::Missing("registration endpoint").into());
}

#[test]
fn only_201_with_a_client_id_is_a_registration() {
    for status in [200, 204] {
        let error = over(register().receive(&json(status, GRANTED), NOW));
        assert_eq!(error, ProtocolError::UnexpectedStatus { status, retry_after: None }.into());
    }
    let error = over(register().receive(&json(201, "{}"), NOW));
    assert_eq!(error, ProtocolError::Missing("client_id").into());
    let (_, wait) = later(register().receive(&busy(503), NOW));
    assert_eq!(wait, Some(7));
    let refusal = r#"{"error":"invalid_redirect_uri"}"#;
    let error = over(register().receive(&json(400, refusal), NOW));
    assert_eq!(error.code(), Some(&ErrorCode::InvalidRedirectUri));
}

#[test]
fn a_secret_says_when_it_ends_and_an_empty_one_is_none() {
    assert_eq!(registered(GRANTED).client_secret_expires_at(), None);
    let ends = GRANTED.replace("_at\":0", "_at\":2000");
    let end = registered(&ends).client_secret_expires_at();
    assert_eq!(end, Some(UnixTime::from_secs(2000)));
    let silent = r#"{"client_id":"new","client_secret":"s"}"#;
    let error = over(register().receive(&json(201, silent), NOW));
    assert_eq!(error, ProtocolError::Missing("client_secret_expires_at").into());
    let empty = registered(r#"{"client_id":"new","client_secret":""}"#);
    assert!(empty.client_secret().is_none());
}

#[test]
fn the_client_authenticates_as_the_server_has_noted() {
    let authenticates = |members: &str| {
        let body = format!(r#"{{"client_id":"new"{members}}}"#);
        registered(&body).client().map(|client| client.build().unwrap().authentication())
    };
    let secret = r#","client_secret":"s","client_secret_expires_at":0"#;
    let noted = |method: &str| format!(r#"{secret},"token_endpoint_auth_method":"{method}""#);
    assert_eq!(authenticates(""), Ok("none"));
    assert_eq!(authenticates(secret), Ok("client_secret_basic"));
    assert_eq!(authenticates(&noted("client_secret_post")), Ok("client_secret_post"));
    assert_eq!(authenticates(&noted("none")), Ok("none"));
    let error: Error = ConfigError::NoCommonAuthentication.into();
    assert_eq!(authenticates(&noted("private_key_jwt")), Err(error));
}

#[test]
fn no_debug_shows_a_secret() {
    let registration = registered(GRANTED);
    let shown = format!("{registration:?} {:?} {:?}", register(), registration.read());
    assert!(!shown.contains("secret\"") && !shown.contains("token"), "{shown}");
}

#[test]
fn a_registration_is_read_updated_and_given_up_where_the_server_says() {
    let registration = registered(GRANTED);
    let request = registration.read().unwrap().request(NOW).unwrap();
    assert_eq!(request.method().as_str(), "GET");
    assert_eq!(request.url().as_str(), "https://as.example/r/new");
    assert_eq!(request.header("authorization"), Some("Bearer manage-token"));
    let update = registration.update(&metadata()).unwrap();
    assert_eq!(update.request(NOW).unwrap().method().as_str(), "PUT");
    assert_eq!(body(&update)["client_id"], "new");
    // An answer that does not repeat the place leaves it in force.
    let updated = update.receive(&json(200, r#"{"client_id":"new"}"#), NOW).unwrap();
    let delete = updated.delete().unwrap();
    let request = delete.request(NOW).unwrap();
    assert_eq!(request.method().as_str(), "DELETE");
    assert_eq!(request.header("authorization"), Some("Bearer manage-token"));
    let none: [(&str, &str); 0] = [];
    assert!(delete.receive(&Response::new(204, none, ""), NOW).is_ok());
    let delete = registration.delete().unwrap();
    let error = over(delete.receive(&json(403, r#"{"error":"access_denied"}"#), NOW));
    assert_eq!(error.code(), Some(&ErrorCode::AccessDenied));
}

#[test]
fn without_a_place_there_is_nothing_to_manage() {
    let registration = registered(r#"{"client_id":"new"}"#);
    let expected: Error = ConfigError::Missing("registration client URI").into();
    assert_eq!(registration.read().unwrap_err(), expected);
    assert_eq!(registration.delete().unwrap_err(), expected);
    let insecure = r#"{"client_id":"new","registration_client_uri":"http://as.example/r"}"#;
    let error = over(register().receive(&json(201, insecure), NOW));
    assert_eq!(error, ProtocolError::Invalid("registration_client_uri").into());
}

#[test]
fn a_client_that_registered_itself_logs_in_and_leaves() {
    let scenario = Scenario::new();
    let server: AuthorizationServer = {
        let endpoint = "https://vault.example/register".parse().unwrap();
        scenario.client.server().clone().with_registration_endpoint(endpoint)
    };
    let metadata = ClientMetadata::new(ApplicationType::Web, [REDIRECT_URI.parse().unwrap()])
        .with_client_name("PrintMyPics")
        .with_token_endpoint_auth_method("client_secret_basic");
    let registration = scenario.run(server.register(&metadata).unwrap()).unwrap();
    let registration = scenario.run(registration.read().unwrap()).unwrap();
    let renamed = metadata.with_client_name("PrintMyPics 2");
    let registration = scenario.run(registration.update(&renamed).unwrap()).unwrap();
    let answer: Value = registration.response().json().unwrap();
    assert_eq!(answer["client_name"], "PrintMyPics 2");
    scenario.run(registration.delete().unwrap()).unwrap();
}
