//! The exchange of the code, and what the request looks like.

use grantflow::{Error, ErrorCode, Exchange, Failure, TokenType};
use grantflow_tests::{
    cloudvault::ClientAuthentication,
    scenario::{CLIENT_SECRET, Scenario},
};
use std::time::Duration;

#[test]
fn each_client_authentication_gets_tokens() {
    for authentication in [
        ClientAuthentication::None,
        ClientAuthentication::SecretBasic(CLIENT_SECRET.into()),
        ClientAuthentication::SecretPost(CLIENT_SECRET.into()),
    ] {
        let scenario = Scenario::with(authentication, |client| client);
        let flow = scenario.authorized();
        assert_eq!(flow.tokens().token_type(), TokenType::Bearer);
        assert_eq!(flow.tokens().scope(), flow.tokens().requested_scope());
        assert!(flow.tokens().refresh_token().is_some());
    }
}

#[test]
fn a_wrong_secret_is_one_request_and_a_hint() {
    let wrong = ClientAuthentication::SecretBasic("another secret".into());
    let scenario = Scenario::new();
    let stranger = Scenario::with(wrong, |client| client);
    let code = stranger.code_received();
    let response = scenario.send(code.request(scenario.now()).unwrap());
    let failure = code.receive(&response, scenario.now()).unwrap_err();
    assert_eq!(failure.error().code(), Some(&ErrorCode::InvalidClient));
    assert!(matches!(failure, Failure::Over(Error::Refused(_))));
    assert_eq!(scenario.vault.count("/token"), 1);
}

#[test]
fn a_code_that_came_too_late_is_invalid_grant() {
    let scenario = Scenario::new();
    let code = scenario.code_received();
    scenario.wait(Duration::from_secs(61));
    let failure = scenario.run(code).unwrap_err();
    assert!(failure.error().unwrap().must_reauthorize());
    assert!(failure.into_exchange().is_none());
}

#[test]
fn the_request_is_the_same_however_often_it_is_made() {
    let scenario = Scenario::with(ClientAuthentication::None, |client| client);
    let code = scenario.code_received();
    let (one, two) = (code.request(scenario.now()).unwrap(), code.request(scenario.now()).unwrap());
    assert_eq!(one.body(), two.body());
    let headers: Vec<_> = one.headers().collect();
    assert_eq!(
        headers,
        [("Accept", "application/json"), ("Content-Type", "application/x-www-form-urlencoded"),]
    );
}

#[test]
fn two_logins_in_two_tabs_finish_in_either_order() {
    let scenario = Scenario::new();
    let tabs = [scenario.awaiting(), scenario.awaiting()];
    let mut back = tabs.map(|(url, awaiting)| (scenario.callback(&url).url, awaiting));
    back.reverse();
    for (url, awaiting) in back {
        let callback = grantflow::Callback::from_url(&url).unwrap();
        let code = awaiting.receive(callback, scenario.now()).unwrap();
        assert!(scenario.run(code).is_ok());
    }
}
