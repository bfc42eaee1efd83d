//! The server said no.

use crate::{client, says};
use grantflow::{
    Error, ErrorCode, Exchange, Failure, Flow, Refresh, Request, Response, RunError, StoredTokens,
    TokenType, TransportError, UnixTime, drive,
};
use std::time::Duration;

const NOW: UnixTime = UnixTime::from_secs(0);

fn refresh() -> Refresh {
    let tokens = StoredTokens::import("at", TokenType::Bearer).unwrap();
    let tokens = tokens.with_refresh_token("rt").unwrap();
    Flow::restore(&client().build().unwrap(), tokens).unwrap().refresh().unwrap()
}

fn refused(body: &str) -> Failure<Refresh> {
    let reply = Response::new(400, [("Content-Type", "application/json")], body);
    refresh().receive(&reply, NOW).unwrap_err()
}

#[test]
fn in_the_protocols_own_words() {
    says(refused(r#"{"error":"invalid_scope"}"#), "the server refused: invalid_scope");
    says(
        refused(r#"{"error":"invalid_request","error_description":"a\u001b[31mb\nc"}"#),
        r"the server refused: invalid_request (a\u{1b}[31mb\nc)",
    );
    says(
        refused(r#"{"error":"invalid_client"}"#),
        "the server refused: invalid_client; \
         check the client id and secret, and Quirks::basic_encoding",
    );
    says(
        refused(r#"{"error":"invalid_grant"}"#),
        "the server refused: invalid_grant; the user must sign in again",
    );
    says(refused(r#"{"error":"so\n"}"#), r"the server refused: so\n");
}

#[test]
fn with_all_that_it_said() {
    let reply = Response::new(
        429,
        [("Content-Type", "application/json"), ("retry-after", "7")],
        r#"{"error":"slow_down","error_description":null,"error_uri":"https://as.example/e"}"#,
    );
    let failure = refresh().receive(&reply, NOW).unwrap_err();
    let Failure::Later { wait, error: Error::Refused(refusal), .. } = failure else { panic!() };
    assert_eq!(wait, Some(Duration::from_secs(7)));
    assert_eq!(refusal.retry_after(), Some(Duration::from_secs(7)));
    assert_eq!(refusal.code(), &ErrorCode::SlowDown);
    assert_eq!(refusal.description(), None);
    assert_eq!(refusal.uri().unwrap().as_str(), "https://as.example/e");
    assert_eq!(refusal.status(), Some(429));
    let message = "the server refused: slow_down";
    assert_eq!(refusal.to_string(), message);
    assert_eq!(
        format!("{refusal:?}"),
        "Refusal { code: SlowDown, description: None, uri: Some(\"https://as.example/e\"), \
         status: Some(429), retry_after: Some(7s) }"
    );
}

#[test]
fn by_a_resource_server() {
    let tokens = StoredTokens::import("at", TokenType::Bearer).unwrap();
    let flow = Flow::restore(&client().build().unwrap(), tokens).unwrap();
    let answers = |status, field: &str| {
        let call = flow.call(Request::get("https://api.example/".parse().unwrap())).unwrap();
        call.receive(&Response::new(status, [("www-authenticate", field)], ""), NOW).unwrap_err()
    };
    says(answers(401, "Basic"), "the resource server answered with status 401");
    says(
        answers(403, "Basic, Bearer error=\"insufficient_scope\""),
        "the resource server answered with status 403: insufficient_scope",
    );
}

#[test]
fn or_there_was_no_reply() {
    let send = |_| Err::<Response, _>(TransportError::Timeout);
    let error = drive(refresh(), || NOW, send, |_| {}).unwrap_err();
    assert_eq!(error.to_string(), "no reply from the server: the server took too long");
    assert!(error.error().is_none());
    assert!(error.into_exchange().is_some());
    assert_eq!(
        TransportError::BodyTooLarge { limit: 5 }.to_string(),
        "the reply's body is larger than 5 octets"
    );
    assert_eq!(TransportError::Truncated.to_string(), "the reply's body is shorter than announced");
    assert_eq!(TransportError::Stack("no route".into()).to_string(), "no route");
    let reply = Response::new(503, [("a", "b")], "");
    let error = drive(refresh(), || NOW, |_| Ok::<_, TransportError>(reply.clone()), |_| {});
    let Err(error @ RunError::Protocol { .. }) = error else { panic!() };
    assert_eq!(error.to_string(), "the server answered with the unexpected status 503");
    assert_eq!(
        format!("{error:?}"),
        "Protocol(Later(Protocol(UnexpectedStatus { status: 503, retry_after: None })), \
         Response { status: 503, body: 0 octets })"
    );
}
