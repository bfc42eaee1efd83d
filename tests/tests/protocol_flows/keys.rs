//! What is kept belongs to its key, and goes on under that key after a restart.

use crate::{bound, key, proofs};
use grantflow::{
    Authorized, Client, Entropy, Error, Es256Key, Flow, Pending, ProofKey, SessionBinding,
    StoredError, StoredTokens, TokenType,
};
use grantflow_tests::scenario::Scenario;
use std::sync::Arc;

fn session() -> SessionBinding {
    SessionBinding::new("the session of alice")
}

/// A plain client of a scenario's vault.
fn plain() -> Client {
    let public = grantflow_tests::cloudvault::ClientAuthentication::None;
    Scenario::with(public, |client| client).client
}

fn with(key: Es256Key) -> Client {
    plain().bound_to(Arc::new(key), Entropy::from_os().unwrap())
}

#[track_caller]
fn is_another_key<T>(result: Result<T, Error>) {
    assert!(matches!(result.err(), Some(Error::Stored(StoredError::Key))));
}

#[test]
fn a_pending_flow_is_resumed_under_its_key_only() {
    let scenario = bound(|_| {});
    let pending = scenario.awaiting().1.suspend(&session());
    is_another_key(Flow::resume(&with(key(2)), &pending, &session()));
    is_another_key(Flow::resume(&plain(), &pending, &session()));
    assert!(Flow::resume(&with(key(1)), &pending, &session()).is_ok());

    let start = Flow::new(&plain()).redirect(Entropy::from_os().unwrap(), scenario.now());
    let pending = start.unwrap().1.suspend(&session());
    is_another_key(Flow::resume(&with(key(1)), &pending, &session()));
    assert!(Flow::resume(&plain(), &pending, &session()).is_ok());
}

#[test]
fn stored_tokens_are_restored_under_their_key_only() {
    let scenario = bound(|_| {});
    let stored = scenario.authorized().store();
    is_another_key(Flow::restore(&with(key(2)), stored.clone()));
    is_another_key(Flow::restore(&plain(), stored.clone()));
    assert!(Flow::restore(&with(key(1)), stored).is_ok());
}

#[test]
fn the_type_of_stored_tokens_says_whether_they_have_a_key() {
    let import = |token_type| StoredTokens::import("at", token_type).unwrap();
    is_another_key(Flow::restore(&with(key(1)), import(TokenType::Bearer)));
    is_another_key(Flow::restore(&plain(), import(TokenType::DPoP)));

    let bound = Flow::restore(&with(key(1)), import(TokenType::DPoP)).unwrap().store();
    is_another_key(Flow::restore(&with(key(2)), bound.clone()));
    let json = serde_json::to_string(&bound).unwrap();
    let called = json.replace("DPoP", "Bearer");
    is_another_key(Flow::restore(&with(key(1)), serde_json::from_str(&called).unwrap()));
    let plainly = Flow::restore(&plain(), import(TokenType::Bearer)).unwrap().store();
    let called = serde_json::to_string(&plainly).unwrap().replace("Bearer", "DPoP");
    is_another_key(Flow::restore(&plain(), serde_json::from_str(&called).unwrap()));
}

#[test]
fn a_session_goes_on_after_two_restarts() {
    let scenario = bound(|_| {});
    let (url, awaiting) = scenario.awaiting();
    let (pending, jwk) = (awaiting.suspend(&session()).to_text(), key(1).to_jwk());

    let client = with(Es256Key::from_jwk(jwk.expose()).unwrap());
    let pending = Pending::from_text(&pending).unwrap();
    let awaiting = Flow::resume(&client, &pending, &session()).unwrap();
    let flow = scenario.run(scenario.arrive(&url, awaiting)).unwrap();
    let stored = serde_json::to_string(&flow.store()).unwrap();

    let client = with(Es256Key::from_jwk(jwk.expose()).unwrap());
    let flow = Flow::restore(&client, serde_json::from_str(&stored).unwrap()).unwrap();
    assert_eq!(flow.tokens().token_type(), TokenType::DPoP);
    assert_eq!(scenario.run(flow.userinfo().unwrap()).unwrap().status(), 200);
    let flow = scenario.run(flow.refresh().unwrap()).unwrap();
    assert_eq!(scenario.run(flow.userinfo().unwrap()).unwrap().status(), 200);
}

#[test]
fn two_sessions_of_one_client_do_not_mix() {
    let alice = bound(|_| {});
    let bob = alice.client.bound_to(Arc::new(key(2)), Entropy::from_os().unwrap());
    let flow = Flow::new(&bob).scope("read_photos").unwrap();
    let (url, awaiting) = flow.redirect(Entropy::from_os().unwrap(), alice.now()).unwrap();
    let flows: [Flow<Authorized>; 2] =
        [alice.authorized(), alice.run(alice.arrive(&url, awaiting)).unwrap()];
    for (flow, number) in flows.iter().zip([1, 2]) {
        let (proofs, response) = proofs(&alice, flow.call(alice.get("/photos")).unwrap());
        assert_eq!(response.status(), 200);
        let jwk = serde_json::to_string(&proofs[0].header["jwk"]).unwrap();
        assert_eq!(jwk, key(number).public_jwk().as_json());
    }
    is_another_key(Flow::restore(&bob, flows[0].store()));
    is_another_key(Flow::restore(&alice.client, flows[1].store()));
}
