//! Who demands nonces, gets them, and from whom.

use std::time::Duration;

use http::Response;

use crate::jose::{Key, Proof};
use crate::scene::{Scene, assert_challenge, assert_error, exchange_form, header, json, text};

fn demanding() -> Scene {
    Scene::with(|config| {
        config.dpop_nonce_at_authorization_server = true;
        config.dpop_nonce_at_resource_server = true;
    })
}

fn exchange(scene: &Scene, code: &str, nonce: Option<&str>) -> Response<Vec<u8>> {
    let key = Key::new(1);
    let mut proof = Proof::new(&key, "POST", "/token", scene.now());
    if let Some(nonce) = nonce {
        proof = proof.nonce(nonce);
    }
    scene.prove("/token", &exchange_form(code, &[]), &proof.sign())
}

/// The nonce that comes with a refusal.
fn nonce(scene: &Scene) -> String {
    let refused = exchange(scene, "any", None);
    assert_error(&refused, 400, "use_dpop_nonce");
    header(&refused, "dpop-nonce").to_owned()
}

#[test]
fn a_refusal_brings_the_nonce_and_leaves_the_code() {
    let scene = demanding();
    let code = scene.code(&[]);
    assert_error(&exchange(&scene, &code, None), 400, "use_dpop_nonce");
    assert_error(&exchange(&scene, &code, Some("guessed")), 400, "use_dpop_nonce");
    let nonce = nonce(&scene);
    let granted = exchange(&scene, &code, Some(&nonce));
    assert_eq!(granted.status(), 200);
    assert_eq!(header(&granted, "dpop-nonce"), nonce);
}

#[test]
fn a_second_try_needs_a_proof_of_its_own() {
    let scene = demanding();
    let key = Key::new(1);
    let code = scene.code(&[]);
    let mut proof = Proof::new(&key, "POST", "/token", scene.now());
    let form = exchange_form(&code, &[]);
    let refused = scene.prove("/token", &form, &proof.sign());
    proof = proof.nonce(header(&refused, "dpop-nonce"));
    let same_jti = scene.prove("/token", &form, &proof.sign());
    assert_error(&same_jti, 400, "invalid_dpop_proof");
}

#[test]
fn nonces_change_and_the_last_but_one_is_good() {
    let scene = demanding();
    let first = nonce(&scene);
    scene.clock.advance(Duration::from_secs(60));
    let second = nonce(&scene);
    assert_ne!(first, second);
    let code = scene.code(&[]);
    let granted = exchange(&scene, &code, Some(&first));
    assert_eq!(granted.status(), 200);
    assert_eq!(header(&granted, "dpop-nonce"), second);
    scene.clock.advance(Duration::from_secs(60));
    let code = scene.code(&[]);
    assert_error(&exchange(&scene, &code, Some(&first)), 400, "use_dpop_nonce");
    assert_eq!(exchange(&scene, &code, Some(&second)).status(), 200);
    // Nobody asked for a long time: not even the newest one is good.
    let newest = nonce(&scene);
    scene.clock.advance(Duration::from_secs(120));
    let code = scene.code(&[]);
    assert_error(&exchange(&scene, &code, Some(&newest)), 400, "use_dpop_nonce");
}

#[test]
fn the_resource_api_has_nonces_of_its_own() {
    let scene = demanding();
    let key = Key::new(1);
    let of_server = nonce(&scene);
    let tokens = json(&exchange(&scene, &scene.code(&[]), Some(&of_server)));
    let token = text(&tokens, "access_token");
    let call = |nonce: Option<&str>| {
        let mut proof = Proof::new(&key, "GET", "/me", scene.now()).of_token(token);
        if let Some(nonce) = nonce {
            proof = proof.nonce(nonce);
        }
        scene.call_with_proof("/me", token, &proof.sign())
    };
    let refused = call(None);
    assert_challenge(&refused, 401, "DPoP", "use_dpop_nonce");
    assert_challenge(&call(Some(&of_server)), 401, "DPoP", "use_dpop_nonce");
    let of_resource = header(&refused, "dpop-nonce");
    assert_ne!(of_resource, of_server);
    let granted = call(Some(of_resource));
    assert_eq!(granted.status(), 200);
    assert_eq!(header(&granted, "dpop-nonce"), of_resource);
}

#[test]
fn each_role_demands_for_itself() {
    let scene = Scene::with(|config| config.dpop_nonce_at_resource_server = true);
    let granted = exchange(&scene, &scene.code(&[]), None);
    assert_eq!(granted.status(), 200);
    assert!(!granted.headers().contains_key("dpop-nonce"));
    assert!(scene.get("/me").headers().contains_key("dpop-nonce"));
}

#[test]
fn without_a_proof_no_nonce_is_demanded() {
    let scene = demanding();
    let response = scene.exchange(&scene.code(&[]), &[]);
    assert_eq!(json(&response)["token_type"], "Bearer");
    assert!(response.headers().contains_key("dpop-nonce"));
}
