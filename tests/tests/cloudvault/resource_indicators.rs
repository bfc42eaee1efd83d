//! For which resources tokens are asked, given, and good.

use http::Response;
use serde_json::Value;

use crate::scene::{
    ISSUER, Scene, assert_challenge, assert_error, authorization_url, encode, exchange_form,
    header, json, param, text,
};

const PHOTOS: &str = "https://vault.example/photos";
const ALBUMS: &str = "https://vault.example/albums";

fn exchange(scene: &Scene, granted: &[&str], asked: &[&str]) -> Response<Vec<u8>> {
    let more: Vec<_> = granted.iter().map(|resource| ("resource", *resource)).collect();
    let url = authorization_url(&[]) + "&" + &encode(&more);
    let callback = scene.visitor().visit(&url, crate::scene::REDIRECT_URI).unwrap();
    let code = param(&callback.url, "code").unwrap();
    let mut form = exchange_form(&code, &[]);
    form.extend(asked.iter().map(|resource| ("resource", *resource)));
    scene.token(&form)
}

/// Which paths the token opens.
fn opens(scene: &Scene, tokens: &Value) -> Vec<&'static str> {
    let bearer = format!("Bearer {}", text(tokens, "access_token"));
    let mut paths = vec!["/photos", "/albums", "/me"];
    paths.retain(|path| {
        let response = scene.resource(path, &bearer);
        if response.status() != 200 {
            assert_challenge(&response, 401, "Bearer", "invalid_token");
        }
        response.status() == 200
    });
    paths
}

#[test]
fn a_token_opens_the_resources_it_is_for() {
    let scene = Scene::with(|config| config.resources.push("https://other.example".to_owned()));
    let opened =
        |granted: &[&str], asked: &[&str]| opens(&scene, &json(&exchange(&scene, granted, asked)));
    assert_eq!(opened(&[], &[]), ["/photos", "/albums", "/me"]);
    assert_eq!(opened(&[ISSUER], &[ISSUER]), ["/photos", "/albums", "/me"]);
    assert_eq!(opened(&[PHOTOS], &[]), ["/photos"]);
    assert_eq!(opened(&[PHOTOS, ALBUMS], &[]), ["/photos", "/albums"]);
    assert_eq!(opened(&[PHOTOS, ALBUMS], &[ALBUMS]), ["/albums"]);
    assert_eq!(opened(&["https://other.example"], &[]), Vec::<&str>::new());
}

#[test]
fn resources_that_nobody_knows_are_refused() {
    let scene = Scene::new();
    for bad in [
        "https://other.example",
        "https://vault.example/",
        "https://vault.example/photos/",
        "https://vault.example/photos#x",
        "https://vault.example/token",
        "/photos",
    ] {
        let url = authorization_url(&[]) + "&" + &encode(&[("resource", bad)]);
        let response = scene.get(&url);
        let error = param(header(&response, "location"), "error");
        assert_eq!(error.as_deref(), Some("invalid_target"), "{bad}");
    }
}

#[test]
fn a_token_request_cannot_reach_further() {
    let scene = Scene::new();
    let further = exchange(&scene, &[PHOTOS], &[ALBUMS]);
    assert_error(&further, 400, "invalid_target");
    let both = exchange(&scene, &[PHOTOS], &[PHOTOS, ALBUMS]);
    assert_error(&both, 400, "invalid_target");
}

#[test]
fn a_refresh_token_keeps_every_resource() {
    let scene = Scene::new();
    let tokens = json(&exchange(&scene, &[PHOTOS, ALBUMS], &[PHOTOS]));
    assert_eq!(opens(&scene, &tokens), ["/photos"]);
    let narrow = [("resource", ALBUMS)];
    let next = json(&scene.refresh(text(&tokens, "refresh_token"), &narrow));
    assert_eq!(opens(&scene, &next), ["/albums"]);
    let further = scene.refresh(text(&next, "refresh_token"), &[("resource", ISSUER)]);
    assert_error(&further, 400, "invalid_target");
    let all = json(&scene.refresh(text(&next, "refresh_token"), &[]));
    assert_eq!(opens(&scene, &all), ["/photos", "/albums"]);
}
