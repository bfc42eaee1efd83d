//! What makes a proof at the token endpoint bad, and what a good one binds.

use std::time::Duration;

use grantflow_tests::cloudvault::RegisteredClient;
use http::Response;
use serde_json::{Value, json as value};

use crate::jose::{Key, Proof, unsigned};
use crate::scene::{
    CHALLENGE, ISSUER, POST, REDIRECT_URI, Scene, assert_error, changed, encode, exchange_form,
    json, param, text, token_request,
};

fn proof<'a>(scene: &Scene, key: &'a Key) -> Proof<'a> {
    Proof::new(key, "POST", "/token", scene.now())
}

fn exchange(scene: &Scene, code: &str, proof: &str) -> Response<Vec<u8>> {
    scene.prove("/token", &exchange_form(code, &[]), proof)
}

fn refresh(scene: &Scene, tokens: &Value, who: &[(&str, &str)], key: &Key) -> Response<Vec<u8>> {
    let token = text(tokens, "refresh_token");
    let form = [("grant_type", "refresh_token"), ("refresh_token", token)];
    scene.prove("/token", &changed(&form, who), &proof(scene, key).sign())
}

#[test]
fn a_proof_gives_a_token_of_type_dpop() {
    let scene = Scene::new();
    let key = Key::new(1);
    let response = exchange(&scene, &scene.code(&[]), &proof(&scene, &key).sign());
    assert_eq!(response.status(), 200);
    assert_eq!(json(&response)["token_type"], "DPoP");
    assert!(!response.headers().contains_key("dpop-nonce"));
}

#[test]
fn a_bad_proof_is_refused_and_the_code_not_spent() {
    let scene = Scene::new();
    let key = Key::new(1);
    let code = scene.code(&[]);
    let changes: [(&str, &str, Value); 17] = [
        ("header", "typ", "JWT".into()),
        ("header", "typ", Value::Null),
        ("header", "alg", "none".into()),
        ("header", "alg", "HS256".into()),
        ("header", "jwk", Value::Null),
        ("header", "jwk", Key::new(2).jwk()),
        ("header", "crit", value!(["b64"])),
        ("claims", "htm", "GET".into()),
        ("claims", "htm", "post".into()),
        ("claims", "htu", format!("{ISSUER}/par").into()),
        ("claims", "htu", format!("{ISSUER}/token?").into()),
        ("claims", "htu", format!("{ISSUER}/token#x").into()),
        ("claims", "iat", (scene.now() - 61).into()),
        ("claims", "iat", (scene.now() + 6).into()),
        ("claims", "iat", scene.now().to_string().into()),
        ("claims", "jti", Value::Null),
        ("claims", "jti", "".into()),
    ];
    for (part, name, changed) in changes {
        let mut bad = proof(&scene, &key);
        match part {
            "header" => bad.header[name] = changed,
            _ => bad.claims[name] = changed,
        }
        assert_error(&exchange(&scene, &code, &bad.sign()), 400, "invalid_dpop_proof");
    }
    let mut private = proof(&scene, &key);
    private.header["jwk"]["d"] = "AAAA".into();
    let mut meant = proof(&scene, &key);
    meant.header["alg"] = "none".into();
    let nothing = unsigned(&meant.claims);
    for bad in [private.sign(), nothing, "x".to_owned(), String::new()] {
        assert_error(&exchange(&scene, &code, &bad), 400, "invalid_dpop_proof");
    }
    let mut two = token_request(&exchange_form(&code, &[]));
    for _ in 0..2 {
        two.headers_mut().append("dpop", proof(&scene, &key).sign().parse().unwrap());
    }
    assert_error(&scene.vault.handle(two), 400, "invalid_dpop_proof");

    let mut oldest = proof(&scene, &key);
    oldest.claims["iat"] = (scene.now() - 60).into();
    assert_eq!(exchange(&scene, &code, &oldest.sign()).status(), 200);
}

