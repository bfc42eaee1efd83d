//! Nonces that servers demand (RFC 9449 sections 8 and 9): one more try, and the newest is kept.

use crate::{Leg, bound, demanding, nonces, proof, proofs, traffic};
use grantflow::{ErrorCode, Exchange};
use grantflow_tests::{
    cloudvault::Fault,
    scenario::{ISSUER, Scenario},
};
use std::time::Duration;

#[test]
fn a_nonce_is_demanded_once_and_used_from_then_on() {
    let scenario = bound(demanding);
    let (of_code, flow) = proofs(&scenario, scenario.code_received());
    let [None, Some(server)] = nonces(&of_code)[..] else { panic!("{of_code:?}") };
    assert_ne!(of_code[0].claim("jti"), of_code[1].claim("jti"));

    let (of_call, _) = proofs(&scenario, flow.call(scenario.get("/me")).unwrap());
    let [None, Some(resource)] = nonces(&of_call)[..] else { panic!("{of_call:?}") };
    assert_ne!(server, resource, "each server has its own");

    let (of_call, _) = proofs(&scenario, flow.call(scenario.get("/photos")).unwrap());
    assert_eq!(nonces(&of_call), [Some(resource)]);
    let (of_refresh, _) = proofs(&scenario, flow.refresh().unwrap());
    assert_eq!(nonces(&of_refresh), [Some(server)]);
}

#[test]
fn a_nonce_from_a_success_is_the_next_one() {
    let scenario = bound(demanding);
    let flow = scenario.authorized();
    // The nonce at hand is not the newest any more, and is still good: the reply brings a new one.
    scenario.wait(Duration::from_secs(60));
    let (sent, flow) = traffic(&scenario, flow.refresh().unwrap());
    let [Leg(_, reply)] = &sent[..] else { panic!("{} requests", sent.len()) };
    let (of_refresh, _) = proofs(&scenario, flow.unwrap().refresh().unwrap());
    assert_eq!(nonces(&of_refresh), [reply.header("dpop-nonce")]);
}

#[test]
fn a_nonce_that_is_too_old_costs_one_more_try() {
    let scenario = bound(demanding);
    let flow = scenario.authorized();
    scenario.run(flow.userinfo().unwrap()).unwrap();
    scenario.wait(Duration::from_secs(200));
    let (of_call, _) = proofs(&scenario, flow.userinfo().unwrap());
    assert!(matches!(nonces(&of_call)[..], [Some(old), Some(new)] if old != new));
    let (of_refresh, _) = proofs(&scenario, flow.refresh().unwrap());
    assert!(matches!(nonces(&of_refresh)[..], [Some(old), Some(new)] if old != new));
}

/// Two requests, two proofs, then the server's error.
#[track_caller]
fn gives_up<E: Exchange>(scenario: &Scenario, exchange: E) -> Option<E> {
    let (sent, result) = traffic(scenario, exchange);
    let Err(error) = result else { panic!("an endless demand was met") };
    let refused = error.error().unwrap();
    let is_demand = refused.code() == Some(&ErrorCode::UseDpopNonce)
        || refused.to_string().contains("use_dpop_nonce");
    assert!(is_demand, "{refused}");
    let [Leg(one, reply), Leg(two, _)] = &sent[..] else { panic!("{} requests", sent.len()) };
    assert_eq!(proof(two).claim("nonce"), reply.header("dpop-nonce"));
    assert_ne!(proof(one).claim("jti"), proof(two).claim("jti"));
    assert_eq!(one.body(), two.body());
    error.into_exchange()
}

#[test]
fn there_is_no_third_try() {
    let scenario = bound(demanding);
    let flow = scenario.authorized();
    let code = scenario.code_received();
    let push = scenario.unstarted();
    let push = push.push(grantflow::Entropy::from_os().unwrap(), scenario.now()).unwrap();
    scenario.vault.misbehave(Fault::NonceLoop);
    assert!(gives_up(&scenario, code).is_none());
    assert!(gives_up(&scenario, push).is_none());
    assert!(gives_up(&scenario, flow.userinfo().unwrap()).is_none());
    let refresh = gives_up(&scenario, flow.refresh().unwrap()).expect("the refresh comes back");
    scenario.vault.behave();
    assert!(scenario.run(refresh).is_ok());
}

#[test]
fn clones_share_nonces_and_other_sessions_do_not() {
    let scenario = bound(demanding);
    let flow = scenario.authorized();
    let clone = scenario.client.clone();
    let flow = grantflow::Flow::restore(&clone, flow.store()).unwrap();
    let (of_refresh, _) = proofs(&scenario, flow.refresh().unwrap());
    assert!(matches!(nonces(&of_refresh)[..], [Some(_)]));
    let entropy = grantflow::Entropy::from_os().unwrap();
    let other = scenario.client.bound_to(std::sync::Arc::new(crate::key(2)), entropy);
    let request = grantflow::Flow::new(&other).scope("read_photos").unwrap();
    let push = request.push(grantflow::Entropy::from_os().unwrap(), scenario.now()).unwrap();
    assert_eq!(proof(&push.request(scenario.now()).unwrap()).claim("nonce"), None);
    assert!(push.request(scenario.now()).unwrap().url().as_str().starts_with(ISSUER));
}
