//! What the pushed authorization request endpoint refuses, and what a pushed request is good for.

use std::time::Duration;

use grantflow_tests::cloudvault::RegisteredClient;
use http::Response;

use crate::scene::{
    CHALLENGE, ISSUER, POST, REDIRECT_URI, STATE, Scene, assert_error, authorization_url, changed,
    encode, header, json, param, text,
};

fn push(scene: &Scene, changes: &[(&str, &str)]) -> Response<Vec<u8>> {
    let form = [
        ("response_type", "code"),
        ("client_id", "printmypics"),
        ("redirect_uri", REDIRECT_URI),
        ("state", STATE),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    scene.post("/par", &changed(&form, changes))
}

fn pushed(scene: &Scene) -> String {
    text(&json(&push(scene, &[])), "request_uri").to_owned()
}

fn url(client_id: &str, request_uri: &str) -> String {
    let query = encode(&[("client_id", client_id), ("request_uri", request_uri)]);
    format!("{ISSUER}/authorize?{query}")
}

#[test]
fn a_pushed_request_goes_all_the_way() {
    let scene = Scene::new();
    let response = push(&scene, &[]);
    assert_eq!(response.status(), 201);
    assert_eq!(header(&response, "cache-control"), "no-store");
    assert_eq!(json(&response)["expires_in"], 60);
    let request_uri = text(&json(&response), "request_uri").to_owned();
    assert!(request_uri.starts_with("urn:ietf:params:oauth:request_uri:"));

    let callback = scene.visitor().visit(&url("printmypics", &request_uri), REDIRECT_URI).unwrap();
    assert_eq!(param(&callback.url, "state").as_deref(), Some(STATE));
    let code = param(&callback.url, "code").unwrap();
    assert_eq!(scene.exchange(&code, &[]).status(), 200);
}

#[test]
fn a_request_uri_counts_once() {
    let scene = Scene::new();
    let url = url("printmypics", &pushed(&scene));
    assert_eq!(scene.get(&url).status(), 200);
    assert_eq!(scene.get(&url).status(), 400);
}

#[test]
fn a_request_uri_lives_for_a_minute() {
    let scene = Scene::new();
    let (early, late) = (pushed(&scene), pushed(&scene));
    scene.clock.advance(Duration::from_secs(59));
    assert_eq!(scene.get(&url("printmypics", &early)).status(), 200);
    scene.clock.advance(Duration::from_secs(1));
    assert_eq!(scene.get(&url("printmypics", &late)).status(), 400);
}

#[test]
fn a_request_uri_of_another_client_is_refused_and_not_spent() {
    let scene = Scene::new();
    let request_uri = pushed(&scene);
    assert_eq!(scene.get(&url("someone-else", &request_uri)).status(), 400);
    assert_eq!(scene.get(&url("printmypics", &request_uri)).status(), 200);
}

#[test]
fn nothing_else_goes_along_with_a_request_uri() {
    let scene = Scene::new();
    let request_uri = pushed(&scene);
    let good = url("printmypics", &request_uri);
    for more in ["state=x", "redirect_uri=x", "request=x", "scope=", "request_uri=x"] {
        let response = scene.get(&format!("{good}&{more}"));
        assert_eq!(response.status(), 400, "{more}");
        assert!(!response.headers().contains_key("location"));
    }
    let alone = format!("{ISSUER}/authorize?{}", encode(&[("request_uri", &request_uri)]));
    assert_eq!(scene.get(&alone).status(), 400);
    assert_eq!(scene.get(&good).status(), 200);
}

#[test]
fn what_a_url_may_not_ask_cannot_be_pushed_either() {
    let scene = Scene::new();
    for (name, value, error) in [
        ("request_uri", "urn:ietf:params:oauth:request_uri:x", "invalid_request"),
        ("request", "e30.e30.", "request_not_supported"),
        ("redirect_uri", "https://evil.example/", "invalid_request"),
        ("redirect_uri", "", "invalid_request"),
        ("response_type", "token", "unsupported_response_type"),
        ("response_type", "", "invalid_request"),
        ("scope", "everything", "invalid_scope"),
        ("code_challenge", "", "invalid_request"),
        ("code_challenge_method", "plain", "invalid_request"),
        ("resource", "https://other.example", "invalid_target"),
        ("authorization_details", "{}", "invalid_authorization_details"),
        ("dpop_jkt", "short", "invalid_request"),
        ("max_age", "soon", "invalid_request"),
    ] {
        assert_error(&push(&scene, &[(name, value)]), 400, error);
    }
}

#[test]
fn clients_authenticate_as_at_the_token_endpoint() {
    let scene = Scene::new();
    assert_error(&push(&scene, &[("client_id", "")]), 401, "invalid_client");
    assert_error(&push(&scene, &[("client_id", "post")]), 401, "invalid_client");
    let wrong = [("client_id", "post"), ("client_secret", "guessed")];
    assert_error(&push(&scene, &wrong), 401, "invalid_client");
    assert_eq!(push(&scene, &POST).status(), 201);
}

#[test]
fn only_a_form_by_post_is_pushed() {
    let scene = Scene::new();
    assert_eq!(scene.get("/par").status(), 405);
    let response = scene.post("/par?client_id=printmypics", &[]);
    assert_error(&response, 400, "invalid_request");
}

#[test]
fn a_client_that_must_push_cannot_ask_by_url() {
    let by_client = Scene::with(|config| {
        let client = config.clients.remove(0);
        config.clients.push(RegisteredClient::pushing(client));
    });
    let by_server = Scene::with(|config| config.require_pushed_authorization_requests = true);
    let document = json(&by_server.get("/.well-known/oauth-authorization-server"));
    assert_eq!(document["require_pushed_authorization_requests"], true);
    for scene in [by_client, by_server] {
        let response = scene.get(&authorization_url(&[]));
        let location = header(&response, "location");
        assert_eq!(param(location, "error").as_deref(), Some("invalid_request"));
        assert_eq!(param(location, "state").as_deref(), Some(STATE));
        assert_eq!(scene.get(&url("printmypics", &pushed(&scene))).status(), 200);
    }
}
