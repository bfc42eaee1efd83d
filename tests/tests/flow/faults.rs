//! A token endpoint that misbehaves, one fault at a time.

use grantflow::{Error, ErrorCode, Failure, ProtocolError, RunError};
use grantflow_tests::{cloudvault::Fault, scenario::Scenario};
use std::time::Duration;

#[track_caller]
fn ends_with(fault: Fault, expected: ProtocolError) {
    let scenario = Scenario::new();
    let code = scenario.code_received();
    scenario.vault.misbehave(fault);
    let error = scenario.run(code).unwrap_err();
    assert_eq!(error.error(), Some(&Error::from(expected)));
    assert!(error.into_exchange().is_none());
    assert_eq!(scenario.vault.count("/token"), 1);
}

#[test]
fn a_reply_that_breaks_the_protocol_ends_the_login() {
    ends_with(Fault::Html200, ProtocolError::MediaType);
    ends_with(Fault::Status201, ProtocolError::UnexpectedStatus { status: 201, retry_after: None });
    ends_with(Fault::MissingTokenType, ProtocolError::Missing("token_type"));
    ends_with(Fault::EmptyAccessToken, ProtocolError::Invalid("access_token"));
    ends_with(Fault::DuplicateMember, ProtocolError::Repeated("access_token"));
    ends_with(Fault::NegativeExpiry, ProtocolError::Invalid("expires_in"));
    ends_with(Fault::TrailingGarbage, ProtocolError::NotJson);
    ends_with(Fault::Oversized, ProtocolError::BodyTooLarge { limit: 1 << 20 });
    ends_with(
        Fault::Redirect307("https://elsewhere.example/".into()),
        ProtocolError::UnexpectedRedirect { status: 307 },
    );
}

#[test]
fn a_server_in_trouble_leaves_the_code_for_another_try() {
    let faults = [
        (Fault::Html500, 500, None),
        (Fault::RateLimited, 429, Some(Duration::from_secs(30))),
        (Fault::Unavailable503, 503, None),
    ];
    for (fault, status, expected_wait) in faults {
        let scenario = Scenario::new();
        let code = scenario.code_received();
        scenario.vault.misbehave(fault);
        let error = scenario.run(code).unwrap_err();
        let RunError::Protocol { failure: Failure::Later { state, wait, .. }, response } = error
        else {
            panic!("{error:?}")
        };
        assert_eq!(response.status(), status);
        if expected_wait.is_some() {
            assert_eq!(wait, expected_wait);
        }
        scenario.vault.behave();
        assert!(scenario.run(*state).is_ok());
        assert_eq!(scenario.vault.count("/token"), 2);
    }
}

#[test]
fn an_error_at_200_is_an_error() {
    let scenario = Scenario::new();
    let code = scenario.code_received();
    scenario.vault.misbehave(Fault::ErrorAt200);
    let error = scenario.run(code).unwrap_err();
    assert!(matches!(error.error(), Some(Error::Refused(_))), "{error:?}");
}

#[test]
fn a_verifier_that_the_server_echoes_is_not_shown() {
    let scenario = Scenario::new();
    let code = scenario.code_received();
    let request = grantflow::Exchange::request(&code, scenario.now()).unwrap();
    let body = std::str::from_utf8(request.body()).unwrap();
    let verifier = body.split("code_verifier=").nth(1).unwrap().split('&').next().unwrap();
    scenario.vault.misbehave(Fault::EchoesVerifier);
    let error = scenario.run(code).unwrap_err();
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains(verifier), "{shown}");
    assert!(shown.contains("***"), "{shown}");
}

#[test]
fn a_reply_without_a_media_type_is_read_as_json() {
    let scenario = Scenario::new();
    let code = scenario.code_received();
    scenario.vault.misbehave(Fault::NoContentType);
    assert!(scenario.run(code).is_ok());
}

#[test]
fn a_token_in_the_place_of_its_type_is_not_shown() {
    let scenario = Scenario::new();
    let code = scenario.code_received();
    let body = r#"{"access_token":"brand-new-token","refresh_token":"another-new-one",
        "token_type":"brand-new-token another-new-one"}"#;
    let reply = grantflow::Response::new(200, [("Content-Type", "application/json")], body);
    let failure = grantflow::Exchange::receive(code, &reply, scenario.now()).unwrap_err();
    let shown = format!("{failure} {failure:?}");
    assert!(!shown.contains("new") && shown.contains("*** ***"), "{shown}");
}

#[test]
fn what_the_server_echoes_of_the_state_is_not_shown() {
    let scenario = Scenario::new();
    let (url, awaiting) = scenario.awaiting();
    let state = url.as_str().split("state=").nth(1).unwrap().split('&').next().unwrap();
    let callback = grantflow::Callback::from_url(&scenario.callback(&url).url).unwrap();
    let code = awaiting.receive(callback, scenario.now()).unwrap();
    let body = format!(r#"{{"error":"invalid_request","error_description":"{state}"}}"#);
    let reply = grantflow::Response::new(400, [("Content-Type", "application/json")], body);
    let failure = grantflow::Exchange::receive(code, &reply, scenario.now()).unwrap_err();
    assert!(!format!("{failure} {failure:?}").contains(state));
}

#[test]
fn an_unknown_token_type_is_never_used() {
    let scenario = Scenario::new();
    let code = scenario.code_received();
    scenario.vault.misbehave(Fault::UnknownTokenType);
    let error = scenario.run(code).unwrap_err();
    assert!(
        matches!(error.error(), Some(Error::Protocol(ProtocolError::TokenType(_)))),
        "{error:?}"
    );
    assert_ne!(error.error().unwrap().code(), Some(&ErrorCode::InvalidGrant));
}
