//! No `Debug`, `Display`, error or stored form shows a secret that it is not meant to.
//!
//! What gives secrets out is named where the tour calls `gives_out`, with the secrets it gives:
//! `expose`, `Request::body` and its headers, `Response::body`, `AuthorizationUrl`, `nonce`,
//! `Pending` and `StoredTokens` as text, `Es256Key::to_jwk`.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use grantflow_tests::secrets::{canary, tour, witness};

#[test]
fn no_value_shows_a_secret() {
    tour().unwrap();
}

/// The public names of the core that are no types with a `Debug`: traits, functions, modules.
const NO_VALUES: [&str; 3] = ["Exchange", "ProofKey", "State"];

#[test]
fn every_public_type_is_on_the_tour() {
    tour().unwrap();
    let seen = witness::seen();
    let core = include_str!("../../core/src/lib.rs");
    let preset = include_str!("../../core/src/preset/mod.rs");
    let exported = [core, preset].map(|source| {
        let exports = source.split("\npub use ").skip(1);
        exports.filter_map(|export| export.split(';').next()).collect::<Vec<_>>().join(" ")
    });
    let is_type =
        |name: &&str| name.starts_with(char::is_uppercase) && name.contains(char::is_lowercase);
    let words = exported.iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
    let types: Vec<_> = words.chain(["Preset"]).filter(is_type).collect();
    assert!(types.len() > 60, "the exports were not found: {types:?}");
    let unseen: Vec<_> =
        types.iter().filter(|name| !seen.contains(**name) && !NO_VALUES.contains(name)).collect();
    assert!(unseen.is_empty(), "nobody has looked at {unseen:?}");
}

#[test]
fn the_canaries_are_what_the_core_makes_of_their_octets() {
    for (octets, text) in [
        (canary::VERIFIER_OCTETS, canary::VERIFIER),
        (canary::STATE_OCTETS, canary::STATE),
        (canary::NONCE_OCTETS, canary::NONCE),
        (canary::PRIVATE_KEY_OCTETS, canary::PRIVATE_KEY),
        (canary::SIGNATURE_OCTETS, canary::SIGNATURE),
    ] {
        assert_eq!(URL_SAFE_NO_PAD.encode(octets), text);
    }
    let reversed: String = canary::PRIVATE_KEY_OCTETS.chars().rev().collect();
    assert_eq!(reversed, canary::PRIVATE_KEY_REVERSED);
}
