//! What introspection tells, and to whom.

use std::time::Duration;

use serde_json::{Value, json as value};

use crate::jose::{Key, Proof};
use crate::scene::{ISSUER, POST, Scene, assert_error, changed, exchange_form, json, text};

fn introspect(scene: &Scene, token: &str) -> Value {
    let response = scene.post("/introspect", &changed(&POST, &[("token", token)]));
    assert_eq!(response.status(), 200);
    json(&response)
}

#[test]
fn a_valid_token_is_told_in_full() {
    let scene = Scene::new();
    let tokens = scene.tokens(&[]);
    let now = scene.now();
    let mut expected = value!({
        "active": true, "iss": ISSUER, "client_id": "printmypics", "sub": "248289761001",
        "username": "alice", "aud": [ISSUER], "scope": "list_albums read_photos",
        "token_type": "Bearer", "iat": now, "exp": now + 300,
        "acr": "basic", "auth_time": now,
    });
    assert_eq!(introspect(&scene, text(&tokens, "access_token")), expected);
    let members = expected.as_object_mut().unwrap();
    members.remove("token_type");
    members.remove("iat");
    expected["exp"] = (now + 30 * 24 * 3600).into();
    assert_eq!(introspect(&scene, text(&tokens, "refresh_token")), expected);
}

#[test]
fn a_bound_token_names_its_key() {
    let scene = Scene::new();
    let key = Key::new(1);
    let proof = Proof::new(&key, "POST", "/token", scene.now()).sign();
    let tokens = json(&scene.prove("/token", &exchange_form(&scene.code(&[]), &[]), &proof));
    let claims = introspect(&scene, text(&tokens, "access_token"));
    assert_eq!(claims["token_type"], "DPoP");
    assert_eq!(claims["cnf"]["jkt"], key.thumbprint());
    let claims = introspect(&scene, text(&tokens, "refresh_token"));
    assert_eq!(claims["cnf"]["jkt"], key.thumbprint());
}

#[test]
fn of_a_bad_token_nothing_is_told() {
    let scene = Scene::new();
    let inactive = value!({ "active": false });
    let (old, revoked) = (scene.tokens(&[]), scene.tokens(&[]));
    let refreshed = scene.tokens(&[]);
    let replaced = text(&refreshed, "refresh_token");
    scene.refresh(replaced, &[]);
    assert_eq!(introspect(&scene, replaced), inactive);
    let token = text(&revoked, "refresh_token");
    scene.post("/revoke", &[("client_id", "printmypics"), ("token", token)]);
    assert_eq!(introspect(&scene, token), inactive);
    assert_eq!(introspect(&scene, text(&revoked, "access_token")), inactive);
    assert_eq!(introspect(&scene, "made-up"), inactive);
    scene.clock.advance(Duration::from_secs(300));
    assert_eq!(introspect(&scene, text(&old, "access_token")), inactive);
    assert_eq!(introspect(&scene, text(&old, "refresh_token"))["active"], true);
}

#[test]
fn only_clients_that_authenticate_may_ask() {
    let scene = Scene::new();
    let tokens = scene.tokens(&[]);
    let token = ("token", text(&tokens, "access_token"));
    let public = scene.post("/introspect", &[("client_id", "printmypics"), token]);
    assert_error(&public, 401, "invalid_client");
    assert_error(&scene.post("/introspect", &[token]), 401, "invalid_client");
    let [id, _] = POST;
    let wrong = scene.post("/introspect", &[id, ("client_secret", "guessed"), token]);
    assert_error(&wrong, 401, "invalid_client");
    assert_error(&scene.post("/introspect", &POST), 400, "invalid_request");
}
