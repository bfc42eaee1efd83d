//! Asking whether a token is good (RFC 7662).

use crate::{NOW, asks, bare_server, busy, confidential, form, json, later, over, public, values};
use grantflow::{
    ActiveToken, Client, ClientAuth, ConfigError, Error, ErrorCode, Exchange, Introspect,
    Introspection, ProtocolError, Response, UnixTime,
};

fn introspect() -> Introspect {
    confidential(ClientAuth::basic("s")).introspect("the-token").unwrap()
}

fn active(body: &str) -> ActiveToken {
    match introspect().receive(&json(200, body), NOW).unwrap() {
        Introspection::Active(token) => token,
        Introspection::Inactive => panic!("{body}"),
    }
}

#[track_caller]
fn refuses(body: &str, expected: ProtocolError) {
    assert_eq!(over(introspect().receive(&json(200, body), NOW)), expected.into(), "{body}");
}

#[test]
fn the_token_is_posted_by_a_client_that_authenticates() {
    let request = introspect().request(NOW).unwrap();
    assert_eq!(asks(&introspect()), "https://as.example/introspect");
    assert_eq!(request.method().as_str(), "POST");
    assert_eq!(request.header("authorization"), Some("Basic aWQ6cw=="));
    assert_eq!(request.header("accept"), Some("application/json"));
    assert_eq!(form(&request), [("token".to_owned(), "the-token".to_owned())]);
    let post = confidential(ClientAuth::post("s")).introspect("t").unwrap();
    assert_eq!(values(&form(&post.request(NOW).unwrap()), "client_secret"), ["s"]);
    let error = public().introspect("t").unwrap_err();
    assert_eq!(error, ConfigError::PublicClient.into());
}

#[test]
fn active_is_a_boolean_and_nothing_else() {
    for bad in ["\"true\"", "\"false\"", "1", "0", "[]", "{}", "[true]"] {
        refuses(&format!(r#"{{"active":{bad}}}"#), ProtocolError::Invalid("active"));
    }
    for missing in ["{}", r#"{"active":null}"#, r#"{"Active":true}"#] {
        refuses(missing, ProtocolError::Missing("active"));
    }
    refuses(r#"{"active":false,"active":true}"#, ProtocolError::Repeated("active"));
    let form = [("Content-Type", "application/x-www-form-urlencoded")];
    let error = over(introspect().receive(&Response::new(200, form, "active=true"), NOW));
    assert_eq!(error, ProtocolError::Invalid("active").into());
}

#[test]
fn a_token_that_is_not_good_is_no_error_and_nothing_else_is_believed() {
    for body in [r#"{"active":false}"#, r#"{"active":false,"exp":"x","sub":"alice"}"#] {
        let answer = introspect().receive(&json(200, body), NOW).unwrap();
        assert!(matches!(answer, Introspection::Inactive));
    }
}

#[test]
fn the_end_of_a_token_may_have_a_fraction() {
    for (exp, end) in [
        ("", None),
        (r#","exp":null"#, None),
        (r#","exp":1419356238"#, Some(1_419_356_238)),
        (r#","exp":1419356238.75"#, Some(1_419_356_238)),
        (r#","exp":99999999999999999999999"#, Some(u64::MAX)),
    ] {
        let token = active(&format!(r#"{{"active":true{exp}}}"#));
        assert_eq!(token.expires_at(), end.map(UnixTime::from_secs), "{exp}");
    }
    for bad in ["-1", "1e9", "\"tomorrow\"", "true", "[1]"] {
        refuses(&format!(r#"{{"active":true,"exp":{bad}}}"#), ProtocolError::Invalid("exp"));
    }
}

#[test]
fn the_claims_are_read_into_the_callers_type() {
    #[derive(serde::Deserialize)]
    struct Claims {
        sub: String,
        aud: Vec<String>,
    }
    let token =
        active(r#"{"active":true,"sub":"Z5O3upPC88QrAjx00dis","aud":["https://rs.example"]}"#);
    let claims: Claims = token.claims().unwrap();
    assert_eq!(
        (claims.sub.as_str(), &claims.aud[..]),
        ("Z5O3upPC88QrAjx00dis", &["https://rs.example".to_owned()][..])
    );
    let shown = format!("{token:?} {:?}", introspect());
    assert!(!shown.contains("Z5O3") && !shown.contains("the-token"), "{shown}");
}

#[test]
fn a_reply_is_json_at_200() {
    let html = Response::new(200, [("Content-Type", "text/html")], r#"{"active":true}"#);
    assert_eq!(over(introspect().receive(&html, NOW)), ProtocolError::MediaType.into());
    let jwt = [("Content-Type", "application/token-introspection+jwt")];
    let jwt = Response::new(200, jwt, "e30.e30.");
    assert_eq!(over(introspect().receive(&jwt, NOW)), ProtocolError::MediaType.into());
    for status in [201, 204] {
        let error = over(introspect().receive(&json(status, r#"{"active":true}"#), NOW));
        let expected = ProtocolError::UnexpectedStatus { status, retry_after: None };
        assert_eq!(error, expected.into());
    }
    let error = over(introspect().receive(&json(302, r#"{"active":true}"#), NOW));
    assert_eq!(error, ProtocolError::UnexpectedRedirect { status: 302 }.into());
}

#[test]
fn a_refusal_is_told_and_repeats_no_token() {
    let body = r#"{"error":"invalid_client","error_description":"no the-token"}"#;
    for status in [401, 200] {
        let error = over(introspect().receive(&json(status, body), NOW));
        assert_eq!(error.code(), Some(&ErrorCode::InvalidClient));
        let Error::Refused(refusal) = error else { panic!() };
        assert_eq!(refusal.description().unwrap().as_str(), "no ***");
    }
}

#[test]
fn a_server_in_trouble_is_asked_again() {
    for status in [429, 500, 503] {
        let (introspect, wait) = later(introspect().receive(&busy(status), NOW));
        assert_eq!((asks(&introspect), wait), ("https://as.example/introspect".into(), Some(7)));
    }
}

#[test]
fn an_introspection_needs_an_endpoint() {
    let client = Client::confidential(bare_server(), "id", ClientAuth::basic("s")).build().unwrap();
    let error = client.introspect("t").unwrap_err();
    assert_eq!(error, ConfigError::Missing("introspection endpoint").into());
}
