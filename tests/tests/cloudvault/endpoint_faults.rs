//! The faults of the endpoints around the token endpoint, each in one way.

use grantflow_tests::cloudvault::Fault;
use http::Response;

use crate::jose::{Key, Proof};
use crate::scene::{
    CHALLENGE, ISSUER, POST, REDIRECT_URI, Scene, assert_error, changed, exchange_form, header,
    json, text,
};

fn misbehaving(fault: Fault) -> Scene {
    let scene = Scene::new();
    scene.vault.misbehave(fault);
    scene
}

fn push(scene: &Scene) -> Response<Vec<u8>> {
    let form = [
        ("response_type", "code"),
        ("client_id", "printmypics"),
        ("redirect_uri", REDIRECT_URI),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    scene.post("/par", &form)
}

#[test]
fn a_bound_token_can_be_called_bearer() {
    let scene = misbehaving(Fault::DpopDowngrade);
    let key = Key::new(1);
    let proof = Proof::new(&key, "POST", "/token", scene.now()).sign();
    let tokens = json(&scene.prove("/token", &exchange_form(&scene.code(&[]), &[]), &proof));
    assert_eq!(tokens["token_type"], "Bearer");
    scene.assert_token_works(&tokens, false);
}

#[test]
fn nonces_can_be_demanded_without_end() {
    let scene = misbehaving(Fault::NonceLoop);
    let key = Key::new(1);
    let code = scene.code(&[]);
    let mut nonces = vec![String::new()];
    for _ in 0..3 {
        let proof = Proof::new(&key, "POST", "/token", scene.now());
        let proof = proof.nonce(nonces.last().unwrap()).sign();
        let response = scene.prove("/token", &exchange_form(&code, &[]), &proof);
        assert_error(&response, 400, "use_dpop_nonce");
        nonces.push(header(&response, "dpop-nonce").to_owned());
    }
    nonces.sort();
    nonces.dedup();
    assert_eq!(nonces.len(), 4);
    scene.vault.behave();
    let proof = Proof::new(&key, "POST", "/token", scene.now()).sign();
    assert_eq!(scene.prove("/token", &exchange_form(&code, &[]), &proof).status(), 200);
}

#[test]
fn a_pushed_request_can_be_answered_wrongly() {
    let response = push(&misbehaving(Fault::ParStatus200));
    assert_eq!((response.status().as_u16(), &json(&response)["expires_in"]), (200, &60.into()));
    let response = push(&misbehaving(Fault::ParWithoutExpiry));
    assert_eq!(response.status(), 201);
    assert!(json(&response).get("expires_in").is_none());
    assert!(json(&response).get("request_uri").is_some());
}

#[test]
fn a_resource_can_be_another_one() {
    let path = "/.well-known/oauth-protected-resource/photos";
    let scene = misbehaving(Fault::ResourceMetadataOfAnotherResource);
    assert_eq!(json(&scene.get(path))["resource"], "https://another.example/photos");
    assert_eq!(json(&scene.get(path))["authorization_servers"][0], ISSUER);
}

#[test]
fn errors_for_devices_can_come_with_status_200() {
    let scene = misbehaving(Fault::DeviceErrorAt200);
    let client = ("client_id", "printmypics");
    let device = json(&scene.post("/device_authorization", &[client]));
    let form = [
        ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"),
        ("device_code", text(&device, "device_code")),
        client,
    ];
    for error in ["authorization_pending", "slow_down"] {
        assert_error(&scene.token(&form), 200, error);
    }
    assert_error(&scene.exchange("made-up", &[]), 400, "invalid_grant");
}

#[test]
fn active_can_be_a_string() {
    let scene = misbehaving(Fault::IntrospectionActiveAsString);
    let tokens = scene.tokens(&[]);
    for (token, active) in [(text(&tokens, "access_token"), "true"), ("made-up", "false")] {
        let response = scene.post("/introspect", &changed(&POST, &[("token", token)]));
        assert_eq!(json(&response)["active"], active);
    }
}

#[test]
fn a_token_can_outlive_its_revocation() {
    let scene = misbehaving(Fault::Revocation503);
    let tokens = scene.tokens(&[]);
    let token = text(&tokens, "refresh_token");
    let response = scene.post("/revoke", &[("client_id", "printmypics"), ("token", token)]);
    assert_eq!(response.status(), 503);
    assert_eq!(header(&response, "retry-after"), "30");
    scene.assert_token_works(&tokens, true);
}
