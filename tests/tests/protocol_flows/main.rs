//! Flows against CloudVault with tokens that are bound to a key, with clients that sign, and with
//! clients that present a certificate.

mod assertions;
mod bound_grants;
mod bound_logins;
mod certificates;
mod keys;
mod nonces;
mod pushed;
mod replies;

use grantflow::{Entropy, Es256Key, Exchange, Request, Response, RunError, drive};
use grantflow_tests::{
    cloudvault::{ClientAuthentication, Config},
    jws::Jws,
    scenario::Scenario,
};
use std::{cell::RefCell, convert::Infallible};

/// No exchange takes more.
const MOST: usize = 5;

fn key(number: u8) -> Es256Key {
    Es256Key::generate(Entropy::from_bytes([number; 96])).unwrap()
}

/// A public client, bound to a key.
fn bound(set_up: impl FnOnce(&mut Config)) -> Scenario {
    let public = ClientAuthentication::None.into();
    Scenario::of(public, None, set_up, |client| client).bound_to(key(1))
}

/// A vault that demands its nonces.
fn demanding(config: &mut Config) {
    config.dpop_nonce_at_authorization_server = true;
    config.dpop_nonce_at_resource_server = true;
}

/// What was sent, and what came back.
struct Leg(Request, Response);

/// Takes an exchange to its end, and keeps what was sent and what came back.
fn traffic<E: Exchange>(
    scenario: &Scenario,
    exchange: E,
) -> (Vec<Leg>, Result<E::Output, RunError<E>>) {
    let traffic = RefCell::new(Vec::new());
    let send = |request: Request| {
        assert!(traffic.borrow().len() < MOST, "there is no end to it");
        let response = scenario.send(request.clone());
        traffic.borrow_mut().push(Leg(request, response.clone()));
        Ok::<_, Infallible>(response)
    };
    let result = drive(exchange, || scenario.now(), send, |wait| scenario.wait(wait));
    (traffic.into_inner(), result)
}

/// As [`traffic`], for an exchange that comes through: the proofs of its requests.
#[track_caller]
fn proofs<E: Exchange>(scenario: &Scenario, exchange: E) -> (Vec<Jws>, E::Output) {
    let (traffic, result) = traffic(scenario, exchange);
    let output = result.unwrap_or_else(|error| panic!("{error}"));
    (traffic.iter().map(|Leg(request, _)| proof(request)).collect(), output)
}

#[track_caller]
fn proof(request: &Request) -> Jws {
    Jws::proof(request).expect("one good proof")
}

fn nonces(proofs: &[Jws]) -> Vec<Option<&str>> {
    proofs.iter().map(|proof| proof.claim("nonce")).collect()
}
