//! Clients that authenticate by a certificate (RFC 8705), whatever the grant.

use crate::{key, proofs, traffic};
use grantflow::{ClientAuth, Entropy, Error, ErrorCode, Exchange, RunError, TokenType};
use grantflow_tests::{
    cloudvault::{AuthenticationMethod, Config, PeerCertificate, Visitor},
    conformance::{Authority, Identity},
    scenario::Scenario,
};

const NAME: &str = "printmypics.example";

fn peer(identity: &Identity) -> Option<PeerCertificate> {
    Some(PeerCertificate(identity.der().to_vec()))
}

fn set_up(config: &mut Config) {
    config.client_authorities = vec![Authority::ours().der().to_vec()];
    config.clients[0].tls_client_certificate_bound_access_tokens = true;
}

/// A client that an authority has certified.
fn certified() -> Scenario {
    let known = AuthenticationMethod::TlsClientAuth(NAME.to_owned());
    let scenario =
        Scenario::of(known, Some(ClientAuth::tls_client_auth()), set_up, |client| client);
    scenario.presenting(peer(&Authority::ours().client(NAME)))
}

/// A client with a certificate of its own.
fn self_signed() -> Scenario {
    let certificate = peer(&Identity::self_signed(NAME)).unwrap();
    let known = AuthenticationMethod::SelfSignedTlsClientAuth(certificate.clone());
    let auth = ClientAuth::self_signed_tls_client_auth();
    let scenario = Scenario::of(known, Some(auth), set_up, |client| client);
    scenario.presenting(Some(certificate))
}

#[track_caller]
fn code<E: Exchange>(result: Result<E::Output, RunError<E>>) -> Option<ErrorCode> {
    let error = result.err().expect("a refusal");
    match error.error() {
        Some(Error::Refused(refusal)) => Some(refusal.code().clone()),
        Some(Error::Challenged(challenged)) => challenged.of("bearer")?.error(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_exchange_is_authenticated() {
    for scenario in [certified(), self_signed()] {
        let push = scenario.unstarted().push(Entropy::from_os().unwrap(), scenario.now()).unwrap();
        let (url, awaiting) = scenario.run(push).unwrap();
        let flow = scenario.run(scenario.arrive(&url, awaiting)).unwrap();
        let flow = scenario.run(flow.refresh().unwrap()).unwrap();
        assert_eq!(flow.tokens().token_type(), TokenType::Bearer);
        let photos = scenario.run(flow.call(scenario.get("/photos")).unwrap()).unwrap();
        assert_eq!(photos.status(), 200);

        let poll = scenario.run(scenario.client.device().unwrap()).unwrap();
        let mut visitor = Visitor::new(|request| scenario.vault.handle(request));
        visitor.enter_code(poll.verification_uri().as_str(), poll.user_code().as_str()).unwrap();
        assert!(scenario.run(poll).is_ok());
        let flow = scenario.run(scenario.client.client_credentials().unwrap()).unwrap();
        assert_eq!(scenario.run(flow.userinfo().unwrap()).unwrap().status(), 200);
    }
}

#[test]
fn another_certificate_or_none_is_refused_in_one_request() {
    let other = peer(&Authority::ours().client("other.example"));
    for certificate in [other, None] {
        for scenario in [certified(), self_signed()] {
            let received = scenario.code_received();
            let scenario = scenario.presenting(certificate.clone());
            let (sent, result) = traffic(&scenario, received);
            assert_eq!(code(result), Some(ErrorCode::InvalidClient));
            assert_eq!(sent.len(), 1);
        }
    }
}

#[test]
fn bound_tokens_open_nothing_on_another_connection() {
    let mut scenario = certified();
    let flow = scenario.authorized();
    let photos = scenario.get("/photos");
    // The same name on another certificate is another certificate.
    let renewed = peer(&Authority::ours().client(NAME));
    for certificate in [None, renewed] {
        scenario = scenario.presenting(certificate);
        let call = flow.call(photos.clone()).unwrap();
        assert_eq!(code(scenario.run(call)), Some(ErrorCode::InvalidToken));
    }
}

#[test]
fn a_certificate_authenticates_and_a_key_binds() {
    let scenario = certified().bound_to(key(1));
    let (of_code, flow) = proofs(&scenario, scenario.code_received());
    assert_eq!(of_code.len(), 1);
    assert_eq!(flow.tokens().token_type(), TokenType::DPoP);
    let photos = scenario.run(flow.call(scenario.get("/photos")).unwrap()).unwrap();
    assert_eq!(photos.status(), 200);
}
