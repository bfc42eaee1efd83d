//! Pushed requests that are bound to a key, for a resource, with `iss`: as the AT Protocol wants.

use crate::{bound, demanding, key, nonces, proofs};
use grantflow::{Entropy, Exchange, Flow, Policy, ProofKey, Resource, SessionBinding, TokenType};
use grantflow_tests::{
    cloudvault::{ClientAuthentication, Config},
    scenario::{ISSUER, Scenario},
};
use std::time::Duration;

/// A public client that must push and must prove, at a vault that demands its nonces.
fn scenario() -> Scenario {
    let set_up = |config: &mut Config| {
        demanding(config);
        config.require_pushed_authorization_requests = true;
        config.clients[0].dpop_bound_access_tokens = true;
    };
    let mut policy = Policy::default();
    policy.require_iss = true;
    let public = ClientAuthentication::None.into();
    Scenario::of(public, None, set_up, |client| client.policy(policy)).bound_to(key(1))
}

#[test]
fn a_whole_session() {
    let scenario = scenario();
    let flow = scenario.unstarted().resource(Resource::parse(ISSUER).unwrap());
    let push = flow.push(Entropy::from_os().unwrap(), scenario.now()).unwrap();
    let body = String::from_utf8(push.request(scenario.now()).unwrap().body().to_vec()).unwrap();
    let jkt = format!("&dpop_jkt={}", key(1).public_jwk().thumbprint());
    assert!(body.contains(&jkt), "{body}");
    assert!(body.contains("&resource=https%3A%2F%2Fvault.example&"), "{body}");

    let (of_push, (url, awaiting)) = proofs(&scenario, push);
    let [None, Some(nonce)] = nonces(&of_push)[..] else { panic!("{of_push:?}") };
    assert_eq!(of_push[1].claim("htu"), Some("https://vault.example/par"));
    assert!(!url.as_str().contains("dpop_jkt"), "{}", url.as_str());

    let binding = SessionBinding::new("the session of alice");
    let pending = awaiting.suspend(&binding);
    let awaiting = Flow::resume(&scenario.client, &pending, &binding).unwrap();
    let (of_code, flow) = proofs(&scenario, scenario.arrive(&url, awaiting));
    assert_eq!(nonces(&of_code), [Some(nonce)], "one server, one series");
    assert_eq!(flow.tokens().token_type(), TokenType::DPoP);
    assert_eq!(flow.tokens().resources().len(), 1);

    scenario.run(flow.userinfo().unwrap()).unwrap();
    scenario.wait(Duration::from_secs(301));
    let refresh = flow.refresh().unwrap();
    let body = String::from_utf8(refresh.request(scenario.now()).unwrap().body().to_vec());
    assert!(body.unwrap().contains("&resource=https%3A%2F%2Fvault.example"));
    let flow = scenario.run(refresh).unwrap();
    let photos = scenario.run(flow.call(scenario.get("/photos")).unwrap()).unwrap();
    assert_eq!(photos.status(), 200);
}

#[test]
fn a_pushed_request_is_bound_to_its_key() {
    let scenario = bound(|_| {});
    let push = scenario.unstarted().push(Entropy::from_os().unwrap(), scenario.now()).unwrap();
    let (of_push, (url, awaiting)) = proofs(&scenario, push);
    assert_eq!(nonces(&of_push), [None]);
    let pending = awaiting.suspend(&SessionBinding::new("a")).to_text();
    assert!(pending.contains(&format!("~k{}", key(1).public_jwk().thumbprint())));
    assert!(url.expires_at().is_some());
}
