//! Replies that CloudVault does not give.

use crate::{key, proof};
use grantflow::{
    Call, Client, Entropy, Error, Exchange, Failure, Flow, ProtocolError, Refresh, Request,
    Response, StoredTokens, TokenType, UnixTime,
};
use grantflow_tests::scenario::Scenario;
use std::{sync::Arc, time::Duration};

const NOW: UnixTime = UnixTime::from_secs(1_700_000_000);

fn client() -> Client {
    Scenario::new().client.bound_to(Arc::new(key(1)), Entropy::from_os().unwrap())
}

fn refresh(client: &Client) -> Refresh {
    let stored = StoredTokens::import("at", TokenType::DPoP).unwrap();
    let stored = stored.with_refresh_token("rt").unwrap();
    Flow::restore(client, stored).unwrap().refresh().unwrap()
}

fn call(client: &Client, url: &str) -> Call {
    let stored = StoredTokens::import("at", TokenType::DPoP).unwrap();
    Flow::restore(client, stored).unwrap().call(Request::get(url.parse().unwrap())).unwrap()
}

fn nonce(exchange: &impl Exchange) -> Option<String> {
    proof(&exchange.request(NOW).unwrap()).claim("nonce").map(str::to_owned)
}

fn demand(nonce: &str) -> Response {
    let headers = [("Content-Type", "application/json"), ("DPoP-Nonce", nonce)];
    Response::new(400, headers, r#"{"error":"use_dpop_nonce"}"#)
}

fn challenge(status: u16, scheme: &str, nonce: &str) -> Response {
    let challenge = format!(r#"{scheme} error="use_dpop_nonce""#);
    Response::new(status, [("WWW-Authenticate", &*challenge), ("DPoP-Nonce", nonce)], "")
}

#[test]
fn what_is_tried_later_begins_anew() {
    let refresh = refresh(&client());
    let Err(Failure::Again { state, .. }) = refresh.receive(&demand("n1"), NOW) else { panic!() };
    assert_eq!(nonce(&*state).as_deref(), Some("n1"));
    let unavailable = Response::new(503, [("DPoP-Nonce", "n2")], "");
    let Err(Failure::Later { state, .. }) = state.receive(&unavailable, NOW) else { panic!() };
    assert_eq!(nonce(&*state).as_deref(), Some("n2"), "the newest counts");
    let Err(Failure::Again { state, .. }) = state.receive(&demand("n3"), NOW) else { panic!() };
    assert_eq!(nonce(&*state).as_deref(), Some("n3"));
    let Err(Failure::Later { state, .. }) = state.receive(&demand("n4"), NOW) else { panic!() };
    assert_eq!(nonce(&*state).as_deref(), Some("n4"));
}

#[test]
fn a_busy_server_demands_nothing_at_once() {
    let headers =
        [("Content-Type", "application/json"), ("DPoP-Nonce", "n1"), ("Retry-After", "7")];
    for status in [429, 503] {
        let busy = Response::new(status, headers, r#"{"error":"use_dpop_nonce"}"#);
        let Err(Failure::Later { state, wait, .. }) = refresh(&client()).receive(&busy, NOW) else {
            panic!()
        };
        assert_eq!(wait, Some(Duration::from_secs(7)));
        assert_eq!(nonce(&*state).as_deref(), Some("n1"), "the nonce is learned all the same");
    }
}

#[test]
fn each_resource_server_has_its_own_nonce() {
    let client = client();
    let ok = |nonce: &str| Response::new(200, [("DPoP-Nonce", nonce)], "");
    let (one, two) = ("https://one.example/a", "https://two.example:8443/b");
    call(&client, one).receive(&ok("n1"), NOW).unwrap();
    assert_eq!(nonce(&call(&client, two)), None);
    assert_eq!(nonce(&refresh(&client)), None);
    call(&client, two).receive(&ok("n2"), NOW).unwrap();
    let _ = refresh(&client).receive(&demand("n3"), NOW);
    assert_eq!(nonce(&call(&client, "https://one.example/other?q")).as_deref(), Some("n1"));
    assert_eq!(nonce(&call(&client, two)).as_deref(), Some("n2"));
    assert_eq!(nonce(&refresh(&client)).as_deref(), Some("n3"));
}

#[test]
fn a_resource_demands_its_nonce_by_401_and_dpop_alone() {
    let client = client();
    let call = || call(&client, "https://rs.example/");
    for (status, scheme) in [(403, "DPoP"), (401, "Bearer")] {
        let failure = call().receive(&challenge(status, scheme, "n"), NOW).unwrap_err();
        assert!(matches!(failure, Failure::Over(Error::Challenged(_))), "{status} {scheme}");
    }
    let again = call().receive(&challenge(401, "dPoP", "n"), NOW).unwrap_err();
    assert!(matches!(again, Failure::Again { .. }));
    let without = Response::new(401, [("WWW-Authenticate", r#"DPoP error="use_dpop_nonce""#)], "");
    assert!(matches!(call().receive(&without, NOW), Err(Failure::Over(_))));
}

#[test]
fn a_nonce_that_is_none_is_neither_taken_nor_kept() {
    let client = client();
    for bad in ["", "a b", "a\"b", "a\\b", "a\r\nX: y", "é", "a\u{7f}"] {
        let failure = refresh(&client).receive(&demand(bad), NOW).unwrap_err();
        assert!(matches!(failure, Failure::Later { .. }), "{bad:?}");
        assert_eq!(nonce(&failure.into_state().unwrap()), None, "{bad:?}");
        let call = call(&client, "https://rs.example/");
        let failure = call.clone().receive(&challenge(401, "DPoP", bad), NOW).unwrap_err();
        assert!(matches!(failure, Failure::Over(_)), "{bad:?}");
        assert_eq!(nonce(&call), None, "{bad:?}");
    }
}

#[test]
fn a_very_long_nonce_is_used_and_not_kept() {
    let client = client();
    let long = "n".repeat(4000);
    let Err(Failure::Again { state, .. }) = refresh(&client).receive(&demand(&long), NOW) else {
        panic!()
    };
    assert_eq!(nonce(&*state), Some(long));
    assert_eq!(nonce(&refresh(&client)), None);
}

#[test]
fn a_bound_token_is_of_no_use_to_a_plain_client() {
    let client = Scenario::new().client;
    let stored = StoredTokens::import("at", TokenType::Bearer).unwrap();
    let stored = stored.with_refresh_token("rt").unwrap();
    let refresh = Flow::restore(&client, stored).unwrap().refresh().unwrap();
    assert_eq!(refresh.request(NOW).unwrap().header("dpop"), None);
    let reply = r#"{"access_token":"at","token_type":"DPoP"}"#;
    let reply = Response::new(200, [("Content-Type", "application/json")], reply);
    let failure = refresh.receive(&reply, NOW).unwrap_err();
    assert!(matches!(failure.error(), Error::Protocol(ProtocolError::TokenType(_))));
    let failure = failure.into_state().unwrap().receive(&demand("n"), NOW).unwrap_err();
    assert!(matches!(failure, Failure::Later { .. }), "no proof, no second try: {failure:?}");
}
