//! What the resource API wants to see next to a token that is bound to a key.

use http::Response;
use serde_json::Value;

use crate::jose::{Key, Proof};
use crate::scene::{ISSUER, Scene, assert_challenge, exchange_form, header, json, text};

fn token(scene: &Scene, key: &Key) -> String {
    let proof = Proof::new(key, "POST", "/token", scene.now()).sign();
    let response = scene.prove("/token", &exchange_form(&scene.code(&[]), &[]), &proof);
    text(&json(&response), "access_token").to_owned()
}

fn call(scene: &Scene, token: &str, proof: &Proof<'_>) -> Response<Vec<u8>> {
    scene.call_with_proof("/photos", token, &proof.sign())
}

#[test]
fn token_and_proof_open_the_door_together() {
    let scene = Scene::new();
    let key = Key::new(1);
    let token = token(&scene, &key);
    let proof = || Proof::new(&key, "GET", "/photos", scene.now()).of_token(&token);
    assert_eq!(call(&scene, &token, &proof()).status(), 200);
    let with_query = scene.call_with_proof("/photos?page=2", &token, &proof().sign());
    assert_eq!(with_query.status(), 200);
}

#[test]
fn a_bad_proof_is_challenged() {
    let scene = Scene::new();
    let key = Key::new(1);
    let token = token(&scene, &key);
    let proof = || Proof::new(&key, "GET", "/photos", scene.now()).of_token(&token);
    for (name, bad) in [
        ("ath", Value::Null),
        ("ath", "x".into()),
        ("htm", "POST".into()),
        ("htu", format!("{ISSUER}/me").into()),
        ("htu", format!("{ISSUER}/photos?page=2").into()),
        ("iat", 0.into()),
    ] {
        let mut proof = proof();
        proof.claims[name] = bad;
        assert_challenge(&call(&scene, &token, &proof), 401, "DPoP", "invalid_dpop_proof");
    }
    let replayed = proof();
    assert_eq!(call(&scene, &token, &replayed).status(), 200);
    assert_challenge(&call(&scene, &token, &replayed), 401, "DPoP", "invalid_dpop_proof");
    let without = scene.resource("/photos", &format!("DPoP {token}"));
    assert_challenge(&without, 401, "DPoP", "invalid_dpop_proof");
    assert!(header(&without, "www-authenticate").contains(r#"algs="ES256""#));
}

#[test]
fn the_key_is_that_of_the_token() {
    let scene = Scene::new();
    let (key, other) = (Key::new(1), Key::new(2));
    let token = token(&scene, &key);
    let proof = Proof::new(&other, "GET", "/photos", scene.now()).of_token(&token);
    assert_challenge(&call(&scene, &token, &proof), 401, "DPoP", "invalid_token");
}

#[test]
fn a_bound_token_is_no_bearer_token() {
    let scene = Scene::new();
    let token = token(&scene, &Key::new(1));
    let response = scene.resource("/photos", &format!("Bearer {token}"));
    assert_challenge(&response, 401, "Bearer", "invalid_token");
}

#[test]
fn a_bearer_token_is_not_bound_by_a_proof() {
    let scene = Scene::new();
    let key = Key::new(1);
    let tokens = scene.tokens(&[]);
    let token = text(&tokens, "access_token");
    let proof = Proof::new(&key, "GET", "/photos", scene.now()).of_token(token);
    assert_challenge(&call(&scene, token, &proof), 401, "DPoP", "invalid_token");
}