#[test]
fn a_proof_counts_once() {
    let scene = Scene::new();
    let key = Key::new(1);
    let mut early = proof(&scene, &key);
    early.claims["iat"] = (scene.now() + 5).into();
    let early = early.sign();
    assert_eq!(exchange(&scene, &scene.code(&[]), &early).status(), 200);
    let code = scene.code(&[]);
    assert_error(&exchange(&scene, &code, &early), 400, "invalid_dpop_proof");
    // For as long as it would be fresh.
    scene.clock.advance(Duration::from_secs(59));
    assert_error(&exchange(&scene, &code, &early), 400, "invalid_dpop_proof");
}

#[test]
fn a_client_that_has_promised_proofs_gets_nothing_without() {
    let scene = Scene::with(|config| {
        let client = config.clients.remove(0);
        config.clients.push(RegisteredClient::dpop_bound(client));
    });
    let code = scene.code(&[]);
    assert_error(&scene.exchange(&code, &[]), 400, "invalid_dpop_proof");
    let key = Key::new(1);
    assert_eq!(exchange(&scene, &code, &proof(&scene, &key).sign()).status(), 200);
}

#[test]
fn a_code_can_be_bound_to_a_key() {
    let scene = Scene::new();
    let (key, other) = (Key::new(1), Key::new(2));
    let thumbprint = key.thumbprint();
    let code = || scene.code(&[("dpop_jkt", &thumbprint)]);
    assert_error(&scene.exchange(&code(), &[]), 400, "invalid_grant");
    let stolen = exchange(&scene, &code(), &proof(&scene, &other).sign());
    assert_error(&stolen, 400, "invalid_grant");
    assert_eq!(exchange(&scene, &code(), &proof(&scene, &key).sign()).status(), 200);
}

#[test]
fn a_proof_at_the_par_endpoint_binds_the_code() {
    let scene = Scene::new();
    let (key, other) = (Key::new(1), Key::new(2));
    let form = [
        ("response_type", "code"),
        ("client_id", "printmypics"),
        ("redirect_uri", REDIRECT_URI),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    let push = |changes: &[(&str, &str)]| {
        let proof = Proof::new(&key, "POST", "/par", scene.now()).sign();
        scene.prove("/par", &changed(&form, changes), &proof)
    };
    let code = |response: &Response<Vec<u8>>| {
        let pushed = json(response);
        let query = [("client_id", "printmypics"), ("request_uri", text(&pushed, "request_uri"))];
        let url = format!("{ISSUER}/authorize?{}", encode(&query));
        let callback = scene.visitor().visit(&url, REDIRECT_URI).unwrap();
        param(&callback.url, "code").unwrap()
    };
    let wrong = other.thumbprint();
    assert_error(&push(&[("dpop_jkt", &wrong)]), 400, "invalid_dpop_proof");
    let right = key.thumbprint();
    let both = code(&push(&[("dpop_jkt", &right)]));
    assert_eq!(exchange(&scene, &both, &proof(&scene, &key).sign()).status(), 200);
    let stolen = exchange(&scene, &code(&push(&[])), &proof(&scene, &other).sign());
    assert_error(&stolen, 400, "invalid_grant");

    let for_token = proof(&scene, &key).sign();
    assert_error(&scene.prove("/par", &form, &for_token), 400, "invalid_dpop_proof");
}

#[test]
fn the_refresh_token_of_a_public_client_keeps_its_key() {
    let scene = Scene::new();
    let (key, other) = (Key::new(1), Key::new(2));
    let who = [("client_id", "printmypics")];
    let tokens = json(&exchange(&scene, &scene.code(&[]), &proof(&scene, &key).sign()));
    assert_error(&refresh(&scene, &tokens, &who, &other), 400, "invalid_grant");
    let without = scene.refresh(text(&tokens, "refresh_token"), &[]);
    assert_error(&without, 400, "invalid_grant");
    let next = json(&refresh(&scene, &tokens, &who, &key));
    assert_eq!(next["token_type"], "DPoP");
    assert_error(&refresh(&scene, &next, &who, &other), 400, "invalid_grant");
}

#[test]
fn a_confidential_client_may_change_its_key() {
    let scene = Scene::new();
    let code = scene.code(&[("client_id", "post")]);
    let form = exchange_form(&code, &POST);
    let tokens = json(&scene.prove("/token", &form, &proof(&scene, &Key::new(1)).sign()));
    let next = refresh(&scene, &tokens, &POST, &Key::new(2));
    assert_eq!(json(&next)["token_type"], "DPoP");
}
