//! What the resource API refuses, and with which challenge.

use std::time::Duration;

use http::header::AUTHORIZATION;
use http::{Request, Response};

use crate::scene::{self, ISSUER, Scene, header, json, text};

#[track_caller]
fn assert_challenge(response: &Response<Vec<u8>>, status: u16, error: &str) {
    scene::assert_challenge(response, status, "Bearer", error);
}

#[test]
fn a_valid_token_opens_what_its_scope_names() {
    let scene = Scene::new();
    let tokens = scene.tokens(&[]);
    let bearer = format!("bEaReR {}", text(&tokens, "access_token"));

    let photos = json(&scene.resource("/photos", &bearer));
    let albums = json(&scene.resource("/albums", &bearer));
    let me = json(&scene.resource("/me", &bearer));
    assert_eq!(photos["photos"].as_array().unwrap().len(), 6);
    assert_eq!(albums["albums"][0]["photos"], 3);
    assert_eq!(me["name"], "Alice Liddell");

    let url = text(&photos["photos"][0], "url");
    assert!(url.starts_with(ISSUER));
    let image = scene.get(url);
    assert_eq!(image.status(), 200);
    assert_eq!(header(&image, "content-type"), "image/svg+xml");
}

#[test]
fn without_a_token_the_challenge_names_no_error() {
    let scene = Scene::new();
    let basic = scene.resource("/photos", "Basic YTpi");
    for response in [scene.get("/photos"), basic] {
        assert_eq!(response.status(), 401);
        let challenge = header(&response, "www-authenticate");
        assert_eq!(challenge, r#"Bearer realm="CloudVault""#);
    }
}

#[test]
fn an_unknown_token_is_invalid() {
    let response = Scene::new().resource("/me", "Bearer made-up");
    assert_challenge(&response, 401, "invalid_token");
}

#[test]
fn an_expired_token_is_invalid() {
    let scene = Scene::new();
    let tokens = scene.tokens(&[]);
    scene.clock.advance(Duration::from_secs(299));
    scene.assert_token_works(&tokens, true);
    scene.clock.advance(Duration::from_secs(1));
    let bearer = format!("Bearer {}", text(&tokens, "access_token"));
    assert_challenge(&scene.resource("/me", &bearer), 401, "invalid_token");
}

#[test]
fn a_refresh_token_opens_nothing() {
    let scene = Scene::new();
    let tokens = scene.tokens(&[]);
    let bearer = format!("Bearer {}", text(&tokens, "refresh_token"));
    assert_challenge(&scene.resource("/me", &bearer), 401, "invalid_token");
}

#[test]
fn a_narrow_token_is_told_the_scope_it_lacks() {
    let scene = Scene::new();
    let tokens = scene.tokens(&[("scope", "list_albums")]);
    let bearer = format!("Bearer {}", text(&tokens, "access_token"));
    assert_eq!(scene.resource("/albums", &bearer).status(), 200);
    let response = scene.resource("/photos", &bearer);
    assert_challenge(&response, 403, "insufficient_scope");
    let challenge = header(&response, "www-authenticate");
    assert!(challenge.contains(r#"scope="read_photos""#), "{challenge}");
}

#[test]
fn a_malformed_header_is_an_invalid_request() {
    let scene = Scene::new();
    for authorization in ["Bearer", "Bearer  ", "Bearer a b", "Bearer a,b", "Bearer ="] {
        let response = scene.resource("/me", authorization);
        assert_challenge(&response, 400, "invalid_request");
    }
}

#[test]
fn two_tokens_are_an_invalid_request() {
    let scene = Scene::new();
    let tokens = scene.tokens(&[]);
    let bearer = format!("Bearer {}", text(&tokens, "access_token"));
    let request = Request::get("/me").header(AUTHORIZATION, &bearer).header(AUTHORIZATION, &bearer);
    let response = scene.vault.handle(request.body(Vec::new()).unwrap());
    assert_challenge(&response, 400, "invalid_request");
}

#[test]
fn a_token_in_the_query_is_an_invalid_request() {
    let scene = Scene::new();
    let tokens = scene.tokens(&[]);
    let token = text(&tokens, "access_token");
    let url = format!("/me?access_token={token}");
    assert_challenge(&scene.get(&url), 400, "invalid_request");
    let both = scene.resource(&url, &format!("Bearer {token}"));
    assert_challenge(&both, 400, "invalid_request");
}

#[test]
fn every_answer_is_in_the_log() {
    let scene = Scene::new();
    scene.get("/me?x=1");
    scene.get("/nowhere");
    let log: Vec<_> = scene.vault.requests();
    let log = log.iter().map(|logged| (logged.path.as_str(), logged.status.as_u16()));
    assert_eq!(log.collect::<Vec<_>>(), [("/me", 401), ("/nowhere", 404)]);
    assert_eq!(scene.vault.count("/me"), 1);
}
