//! A resource that wants a strong and recent sign-in, and the way to one.

use std::time::Duration;

use grantflow_tests::cloudvault::Form;
use http::Response;
use serde_json::Value;

use crate::scene::{
    ISSUER, POST, REDIRECT_URI, Scene, assert_challenge, authorization_url, changed, header, json,
    param, text,
};

const STRONG: (&str, &str) = ("acr_values", "strong");

fn vaulted(scene: &Scene, tokens: &Value) -> Response<Vec<u8>> {
    scene.resource("/vaulted", &format!("Bearer {}", text(tokens, "access_token")))
}

fn claims(scene: &Scene, tokens: &Value) -> Value {
    let form = changed(&POST, &[("token", text(tokens, "access_token"))]);
    json(&scene.post("/introspect", &form))
}

fn asks_for(response: &Response<Vec<u8>>, name: &str) -> bool {
    let page = String::from_utf8_lossy(response.body()).into_owned();
    Form::read(&page)[0].asks_for(name)
}

#[test]
fn a_weak_sign_in_is_told_what_it_takes() {
    let scene = Scene::new();
    let response = vaulted(&scene, &scene.tokens(&[]));
    assert_challenge(&response, 401, "Bearer", "insufficient_user_authentication");
    let challenge = header(&response, "www-authenticate");
    assert!(challenge.ends_with(r#", acr_values="strong", max_age="300""#), "{challenge}");
}

#[test]
fn a_strong_sign_in_opens_the_vault_for_a_while() {
    let scene = Scene::with(|config| config.access_token_lifetime = Duration::from_secs(3600));
    let tokens = scene.tokens(&[STRONG]);
    assert_eq!(claims(&scene, &tokens)["acr"], "strong");
    assert_eq!(vaulted(&scene, &tokens).status(), 200);
    scene.clock.advance(Duration::from_secs(300));
    assert_eq!(vaulted(&scene, &tokens).status(), 200);
    scene.clock.advance(Duration::from_secs(1));
    let response = vaulted(&scene, &tokens);
    assert_challenge(&response, 401, "Bearer", "insufficient_user_authentication");
    // To refresh is not to sign in.
    let next = json(&scene.refresh(text(&tokens, "refresh_token"), &[]));
    assert_eq!(vaulted(&scene, &next).status(), 401);
}

#[test]
fn a_client_has_nobody_to_sign_in() {
    let scene = Scene::new();
    let form = changed(&POST, &[("grant_type", "client_credentials")]);
    let tokens = json(&scene.token(&form));
    assert_eq!(vaulted(&scene, &tokens).status(), 401);
}

#[test]
fn a_weak_session_has_to_sign_in_again() {
    let scene = Scene::new();
    let mut visitor = scene.visitor();
    visitor.visit(&authorization_url(&[]), REDIRECT_URI).unwrap();
    visitor.visit(&authorization_url(&[STRONG]), REDIRECT_URI).unwrap();
    assert_eq!(scene.vault.count("/login"), 2);
    visitor.visit(&authorization_url(&[STRONG]), REDIRECT_URI).unwrap();
    visitor.visit(&authorization_url(&[]), REDIRECT_URI).unwrap();
    assert_eq!(scene.vault.count("/login"), 2);
}

#[test]
fn a_wrong_or_missing_passcode_is_refused() {
    let scene = Scene::new();
    let mut visitor = scene.visitor();
    let page = visitor.open(&authorization_url(&[STRONG]), None);
    let page = String::from_utf8_lossy(page.body()).into_owned();
    let mut form = Form::read(&page).swap_remove(0);
    form.fill("username", "alice");
    form.fill("password", "wonderland");
    let mut weak = form.clone();
    weak.fields.retain(|(name, _)| name != "passcode");
    form.fill("passcode", "000000");
    let login = format!("{ISSUER}/login");
    assert_eq!(visitor.open(&login, Some(form)).status(), 400);
    assert_eq!(visitor.open(&login, Some(weak)).status(), 400);
}

#[test]
fn consent_in_a_session_that_is_not_enough_is_refused() {
    let scene = Scene::new();
    let mut visitor = scene.visitor();
    visitor.visit(&authorization_url(&[]), REDIRECT_URI).unwrap();
    let page = visitor.open(&authorization_url(&[STRONG]), None);
    let page = String::from_utf8_lossy(page.body()).into_owned();
    let mut form = Form::read(&page).swap_remove(0);
    form.fields.push(("decision".to_owned(), "allow".to_owned()));
    assert_eq!(visitor.open(&format!("{ISSUER}/consent"), Some(form)).status(), 400);
}

#[test]
fn a_sign_in_can_be_too_long_ago() {
    let scene = Scene::new();
    let mut visitor = scene.visitor();
    visitor.visit(&authorization_url(&[]), REDIRECT_URI).unwrap();
    let at_once = visitor.open(&authorization_url(&[("max_age", "0")]), None);
    assert!(asks_for(&at_once, "password"));
    scene.clock.advance(Duration::from_secs(60));
    let mut open = |max_age: &str| visitor.open(&authorization_url(&[("max_age", max_age)]), None);
    assert!(!asks_for(&open("60"), "password"));
    assert!(asks_for(&open("59"), "password"));
    let zero = open("0");
    assert!(asks_for(&zero, "password"));
    // Whoever signs in on the way has done so recently enough for every number.
    let url = authorization_url(&[("max_age", "0")]);
    assert!(param(&visitor.visit(&url, REDIRECT_URI).unwrap().url, "code").is_some());
}

#[test]
fn demands_that_cannot_be_met_are_refused() {
    let scene = Scene::new();
    let error = |changes| {
        let response = scene.get(&authorization_url(&[changes]));
        param(header(&response, "location"), "error").unwrap()
    };
    assert_eq!(error(("acr_values", "retina")), "unmet_authentication_requirements");
    assert_eq!(error(("max_age", "-1")), "invalid_request");
    assert_eq!(error(("max_age", "1.5")), "invalid_request");
    assert_eq!(error(("max_age", "+1")), "invalid_request");
    // The first one that is known counts.
    let tokens = scene.tokens(&[("acr_values", "retina strong basic")]);
    assert_eq!(claims(&scene, &tokens)["acr"], "strong");
}
