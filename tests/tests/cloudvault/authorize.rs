//! What the authorization endpoint refuses, and where it says so.

use crate::scene::{
    CHALLENGE, ISSUER, REDIRECT_URI, STATE, Scene, authorization_url, header, json, param,
};

#[track_caller]
fn assert_shown_not_redirected(changes: &[(&str, &str)]) {
    let response = Scene::new().get(&authorization_url(changes));
    assert_eq!(response.status(), 400);
    assert!(response.headers().get("location").is_none());
    assert!(header(&response, "content-type").starts_with("text/html"));
}

#[track_caller]
fn assert_redirected_error(changes: &[(&str, &str)], error: &str) {
    let response = Scene::new().get(&authorization_url(changes));
    assert_eq!(response.status(), 303);
    let location = header(&response, "location");
    assert!(location.starts_with(REDIRECT_URI), "{location}");
    assert_eq!(param(location, "error").as_deref(), Some(error));
    assert_eq!(param(location, "state").as_deref(), Some(STATE));
    assert_eq!(param(location, "iss").as_deref(), Some(ISSUER));
    assert_eq!(param(location, "code"), None);
}

#[test]
fn an_unknown_client_is_not_redirected() {
    assert_shown_not_redirected(&[("client_id", "nobody")]);
    assert_shown_not_redirected(&[("client_id", "")]);
}

#[test]
fn an_unregistered_redirect_uri_is_not_redirected() {
    for redirect_uri in [
        "",
        "https://evil.example/callback",
        "https://printmypics.example/callback/",
        "https://printmypics.example/callback?x=1",
        "https://printmypics.example:443/callback",
        "https://PRINTMYPICS.example/callback",
    ] {
        assert_shown_not_redirected(&[("redirect_uri", redirect_uri)]);
    }
}

#[test]
fn a_redirect_uri_given_twice_is_not_redirected() {
    let url = authorization_url(&[]) + "&redirect%5Furi=https%3A%2F%2Fevil.example";
    let response = Scene::new().get(&url);
    assert_eq!(response.status(), 400);
    assert!(response.headers().get("location").is_none());
}

#[test]
fn only_the_code_response_type_is_supported() {
    assert_redirected_error(&[("response_type", "token")], "unsupported_response_type");
    assert_redirected_error(&[("response_type", "code id_token")], "unsupported_response_type");
    assert_redirected_error(&[("response_type", "")], "invalid_request");
}

#[test]
fn an_unknown_scope_is_invalid() {
    assert_redirected_error(&[("scope", "read_photos delete_all")], "invalid_scope");
    assert_redirected_error(&[("scope", "READ_PHOTOS")], "invalid_scope");
}

#[test]
fn a_request_without_pkce_is_invalid() {
    assert_redirected_error(&[("code_challenge", "")], "invalid_request");
    assert_redirected_error(&[("code_challenge_method", "")], "invalid_request");
}

#[test]
fn plain_pkce_is_invalid() {
    assert_redirected_error(&[("code_challenge_method", "plain")], "invalid_request");
}

#[test]
fn a_challenge_that_is_no_sha256_is_invalid() {
    assert_redirected_error(&[("code_challenge", &CHALLENGE[1..])], "invalid_request");
    let padded = format!("{}=", &CHALLENGE[1..]);
    assert_redirected_error(&[("code_challenge", &padded)], "invalid_request");
}

#[test]
fn an_unknown_response_mode_is_invalid() {
    assert_redirected_error(&[("response_mode", "fragment")], "invalid_request");
}

#[test]
fn a_parameter_given_twice_is_invalid() {
    let scene = Scene::new();
    for name in ["scope", "code_challenge", "response_type", "unknown"] {
        let url = authorization_url(&[]) + &format!("&{name}=1&{name}=1");
        let response = scene.get(&url);
        let error = param(header(&response, "location"), "error");
        assert_eq!(error.as_deref(), Some("invalid_request"), "{name}");
    }
}

