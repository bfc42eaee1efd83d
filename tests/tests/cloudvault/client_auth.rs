//! Which clients the token endpoint believes.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::Response;
use http::header::AUTHORIZATION;
use url::form_urlencoded::byte_serialize;

use crate::scene::{SECRET, Scene, assert_error, exchange_form, header, json, token_request};

fn form_encoded(text: &str) -> String {
    byte_serialize(text.as_bytes()).collect()
}

fn basic(client_id: &str, secret: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("{client_id}:{secret}")))
}

/// An exchange by `basic:client` with that header and these additions to the form.
fn exchange_with_header(header: &str, more: &[(&str, &str)]) -> Response<Vec<u8>> {
    let scene = Scene::new();
    let code = scene.code(&[("client_id", "basic:client")]);
    let mut form = exchange_form(&code, &[("client_id", "")]);
    form.extend(more);
    let mut request = token_request(&form);
    let header = header.parse().unwrap();
    request.headers_mut().insert(AUTHORIZATION, header);
    scene.vault.handle(request)
}

fn right_header() -> String {
    basic(&form_encoded("basic:client"), &form_encoded(SECRET))
}

#[track_caller]
fn assert_invalid_client(response: &Response<Vec<u8>>) {
    assert_error(response, 401, "invalid_client");
    assert!(header(response, "www-authenticate").starts_with("Basic "));
}

#[test]
fn a_public_client_names_itself() {
    let scene = Scene::new();
    let code = scene.code(&[]);
    assert_invalid_client(&scene.exchange(&code, &[("client_id", "")]));
    assert_invalid_client(&scene.exchange(&code, &[("client_id", "nobody")]));
}

#[test]
fn a_public_client_has_no_secret() {
    let scene = Scene::new();
    let code = scene.code(&[]);
    assert_invalid_client(&scene.exchange(&code, &[("client_secret", "made-up")]));
}

#[test]
fn basic_credentials_are_form_encoded() {
    assert_eq!(exchange_with_header(&right_header(), &[]).status(), 200);
    let lower_case = right_header().replace("Basic", "basic");
    assert_eq!(exchange_with_header(&lower_case, &[]).status(), 200);

    assert_invalid_client(&exchange_with_header(&basic("basic:client", SECRET), &[]));
    let raw_secret = basic(&form_encoded("basic:client"), SECRET);
    assert_invalid_client(&exchange_with_header(&raw_secret, &[]));
}

#[test]
fn a_wrong_secret_is_refused() {
    let id = form_encoded("basic:client");
    for header in [&basic(&id, "wrong"), &basic(&id, ""), "Basic !", "Bearer x", "Basic"] {
        assert_invalid_client(&exchange_with_header(header, &[]));
    }
}

#[test]
fn a_secret_with_more_behind_it_is_refused() {
    let secret = form_encoded(SECRET) + "&more";
    let header = basic(&form_encoded("basic:client"), &secret);
    assert_invalid_client(&exchange_with_header(&header, &[]));
}

#[test]
fn two_authorization_headers_are_refused() {
    let mut request = token_request(&[("grant_type", "refresh_token")]);
    for _ in 0..2 {
        let header = right_header().parse().unwrap();
        request.headers_mut().append(AUTHORIZATION, header);
    }
    let response = Scene::new().vault.handle(request);
    assert_error(&response, 400, "invalid_request");
    let words = &json(&response)["error_description"];
    assert_eq!(words, "more than one Authorization header");
}

#[test]
fn one_authentication_method_is_enough() {
    let both = [("client_id", "basic:client"), ("client_secret", SECRET)];
    let response = exchange_with_header(&right_header(), &both);
    assert_error(&response, 400, "invalid_request");
    let response = exchange_with_header(&right_header(), &both[..1]);
    assert_eq!(response.status(), 200);
    let other = [("client_id", "someone-else")];
    let response = exchange_with_header(&right_header(), &other);
    assert_error(&response, 400, "invalid_request");
}

#[test]
fn only_the_registered_authentication_method_counts() {
    let scene = Scene::new();
    let post = scene.code(&[("client_id", "post")]);
    let basic = scene.code(&[("client_id", "basic:client")]);
    let as_post = |client_id| [("client_id", client_id), ("client_secret", SECRET)];
    assert_invalid_client(&scene.exchange(&basic, &as_post("basic:client")));
    assert_invalid_client(&scene.exchange(&basic, &[("client_id", "basic:client")]));
    assert_invalid_client(&scene.exchange(&post, &[("client_id", "post")]));
    assert_eq!(scene.exchange(&post, &as_post("post")).status(), 200);
}
