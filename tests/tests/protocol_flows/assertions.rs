//! Clients that sign who they are (RFC 7523 section 2.2).

use crate::{key, proof, traffic};
use grantflow::{ClientAuth, Entropy, Es256Key, Exchange, ProofKey, Request, TokenType};
use grantflow_tests::{
    cloudvault::{AuthenticationMethod, PublicJwk},
    jws::Jws,
    scenario::{CLIENT_ID, CLIENT_SECRET, ISSUER, Scenario},
};
use std::{collections::HashSet, sync::Arc};
use url::form_urlencoded;

fn public(key: &Es256Key) -> PublicJwk {
    PublicJwk::from_json(&serde_json::from_str(key.public_jwk().as_json()).unwrap()).unwrap()
}

fn entropy() -> Entropy {
    Entropy::from_os().unwrap()
}

/// A client whose key the vault knows.
fn with_key(known: &Es256Key, own: Es256Key) -> Scenario {
    let auth = ClientAuth::private_key_jwt(Arc::new(own), entropy());
    let known = AuthenticationMethod::PrivateKeyJwt(public(known));
    Scenario::of(known, Some(auth), |_| {}, |client| client)
}

/// A client whose secret signs.
fn with_secret() -> Scenario {
    let auth = ClientAuth::secret_jwt(CLIENT_SECRET, entropy());
    let known = AuthenticationMethod::SecretJwt(CLIENT_SECRET.into());
    Scenario::of(known, Some(auth), |_| {}, |client| client)
}

#[track_caller]
fn assertion(request: &Request) -> Jws {
    assert_eq!(request.header("authorization"), None);
    let mut pairs = form_urlencoded::parse(request.body());
    let found = pairs.find(|(name, _)| name == "client_assertion").expect("an assertion");
    Jws::parse(&found.1).expect("a signature")
}

#[test]
fn a_key_or_a_secret_that_signs_logs_in_and_refreshes() {
    for scenario in [with_key(&key(3), key(3).with_key_id("k-3")), with_secret()] {
        let flow = scenario.run(scenario.authorized().refresh().unwrap()).unwrap();
        assert_eq!(flow.tokens().token_type(), TokenType::Bearer);
        let push = scenario.unstarted().push(entropy(), scenario.now()).unwrap();
        assert!(scenario.run(push).is_ok());
        let grant = scenario.client.client_credentials().unwrap();
        assert!(scenario.run(grant).is_ok());
    }
}

#[test]
fn an_assertion_is_short_lived_and_for_the_issuer() {
    let scenario = with_key(&key(3), key(3).with_key_id("k-3"));
    let assertion = assertion(&scenario.code_received().request(scenario.now()).unwrap());
    let jwk = serde_json::from_str(key(3).public_jwk().as_json()).unwrap();
    assert!(assertion.is_es256_by(&jwk));
    let header: Vec<_> = assertion.header.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(header, ["alg", "kid", "typ"]);
    assert_eq!(assertion.header["kid"], "k-3");
    for (name, value) in [("iss", CLIENT_ID), ("sub", CLIENT_ID), ("aud", ISSUER)] {
        assert_eq!(assertion.claim(name), Some(value));
    }
    assert_eq!(assertion.claims["iat"], scenario.now().as_secs());
    assert_eq!(assertion.claims["exp"], scenario.now().as_secs() + 60);

    let scenario = with_secret();
    let assertion = self::assertion(&scenario.code_received().request(scenario.now()).unwrap());
    assert!(assertion.is_hs256_by(CLIENT_SECRET));
    assert!(!assertion.header.contains_key("kid"));
}

#[test]
fn no_two_assertions_are_the_same() {
    let scenario = with_secret();
    let code = scenario.code_received();
    let clone = scenario.client.clone().client_credentials().unwrap();
    let mut seen = HashSet::new();
    for _ in 0..100 {
        for request in [code.request(scenario.now()), clone.request(scenario.now())] {
            let jti = assertion(&request.unwrap()).claim("jti").unwrap().to_owned();
            assert!(seen.insert(jti));
        }
    }
}

#[test]
fn another_key_is_refused_in_one_request() {
    let scenario = with_key(&key(3), key(4));
    let (sent, result) = traffic(&scenario, scenario.code_received());
    assert_eq!(result.unwrap_err().error().unwrap().code().unwrap().as_str(), "invalid_client");
    assert_eq!(sent.len(), 1);
}

#[test]
fn one_key_authenticates_and_another_binds() {
    let scenario = with_key(&key(3), key(3)).bound_to(key(1));
    let code = scenario.code_received();
    let request = code.request(scenario.now()).unwrap();
    let (assertion, proof) = (assertion(&request), proof(&request));
    assert!(!assertion.is_es256_by(&proof.header["jwk"]));
    assert_ne!(assertion.claim("jti"), proof.claim("jti"));
    let flow = scenario.run(code).unwrap();
    assert_eq!(scenario.run(flow.userinfo().unwrap()).unwrap().status(), 200);
}

#[test]
fn nothing_of_key_or_secret_is_shown() {
    let scenario = with_key(&key(3), key(3));
    let request = scenario.code_received().request(scenario.now()).unwrap();
    let shown = format!("{:?} {request:?}", scenario.client);
    assert!(!shown.contains("eyJ"), "{shown}");
    let auth = ClientAuth::secret_jwt(CLIENT_SECRET, entropy());
    assert_eq!(format!("{auth:?}"), "client_secret_jwt");
    let auth = ClientAuth::private_key_jwt(Arc::new(key(3)), entropy());
    assert_eq!(format!("{auth:?}"), "private_key_jwt");
}
