//! Two starts share nothing that must not be guessed.

use crate::scene::{NOW, cases, client, start, value};
use grantflow::{Callback, Entropy, Exchange, Flow};
use proptest::prelude::*;
use std::collections::HashSet;

/// `state`, `nonce`, `code_challenge` and `code_verifier` of one login.
fn login(entropy: Entropy) -> [String; 4] {
    let (sent, awaiting) = start(Flow::new(&client()).with_nonce(), entropy);
    let [state, nonce, challenge] =
        ["state", "nonce", "code_challenge"].map(|name| value(&sent, name).to_owned());
    let callback = Callback::from_query(&format!("code=SplxlO&state={state}")).unwrap();
    let request = awaiting.receive(callback, NOW).unwrap().request(NOW).unwrap();
    let verifier = value(&crate::scene::pairs(request.body()), "code_verifier").to_owned();
    [state, nonce, challenge, verifier]
}

#[test]
fn no_two_starts_share_a_value() {
    let mut seen = HashSet::new();
    for _ in 0..1000 {
        for value in login(Entropy::from_os().unwrap()) {
            assert!(seen.insert(value), "a value came twice");
        }
    }
}

proptest! {
    #![proptest_config(cases(256))]

    /// One octet of entropy that differs makes another value; each value has its own octets.
    #[test]
    fn every_octet_of_entropy_counts(octets: [[u8; 32]; 3], at in 0..96_usize, flip in 1..=255_u8) {
        let bytes = |octets: [[u8; 32]; 3]| <[u8; 96]>::try_from(octets.concat()).unwrap();
        let mut other = octets;
        other[at / 32][at % 32] ^= flip;
        let [state, nonce, challenge, verifier] = login(Entropy::from_bytes(bytes(octets)));
        let [state_2, nonce_2, challenge_2, verifier_2] = login(Entropy::from_bytes(bytes(other)));
        let changed = [challenge != challenge_2, verifier != verifier_2, state != state_2, nonce != nonce_2];
        let expected = [at / 32 == 0, at / 32 == 0, at / 32 == 1, at / 32 == 2];
        prop_assert_eq!(changed, expected);
    }
}
