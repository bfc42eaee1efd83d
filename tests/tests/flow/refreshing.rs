//! New tokens for old ones.

use grantflow::{ConfigError, Error, Exchange, Failure, Flow, Response, StoredTokens, TokenType};
use grantflow_tests::{
    cloudvault::Fault,
    scenario::{CLIENT_SECRET, Scenario},
};
use std::time::Duration;

#[test]
fn a_rotated_refresh_token_takes_the_old_ones_place() {
    let scenario = Scenario::new();
    let first = scenario.authorized();
    let old = first.tokens().refresh_token().unwrap().clone();
    let second = scenario.run(first.refresh().unwrap()).unwrap();
    assert!(second.tokens().refresh_token().unwrap() != &old);
    let third = scenario.run(second.refresh().unwrap()).unwrap();
    assert_eq!(scenario.run(third.call(scenario.get("/photos")).unwrap()).unwrap().status(), 200);
}

#[test]
fn a_refresh_token_that_was_used_twice_ends_the_grant() {
    let scenario = Scenario::new();
    let first = scenario.authorized();
    let stolen = Flow::restore(&scenario.client, first.store()).unwrap();
    let second = scenario.run(first.refresh().unwrap()).unwrap();
    let error = scenario.run(stolen.refresh().unwrap()).unwrap_err();
    assert!(error.error().unwrap().must_reauthorize());
    assert!(error.into_exchange().is_none());
    let error = scenario.run(second.refresh().unwrap()).unwrap_err();
    assert!(error.error().unwrap().must_reauthorize());
}

#[test]
fn without_a_refresh_token_the_flow_comes_back_and_nothing_is_sent() {
    let scenario = Scenario::new();
    let tokens = StoredTokens::import("at", TokenType::Bearer).unwrap();
    let flow = Flow::restore(&scenario.client, tokens).unwrap();
    let Err(Failure::Later { state, error, .. }) = flow.refresh() else { panic!() };
    assert_eq!(error, ConfigError::NoRefreshToken.into());
    assert_eq!(state.tokens().access_token().expose(), "at");
    assert_eq!(scenario.vault.requests(), []);
}

#[test]
fn whatever_else_goes_wrong_gives_the_flow_back() {
    let faults = [
        Fault::Html500,
        Fault::RateLimited,
        Fault::Unavailable503,
        Fault::Redirect307("https://elsewhere.example/".into()),
        Fault::ErrorAt200,
    ];
    for fault in faults {
        let scenario = Scenario::new();
        let flow = scenario.authorized();
        let at = flow.tokens().access_token().clone();
        scenario.vault.misbehave(fault.clone());
        let error = scenario.run(flow.refresh().unwrap()).unwrap_err();
        if error.error().unwrap().must_reauthorize() {
            continue;
        }
        let flow = error.into_exchange().unwrap().into_flow();
        assert!(flow.tokens().access_token() == &at, "{fault:?}");
        scenario.vault.behave();
        assert!(scenario.run(flow.refresh().unwrap()).is_ok(), "{fault:?}");
    }
}

#[test]
fn a_narrower_token_can_be_widened_again_but_not_beyond_the_consent() {
    let scenario = Scenario::new();
    let refresh = scenario.authorized().refresh().unwrap().scope("read_photos").unwrap();
    let narrow = scenario.run(refresh).unwrap();
    assert_eq!(narrow.tokens().scope().as_str(), "read_photos");
    let missing: Vec<_> =
        narrow.tokens().requested_scope().without(narrow.tokens().scope()).collect();
    assert_eq!(missing, ["list_albums"]);
    let Err(Failure::Later { state, error, .. }) = narrow.refresh().unwrap().scope("write") else {
        panic!()
    };
    assert_eq!(error, ConfigError::ScopeNotGranted.into());
    let wide = scenario.run(*state).unwrap();
    assert_eq!(wide.tokens().scope(), wide.tokens().requested_scope());
}

#[test]
fn a_reply_without_scope_to_a_narrower_refresh_means_the_narrower_scope() {
    let scenario = Scenario::new();
    let refresh = scenario.authorized().refresh().unwrap().scope("read_photos").unwrap();
    let body = r#"{"access_token":"at","token_type":"Bearer"}"#;
    let reply = Response::new(200, [("Content-Type", "application/json")], body);
    let flow = refresh.receive(&reply, scenario.now()).unwrap();
    assert_eq!(flow.tokens().scope().as_str(), "read_photos");
}

#[test]
fn an_empty_scope_asks_for_all_that_was_granted() {
    let scenario = Scenario::new();
    let refresh = scenario.authorized().refresh().unwrap().scope(" ").unwrap();
    let body = refresh.request(scenario.now()).unwrap().body().to_vec();
    assert!(!String::from_utf8(body).unwrap().contains("scope"));
    let silent = r#"{"access_token":"at","token_type":"Bearer"}"#;
    let silent = Response::new(200, [("Content-Type", "application/json")], silent);
    let flow = refresh.receive(&silent, scenario.now()).unwrap();
    assert_eq!(flow.tokens().scope(), flow.tokens().requested_scope());
}

#[test]
fn a_token_needs_a_refresh_half_a_minute_before_its_end() {
    let scenario = Scenario::new();
    let flow = scenario.authorized();
    scenario.wait(Duration::from_secs(269));
    assert!(!flow.needs_refresh(scenario.now()));
    scenario.wait(Duration::from_secs(1));
    assert!(flow.needs_refresh(scenario.now()));
}

#[test]
fn what_the_server_echoes_is_blanked() {
    let scenario = Scenario::new();
    let flow = scenario.authorized();
    let tokens = flow.tokens().clone();
    let (access, refresh) =
        (tokens.access_token().expose(), tokens.refresh_token().unwrap().expose());
    let body = format!(
        r#"{{"error":"invalid_{refresh}","error_description":"{access} {CLIENT_SECRET}","error_uri":"{refresh}"}}"#
    );
    let reply = Response::new(400, [("Content-Type", "application/json")], body);
    let failure = flow.refresh().unwrap().receive(&reply, scenario.now()).unwrap_err();
    let Error::Refused(refusal) = failure.error() else { panic!("{failure:?}") };
    assert_eq!(refusal.code().as_str(), "invalid_***");
    assert_eq!(refusal.description().unwrap().as_str(), "*** ***");
    assert_eq!(refusal.uri().unwrap().as_str(), "***");
}
