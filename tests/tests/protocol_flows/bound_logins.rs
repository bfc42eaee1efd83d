//! Logins whose tokens are bound to a key (RFC 9449 sections 5 and 7).

use crate::{bound, demanding, key, proof, proofs, traffic};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use grantflow::{Error, ErrorCode, Exchange, Failure, ProofKey, ProtocolError, Request, TokenType};
use grantflow_tests::{
    cloudvault::{ClientAuthentication, Fault},
    scenario::{CLIENT_SECRET, ISSUER, Scenario},
};
use sha2::{Digest, Sha256};
use std::{collections::HashSet, time::Duration};

#[test]
fn code_calls_and_refresh_are_proved_each_afresh() {
    let scenario = bound(|config| config.clients[0].dpop_bound_access_tokens = true);
    let (url, awaiting) = scenario.awaiting();
    let jkt = format!("&dpop_jkt={}", key(1).public_jwk().thumbprint());
    assert!(url.as_str().contains(&jkt), "{}", url.as_str());

    let (mut seen, flow) = proofs(&scenario, scenario.arrive(&url, awaiting));
    assert_eq!(flow.tokens().token_type(), TokenType::DPoP);
    for path in ["/photos?page=2", "/me", "/me"] {
        seen.extend(proofs(&scenario, flow.call(scenario.get(path)).unwrap()).0);
    }
    scenario.wait(Duration::from_secs(301));
    assert!(flow.needs_refresh(scenario.now()));
    let (of_refresh, flow) = proofs(&scenario, flow.refresh().unwrap());
    seen.extend(of_refresh);
    seen.extend(proofs(&scenario, flow.userinfo().unwrap()).0);

    let claims = |name: &str| seen.iter().map(|proof| proof.claim(name)).collect::<Vec<_>>();
    assert_eq!(claims("htm"), ["POST", "GET", "GET", "GET", "POST", "GET"].map(Some));
    let targets = ["/token", "/photos", "/me", "/me", "/token", "/me"];
    let targets = targets.map(|path| format!("{ISSUER}{path}"));
    assert_eq!(claims("htu"), targets.each_ref().map(|htu| Some(htu.as_str())));
    assert_eq!(claims("nonce"), [None; 6]);
    let is_hashed: Vec<_> = claims("ath").iter().map(Option::is_some).collect();
    assert_eq!(is_hashed, [false, true, true, true, false, true]);
    let digest = Sha256::digest(flow.tokens().access_token().expose());
    assert_eq!(claims("ath")[5], Some(URL_SAFE_NO_PAD.encode(digest).as_str()));
    assert_eq!(claims("jti").iter().collect::<HashSet<_>>().len(), 6);
    assert!(seen.iter().all(|proof| proof.header["jwk"] == seen[0].header["jwk"]));
}

#[test]
fn the_same_with_nonces_everywhere() {
    let scenario = bound(demanding);
    let flow = scenario.authorized();
    let photos = scenario.run(flow.call(scenario.get("/photos")).unwrap()).unwrap();
    assert_eq!(photos.status(), 200);
    let flow = scenario.run(flow.refresh().unwrap()).unwrap();
    assert_eq!(scenario.run(flow.userinfo().unwrap()).unwrap().status(), 200);
    assert_eq!(scenario.vault.count("/token"), 3);
    assert_eq!((scenario.vault.count("/photos"), scenario.vault.count("/me")), (2, 1));
}

#[test]
fn a_client_with_a_secret_is_bound_too() {
    let secret = ClientAuthentication::SecretBasic(CLIENT_SECRET.into());
    let scenario = Scenario::with(secret, |client| client).bound_to(key(1));
    let flow = scenario.run(scenario.authorized().refresh().unwrap()).unwrap();
    assert_eq!(flow.tokens().token_type(), TokenType::DPoP);
    assert_eq!(scenario.run(flow.userinfo().unwrap()).unwrap().status(), 200);
}

#[test]
fn a_request_made_again_has_another_proof() {
    let scenario = bound(|_| {});
    let code = scenario.code_received();
    let [one, two] = [(); 2].map(|()| code.request(scenario.now()).unwrap());
    assert_eq!(one.body(), two.body());
    assert_ne!(proof(&one).claim("jti"), proof(&two).claim("jti"));
    let flow = scenario.run(code).unwrap();
    let call = flow.call(scenario.get("/me")).unwrap();
    let [one, two] = [(); 2].map(|()| call.request(scenario.now()).unwrap());
    assert_ne!(proof(&one).claim("jti"), proof(&two).claim("jti"));
}

#[test]
fn a_token_that_is_not_bound_is_refused() {
    let scenario = bound(|_| {});
    scenario.vault.misbehave(Fault::DpopDowngrade);
    let (sent, result) = traffic(&scenario, scenario.code_received());
    let error = result.unwrap_err();
    assert!(matches!(error.error(), Some(Error::Protocol(ProtocolError::DpopDowngrade))));
    assert_eq!(sent.len(), 1);
    assert!(error.into_exchange().is_none());

    scenario.vault.behave();
    let flow = scenario.authorized();
    scenario.vault.misbehave(Fault::DpopDowngrade);
    let error = scenario.run(flow.refresh().unwrap()).unwrap_err();
    assert!(matches!(error.error(), Some(Error::Protocol(ProtocolError::DpopDowngrade))));
    // The old tokens are still there.
    let flow = error.into_exchange().unwrap().into_flow();
    assert_eq!(flow.tokens().token_type(), TokenType::DPoP);
}

#[test]
fn a_bound_token_opens_nothing_without_its_key() {
    let scenario = bound(|_| {});
    let flow = scenario.authorized();
    let token = flow.tokens().access_token().expose();
    for scheme in ["Bearer", "DPoP"] {
        let request = Request::get(format!("{ISSUER}/me").parse().unwrap());
        let request = request.with_header("Authorization", format!("{scheme} {token}")).unwrap();
        assert_eq!(scenario.send(request).status(), 401, "{scheme}");
    }
}

#[test]
fn the_refresh_token_of_a_public_client_needs_the_same_key() {
    let scenario = bound(|_| {});
    let flow = scenario.authorized();
    let stored = serde_json::to_string(&flow.store()).unwrap();
    let thief = bound(|_| {}).bound_to(key(2));
    let other = key(2).public_jwk().thumbprint();
    let stolen = stored.replace(&key(1).public_jwk().thumbprint(), &other);
    let stolen = serde_json::from_str(&stolen).unwrap();
    let refresh = grantflow::Flow::restore(&thief.client, stolen).unwrap().refresh().unwrap();
    let response = scenario.send(refresh.request(scenario.now()).unwrap());
    let failure = refresh.receive(&response, scenario.now()).unwrap_err();
    assert!(matches!(failure, Failure::Over(_)), "{failure:?}");
    assert_eq!(failure.error().code(), Some(&ErrorCode::InvalidGrant));
    assert!(scenario.run(flow.refresh().unwrap()).is_ok());
}
