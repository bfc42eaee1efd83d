//! Grants without a redirect, for clients that are bound to a key.

use crate::{bound, demanding, key, nonces, proofs};
use grantflow::TokenType;
use grantflow_tests::{
    cloudvault::{ClientAuthentication, Visitor},
    scenario::{CLIENT_SECRET, Scenario},
};
use std::time::Duration;

#[test]
fn a_device_is_bound() {
    let scenario = bound(demanding);
    let device = scenario.client.device().unwrap().scope("read_photos").unwrap();
    let poll = scenario.run(device).unwrap();
    let mut visitor = Visitor::new(|request| scenario.vault.handle(request));
    let (uri, code) = (poll.verification_uri().as_str(), poll.user_code().as_str());
    visitor.enter_code(uri, code).unwrap();

    let (of_poll, flow) = proofs(&scenario, poll);
    assert!(matches!(nonces(&of_poll)[..], [None, Some(_)]), "{of_poll:?}");
    assert_eq!(flow.tokens().token_type(), TokenType::DPoP);
    let photos = scenario.run(flow.call(scenario.get("/photos")).unwrap()).unwrap();
    assert_eq!(photos.status(), 200);
    assert!(scenario.run(flow.refresh().unwrap()).is_ok());
}

#[test]
fn each_poll_may_be_asked_for_a_nonce() {
    let scenario = bound(demanding);
    let poll = scenario.run(scenario.client.device().unwrap()).unwrap();
    let (uri, code) = (poll.verification_uri().clone(), poll.user_code().clone());
    let (mut poll, mut asked) = (poll, Vec::new());
    for round in 0..4 {
        use grantflow::{Exchange, Failure};
        let request = poll.request(scenario.now()).unwrap();
        asked.push(crate::proof(&request).claim("nonce").is_some());
        match poll.receive(&scenario.send(request), scenario.now()) {
            Err(Failure::Again { state, wait, .. }) => {
                // Two lifetimes of a nonce go by between two polls.
                scenario.wait(if wait.is_zero() { wait } else { Duration::from_secs(130) });
                poll = *state;
            }
            other => panic!("round {round}: {other:?}"),
        }
    }
    assert_eq!(asked, [false, true, true, true]);
    let mut visitor = Visitor::new(|request| scenario.vault.handle(request));
    visitor.enter_code(uri.as_str(), code.as_str()).unwrap();
    assert!(scenario.run(poll).is_ok());
}

#[test]
fn a_client_that_acts_for_itself_is_bound() {
    let secret = ClientAuthentication::SecretBasic(CLIENT_SECRET.into());
    let scenario = Scenario::with(secret, |client| client).bound_to(key(1));
    let grant = scenario.client.client_credentials().unwrap().scope("read_photos").unwrap();
    let (of_grant, flow) = proofs(&scenario, grant);
    assert_eq!(of_grant[0].claim("htu"), Some("https://vault.example/token"));
    assert_eq!(flow.tokens().token_type(), TokenType::DPoP);
    let (of_call, _) = proofs(&scenario, flow.call(scenario.get("/photos")).unwrap());
    assert!(of_call[0].claim("ath").is_some());
}
