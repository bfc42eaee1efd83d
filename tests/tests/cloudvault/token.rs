//! What the token endpoint refuses.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{Request, Response};
use url::form_urlencoded::byte_serialize;

use crate::scene::{
    REDIRECT_URI, SECRET, Scene, VERIFIER, assert_error, encode, exchange_form, header, json, text,
    token_request,
};

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
    for verifier in [
        VERIFIER[1..].to_owned(),
        "a".repeat(129),
        VERIFIER.replace('-', "+"),
    ] {
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
    for name in [
        "code",
        "client_id",
        "grant_type",
        "redirect_uri",
        "code_verifier",
    ] {
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
    for media_type in [
        "application/json",
        "text/plain",
        "application/x-www-form-urlencoded-x",
    ] {
        let request = Request::post("/token").header(CONTENT_TYPE, media_type);
        let response = scene.vault.handle(request.body(body.clone()).unwrap());
        assert_error(&response, 400, "invalid_request");
    }
    let media_type = "Application/X-WWW-Form-URLEncoded; charset=utf-8";
    let request = Request::post("/token").header(CONTENT_TYPE, media_type);
    assert_eq!(
        scene.vault.handle(request.body(body).unwrap()).status(),
        200
    );
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
    for header in [
        &basic(&id, "wrong"),
        &basic(&id, ""),
        "Basic !",
        "Bearer x",
        "Basic",
    ] {
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
fn a_parameter_without_a_value_counts_as_omitted() {
    let scene = Scene::new();
    let mut form = exchange_form("any", &[("code_verifier", "")]);
    form.push(("code_verifier", ""));
    let response = scene.token(&form);
    assert_error(&response, 400, "invalid_request");
    assert_eq!(
        json(&response)["error_description"],
        "code_verifier is missing"
    );

    let code = scene.code(&[]);
    let mut form = exchange_form(&code, &[]);
    form.push(("client_secret", ""));
    assert_eq!(scene.token(&form).status(), 200);
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

#[test]
fn a_refresh_replaces_both_tokens() {
    let scene = Scene::new();
    let tokens = scene.tokens(&[]);
    let refreshed = json(&scene.refresh(text(&tokens, "refresh_token"), &[]));
    assert_ne!(refreshed["access_token"], tokens["access_token"]);
    assert_ne!(refreshed["refresh_token"], tokens["refresh_token"]);
    scene.assert_token_works(&refreshed, true);
}

#[test]
fn a_replaced_refresh_token_revokes_its_family() {
    let scene = Scene::new();
    let tokens = scene.tokens(&[]);
    let old = text(&tokens, "refresh_token");
    let refreshed = json(&scene.refresh(old, &[]));
    assert_error(&scene.refresh(old, &[]), 400, "invalid_grant");
    let newest = text(&refreshed, "refresh_token");
    assert_error(&scene.refresh(newest, &[]), 400, "invalid_grant");
    scene.assert_token_works(&refreshed, false);
}

#[test]
fn without_rotation_the_refresh_token_stays() {
    let scene = Scene::with(|config| config.rotate_refresh_tokens = false);
    let tokens = scene.tokens(&[]);
    for _ in 0..2 {
        let refreshed = json(&scene.refresh(text(&tokens, "refresh_token"), &[]));
        assert_eq!(refreshed.get("refresh_token"), None);
        scene.assert_token_works(&refreshed, true);
    }
}

#[test]
fn a_refresh_token_of_another_client_is_refused() {
    let scene = Scene::new();
    let tokens = scene.tokens(&[]);
    let token = text(&tokens, "refresh_token");
    let stolen = scene.refresh(token, &[("client_id", "someone-else")]);
    assert_error(&stolen, 400, "invalid_grant");
    assert_eq!(scene.refresh(token, &[]).status(), 200);
}

#[test]
fn a_refresh_token_expires() {
    let scene = Scene::new();
    let tokens = scene.tokens(&[]);
    scene.clock.advance(Duration::from_secs(30 * 24 * 3600));
    let late = scene.refresh(text(&tokens, "refresh_token"), &[]);
    assert_error(&late, 400, "invalid_grant");
}

#[test]
fn a_refresh_may_ask_for_less_but_never_for_more() {
    let scene = Scene::new();
    let tokens = scene.tokens(&[]);
    let narrow = [("scope", "list_albums")];
    let narrowed = json(&scene.refresh(text(&tokens, "refresh_token"), &narrow));
    assert_eq!(narrowed["scope"], "list_albums");
    // The refresh token keeps what the user granted.
    let restored = json(&scene.refresh(text(&narrowed, "refresh_token"), &[]));
    assert_eq!(restored["scope"], "list_albums read_photos");

    let tokens = scene.tokens(&narrow);
    let token = text(&tokens, "refresh_token");
    let wider = scene.refresh(token, &[("scope", "list_albums read_photos")]);
    assert_error(&wider, 400, "invalid_scope");
    assert_eq!(scene.refresh(token, &narrow).status(), 200);
}

#[test]
fn a_redirect_uri_with_a_query_keeps_it() {
    let redirect_uri = format!("{REDIRECT_URI}?tenant=1");
    let scene = Scene::with(|config| config.clients[0].redirect_uris = vec![redirect_uri.clone()]);
    let changes = [("redirect_uri", redirect_uri.as_str())];
    let callback = scene.allow(&changes);
    assert!(callback.url.starts_with(&format!("{redirect_uri}&code=")));
}
