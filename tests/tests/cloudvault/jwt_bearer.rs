//! Assertions of a trusted issuer as grants.

use grantflow_tests::cloudvault::TrustedIssuer;
use http::Response;
use serde_json::{Value, json as value};

use crate::jose::{Key, fresh_jti};
use crate::scene::{ISSUER, Scene, assert_error, json, text};

const TRUSTED: &str = "https://work.example";

fn scene() -> Scene {
    Scene::with(|config| {
        let key = Key::new(1).public();
        config.trusted_issuers.push(TrustedIssuer { issuer: TRUSTED.to_owned(), key });
    })
}

fn claims(scene: &Scene) -> Value {
    value!({
        "iss": TRUSTED, "sub": "248289761001", "aud": ISSUER,
        "jti": fresh_jti(), "exp": scene.now() + 60,
    })
}

fn grant(scene: &Scene, number: u8, claims: &Value) -> Response<Vec<u8>> {
    let assertion = Key::new(number).sign(&value!({ "alg": "ES256" }), claims);
    scene.token(&[
        ("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"),
        ("assertion", &assertion),
        ("client_id", "printmypics"),
    ])
}

#[test]
fn an_assertion_gives_a_token_of_its_subject_once() {
    let scene = scene();
    let claims = claims(&scene);
    let tokens = json(&grant(&scene, 1, &claims));
    assert!(tokens.get("refresh_token").is_none());
    let bearer = format!("Bearer {}", text(&tokens, "access_token"));
    assert_eq!(json(&scene.resource("/me", &bearer))["name"], "Alice Liddell");
    assert_error(&grant(&scene, 1, &claims), 400, "invalid_grant");
}

#[test]
fn every_claim_and_the_key_must_be_right() {
    let scene = scene();
    for (name, bad) in [
        ("iss", "https://other.example".into()),
        ("iss", Value::Null),
        ("sub", "nobody".into()),
        ("sub", Value::Null),
        ("aud", format!("{ISSUER}/token").into()),
        ("aud", value!([ISSUER])),
        ("exp", scene.now().into()),
        ("exp", (scene.now() + 301).into()),
        ("nbf", (scene.now() + 6).into()),
        ("jti", Value::Null),
    ] {
        let mut claims = claims(&scene);
        claims[name] = bad;
        assert_error(&grant(&scene, 1, &claims), 400, "invalid_grant");
    }
    assert_error(&grant(&scene, 2, &claims(&scene)), 400, "invalid_grant");
}
