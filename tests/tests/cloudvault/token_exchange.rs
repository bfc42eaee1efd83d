//! Which tokens are exchanged, and for what.

use std::time::Duration;

use serde_json::Value;

use crate::jose::{Key, Proof};
use crate::scene::{ISSUER, POST, Scene, assert_error, changed, exchange_form, json, text};

const ACCESS_TOKEN: &str = "urn:ietf:params:oauth:token-type:access_token";

fn form<'a>(token: &'a str, changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let form = [
        ("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"),
        ("subject_token", token),
        ("subject_token_type", ACCESS_TOKEN),
    ];
    changed(&changed(&form, &POST), changes)
}

/// The tokens of a whole flow of `post`.
fn tokens(scene: &Scene) -> Value {
    let code = scene.code(&[("client_id", "post")]);
    json(&scene.token(&exchange_form(&code, &POST)))
}

#[test]
fn a_token_gives_a_narrower_one() {
    let scene = Scene::new();
    let tokens = tokens(&scene);
    let narrow = [("scope", "list_albums")];
    let narrower = json(&scene.token(&form(text(&tokens, "access_token"), &narrow)));
    assert_eq!(narrower["issued_token_type"], ACCESS_TOKEN);
    assert_eq!(narrower["scope"], "list_albums");
    assert!(narrower.get("refresh_token").is_none());
    let bearer = format!("Bearer {}", text(&narrower, "access_token"));
    assert_eq!(scene.resource("/albums", &bearer).status(), 200);
    assert_eq!(scene.resource("/photos", &bearer).status(), 403);

    let again = [("scope", "read_photos")];
    let wider = scene.token(&form(text(&narrower, "access_token"), &again));
    assert_error(&wider, 400, "invalid_scope");
}

#[test]
fn a_token_cannot_be_taken_elsewhere() {
    let scene = Scene::new();
    let tokens = tokens(&scene);
    let photos = format!("{ISSUER}/photos");
    for changes in [("resource", photos.as_str()), ("audience", "someone")] {
        let response = scene.token(&form(text(&tokens, "access_token"), &[changes]));
        assert_error(&response, 400, "invalid_target");
    }
}

#[test]
fn only_own_valid_access_tokens_are_exchanged() {
    let scene = Scene::new();
    let (own, foreign) = (tokens(&scene), scene.tokens(&[]));
    let own = text(&own, "access_token");
    for (name, bad) in [
        ("subject_token", "made-up"),
        ("subject_token", text(&foreign, "access_token")),
        ("subject_token", ""),
        ("subject_token_type", ""),
        ("subject_token_type", "urn:ietf:params:oauth:token-type:refresh_token"),
        ("requested_token_type", "urn:ietf:params:oauth:token-type:jwt"),
        ("actor_token", own),
        ("actor_token_type", ACCESS_TOKEN),
    ] {
        assert_error(&scene.token(&form(own, &[(name, bad)])), 400, "invalid_request");
    }
    assert_eq!(scene.token(&form(own, &[])).status(), 200);
    scene.clock.advance(Duration::from_secs(300));
    assert_error(&scene.token(&form(own, &[])), 400, "invalid_request");
}

#[test]
fn public_clients_exchange_nothing() {
    let scene = Scene::new();
    let tokens = scene.tokens(&[]);
    let who = [("client_id", "printmypics"), ("client_secret", "")];
    let response = scene.token(&form(text(&tokens, "access_token"), &who));
    assert_error(&response, 400, "unauthorized_client");
}

#[test]
fn a_bound_token_is_exchanged_with_its_key_only() {
    let scene = Scene::new();
    let (key, other) = (Key::new(1), Key::new(2));
    let proof = |key| Proof::new(key, "POST", "/token", scene.now()).sign();
    let code = scene.code(&[("client_id", "post")]);
    let tokens = json(&scene.prove("/token", &exchange_form(&code, &POST), &proof(&key)));
    let form = form(text(&tokens, "access_token"), &[]);
    assert_error(&scene.token(&form), 400, "invalid_request");
    assert_error(&scene.prove("/token", &form, &proof(&other)), 400, "invalid_request");
    assert_eq!(json(&scene.prove("/token", &form, &proof(&key)))["token_type"], "DPoP");
}
