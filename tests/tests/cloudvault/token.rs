//! What the token endpoint refuses to exchange.

use std::time::Duration;

use http::Request;
use http::header::CONTENT_TYPE;

use crate::scene::{
    Scene, VERIFIER, assert_error, encode, exchange_form, header, json, text, token_request,
};

#[test]
fn a_code_gives_tokens_once() {
    let scene = Scene::new();
    let code = scene.code(&[]);
    let response = scene.exchange(&code, &[]);
    assert_eq!(response.status(), 200);
    assert_eq!(header(&response, "content-type"), "application/json");
    assert_eq!(header(&response, "cache-control"), "no-store");
    assert_eq!(header(&response, "pragma"), "no-cache");
    let tokens = json(&response);
    assert_eq!(tokens["token_type"], "Bearer");
    assert_eq!(tokens["expires_in"], 300);
    assert_eq!(tokens["scope"], "list_albums read_photos");
    scene.assert_token_works(&tokens, true);

    assert_error(&scene.exchange(&code, &[]), 400, "invalid_grant");
}

#[test]
fn a_replayed_code_revokes_what_it_gave() {
    let scene = Scene::new();
    let code = scene.code(&[]);
    let tokens = json(&scene.exchange(&code, &[]));
    let refreshed = json(&scene.refresh(text(&tokens, "refresh_token"), &[]));
    scene.exchange(&code, &[]);
    scene.assert_token_works(&tokens, false);
    scene.assert_token_works(&refreshed, false);
    let again = scene.refresh(text(&refreshed, "refresh_token"), &[]);
    assert_error(&again, 400, "invalid_grant");
}

#[test]
fn a_replay_by_another_client_revokes_nothing() {
    let scene = Scene::new();
    let code = scene.code(&[]);
    let tokens = json(&scene.exchange(&code, &[]));
    let replay = scene.exchange(&code, &[("client_id", "someone-else")]);
    assert_error(&replay, 400, "invalid_grant");
    scene.assert_token_works(&tokens, true);
}

#[test]
fn a_code_expires_after_a_minute() {
    let scene = Scene::new();
    let (early, late) = (scene.code(&[]), scene.code(&[]));
    scene.clock.advance(Duration::from_secs(59));
    assert_eq!(scene.exchange(&early, &[]).status(), 200);
    scene.clock.advance(Duration::from_secs(1));
    assert_error(&scene.exchange(&late, &[]), 400, "invalid_grant");
}

#[test]
fn a_code_of_another_client_is_refused_and_not_spent() {
    let scene = Scene::new();
    let code = scene.code(&[]);
    let stolen = scene.exchange(&code, &[("client_id", "someone-else")]);
    assert_error(&stolen, 400, "invalid_grant");
    assert_eq!(scene.exchange(&code, &[]).status(), 200);
}

#[test]
fn a_wrong_redirect_uri_spends_the_code() {
    let scene = Scene::new();
    let code = scene.code(&[]);
    let wrong = [("redirect_uri", "https://printmypics.example/callback/")];
    assert_error(&scene.exchange(&code, &wrong), 400, "invalid_grant");
    assert_error(&scene.exchange(&code, &[]), 400, "invalid_grant");
}

#[test]
fn a_wrong_verifier_spends_the_code() {
    let scene = Scene::new();
    let code = scene.code(&[]);
    let wrong = VERIFIER.replace('d', "e");
    let guess = scene.exchange(&code, &[("code_verifier", &wrong)]);
    assert_error(&guess, 400, "invalid_grant");
    assert_error(&scene.exchange(&code, &[]), 400, "invalid_grant");
}

#[test]
fn a_verifier_has_43_to_128_unreserved_characters() {
    let scene = Scene::new();
    let code = scene.code(&[]);
    for verifier in [VERIFIER[1..].to_owned(), "a".repeat(129), VERIFIER.replace('-', "+")] {
        let response = scene.exchange(&code, &[("code_verifier", &verifier)]);
        assert_error(&response, 400, "invalid_request");
    }
}

#[test]
fn every_parameter_of_the_exchange_is_required() {
    let scene = Scene::new();
    let code = scene.code(&[]);
    for name in ["code", "redirect_uri", "code_verifier", "grant_type"] {
        let response = scene.exchange(&code, &[(name, "")]);
        assert_error(&response, 400, "invalid_request");
    }
}

#[test]
fn a_parameter_given_twice_is_refused() {
    let scene = Scene::new();
    let code = scene.code(&[]);
    for name in ["code", "client_id", "grant_type", "redirect_uri", "code_verifier"] {
        let mut form = exchange_form(&code, &[]);
        let (_, value) = *form.iter().find(|(given, _)| *given == name).unwrap();
        form.push((name, value));
        assert_error(&scene.token(&form), 400, "invalid_request");
    }
    assert_eq!(scene.exchange(&code, &[]).status(), 200);
}

#[test]
fn an_unknown_grant_type_is_refused() {
    let scene = Scene::new();
    let response = scene.exchange("any", &[("grant_type", "password")]);
    assert_error(&response, 400, "unsupported_grant_type");
}

#[test]
fn only_post_is_allowed() {
    let response = Scene::new().get("/token");
    assert_eq!(response.status(), 405);
    assert_eq!(header(&response, "allow"), "POST");
}

#[test]
fn only_a_form_body_is_read() {
    let scene = Scene::new();
    let code = scene.code(&[]);
    let body = encode(&exchange_form(&code, &[])).into_bytes();
    for media_type in ["application/json", "text/plain", "application/x-www-form-urlencoded-x"] {
        let request = Request::post("/token").header(CONTENT_TYPE, media_type);
        let response = scene.vault.handle(request.body(body.clone()).unwrap());
        assert_error(&response, 400, "invalid_request");
    }
    let media_type = "Application/X-WWW-Form-URLEncoded; charset=utf-8";
    let request = Request::post("/token").header(CONTENT_TYPE, media_type);
    assert_eq!(scene.vault.handle(request.body(body).unwrap()).status(), 200);
}

#[test]
fn nothing_is_read_from_the_query() {
    let scene = Scene::new();
    let code = scene.code(&[]);
    let mut request = token_request(&exchange_form(&code, &[]));
    *request.uri_mut() = "/token?client_secret=s".parse().unwrap();
    assert_error(&scene.vault.handle(request), 400, "invalid_request");
}

#[test]
fn a_parameter_without_a_value_counts_as_omitted() {
    let scene = Scene::new();
    let mut form = exchange_form("any", &[("code_verifier", "")]);
    form.push(("code_verifier", ""));
    let response = scene.token(&form);
    assert_error(&response, 400, "invalid_request");
    assert_eq!(json(&response)["error_description"], "code_verifier is missing");

    let code = scene.code(&[]);
    let mut form = exchange_form(&code, &[]);
    form.push(("client_secret", ""));
    assert_eq!(scene.token(&form).status(), 200);
}