#[test]
fn a_state_given_twice_is_not_echoed() {
    let url = authorization_url(&[]) + "&state=another";
    let response = Scene::new().get(&url);
    let location = header(&response, "location");
    assert_eq!(param(location, "error").as_deref(), Some("invalid_request"));
    assert_eq!(param(location, "state"), None);
}

#[test]
fn resource_may_be_given_twice() {
    let url = authorization_url(&[])
        + "&resource=https://vault.example&resource=https://vault.example/photos";
    assert_eq!(Scene::new().get(&url).status(), 200);
}

#[test]
fn a_code_comes_with_the_exact_state_and_the_issuer() {
    let callback = Scene::new().allow(&[]);
    assert_eq!(param(&callback.url, "state").as_deref(), Some(STATE));
    assert_eq!(param(&callback.url, "iss").as_deref(), Some(ISSUER));
    assert_eq!(param(&callback.url, "code").unwrap().len(), 43);
    assert_eq!(param(&callback.url, "error"), None);
}

#[test]
fn a_request_without_state_gets_none_back() {
    let callback = Scene::new().allow(&[("state", "")]);
    assert_eq!(param(&callback.url, "state"), None);
}

#[test]
fn form_post_puts_the_response_into_a_form() {
    let callback = Scene::new().allow(&[("response_mode", "form_post")]);
    assert_eq!(callback.url, REDIRECT_URI);
    let as_query = format!("{REDIRECT_URI}?{}", callback.form.unwrap());
    assert_eq!(param(&as_query, "state").as_deref(), Some(STATE));
    assert_eq!(param(&as_query, "iss").as_deref(), Some(ISSUER));
    assert!(param(&as_query, "code").is_some());
}

#[test]
fn errors_are_posted_too_when_form_post_was_asked() {
    let scene = Scene::new();
    let url = authorization_url(&[("response_mode", "form_post"), ("scope", "x")]);
    let callback = scene.visitor().visit(&url, REDIRECT_URI).unwrap();
    assert!(callback.form.unwrap().starts_with("error=invalid_scope"));
}

#[test]
fn a_native_client_chooses_the_port_of_its_loopback_redirect_uri() {
    let scene = Scene::new();
    let redirect_uri = "http://127.0.0.1:50123/callback";
    let native = [("client_id", "desktop"), ("redirect_uri", redirect_uri)];
    let url = authorization_url(&native);
    let callback = scene.visitor().visit(&url, redirect_uri).unwrap();
    let code = param(&callback.url, "code").unwrap();
    assert_eq!(scene.exchange(&code, &native).status(), 200);

    let callback = scene.visitor().visit(&url, redirect_uri).unwrap();
    let code = param(&callback.url, "code").unwrap();
    let other_port =
        [("client_id", "desktop"), ("redirect_uri", "http://127.0.0.1:50124/callback")];
    assert_eq!(scene.exchange(&code, &other_port).status(), 400);
}

#[test]
fn the_metadata_tell_the_truth() {
    let scene = Scene::new();
    let response = scene.get("/.well-known/oauth-authorization-server");
    let metadata = json(&response);
    assert_eq!(metadata["issuer"], ISSUER);
    assert_eq!(metadata["code_challenge_methods_supported"][0], "S256");
    for endpoint in ["authorization_endpoint", "token_endpoint"] {
        let url = metadata[endpoint].as_str().unwrap();
        assert_ne!(scene.get(url).status(), 404, "{url}");
    }
}

#[test]
fn a_redirect_uri_with_a_query_keeps_it() {
    let redirect_uri = format!("{REDIRECT_URI}?tenant=1");
    let scene = Scene::with(|config| config.clients[0].redirect_uris = vec![redirect_uri.clone()]);
    let changes = [("redirect_uri", redirect_uri.as_str())];
    let callback = scene.allow(&changes);
    assert!(callback.url.starts_with(&format!("{redirect_uri}&code=")));
}
