//! `authorization_details`: what is understood, granted, told and enforced.

use serde_json::{Value, json as value};

use crate::scene::{Scene, assert_error, authorization_url, header, json, param, text};

const BOTH: &str = r#"[{"type":"photo_access","albums":["coast","hills"]}]"#;
const COAST: &str = r#"[{"type":"photo_access","albums":["coast"]}]"#;
const HILLS: &str = r#"[{"type":"photo_access","albums":["hills"]}]"#;

fn parsed(details: &str) -> Value {
    serde_json::from_str(details).unwrap()
}

/// The albums of the photos that the token opens.
fn albums(scene: &Scene, tokens: &Value) -> Vec<String> {
    let bearer = format!("Bearer {}", text(tokens, "access_token"));
    let photos = json(&scene.resource("/photos", &bearer));
    let photos = photos["photos"].as_array().unwrap().iter();
    let mut albums: Vec<_> = photos.map(|photo| text(photo, "album").to_owned()).collect();
    albums.dedup();
    albums
}

#[test]
fn details_alone_open_what_they_name() {
    let scene = Scene::new();
    let tokens = scene.tokens(&[("scope", ""), ("authorization_details", HILLS)]);
    assert_eq!(tokens["authorization_details"], parsed(HILLS));
    assert!(tokens.get("scope").is_none());
    assert_eq!(albums(&scene, &tokens), ["hills"]);
    let bearer = format!("Bearer {}", text(&tokens, "access_token"));
    assert_eq!(scene.resource("/albums", &bearer).status(), 403);
}

#[test]
fn without_details_none_are_told() {
    let tokens = Scene::new().tokens(&[]);
    assert!(tokens.get("authorization_details").is_none());
}

#[test]
fn a_user_may_grant_less_than_was_asked() {
    let scene = Scene::with(|config| config.narrow_authorization_details = true);
    let tokens = scene.tokens(&[("scope", ""), ("authorization_details", BOTH)]);
    assert_eq!(tokens["authorization_details"], parsed(COAST));
    assert_eq!(albums(&scene, &tokens), ["coast"]);
}

#[test]
fn a_token_can_have_less_than_the_grant_but_not_more() {
    let scene = Scene::new();
    let asked = [("scope", ""), ("authorization_details", BOTH)];
    let narrow = [("authorization_details", HILLS)];
    let tokens = json(&scene.exchange(&scene.code(&asked), &narrow));
    assert_eq!(albums(&scene, &tokens), ["hills"]);
    let next = json(&scene.refresh(text(&tokens, "refresh_token"), &[]));
    assert_eq!(next["authorization_details"], parsed(BOTH));

    let asked = [("scope", ""), ("authorization_details", COAST)];
    let further = scene.exchange(&scene.code(&asked), &narrow);
    assert_error(&further, 400, "invalid_authorization_details");
    let without = scene.exchange(&scene.code(&[]), &narrow);
    assert_error(&without, 400, "invalid_authorization_details");
}

#[test]
fn what_is_not_understood_is_refused() {
    let scene = Scene::new();
    for bad in [
        value!([]),
        value!({ "type": "photo_access", "albums": ["coast"] }),
        value!([{ "albums": ["coast"] }]),
        value!([{ "type": "payment", "albums": ["coast"] }]),
        value!([{ "type": "photo_access" }]),
        value!([{ "type": "photo_access", "albums": [] }]),
        value!([{ "type": "photo_access", "albums": "coast" }]),
        value!([{ "type": "photo_access", "albums": ["coast"], "actions": ["read"] }]),
        value!("x"),
    ] {
        let text = bad.to_string();
        let response = scene.get(&authorization_url(&[("authorization_details", &text)]));
        let error = param(header(&response, "location"), "error");
        assert_eq!(error.as_deref(), Some("invalid_authorization_details"), "{bad}");
    }
}

#[test]
fn the_user_sees_the_albums_as_text() {
    let scene = Scene::new();
    let mut visitor = scene.visitor();
    visitor.visit(&authorization_url(&[]), crate::scene::REDIRECT_URI).unwrap();
    let details = r#"[{"type":"photo_access","albums":["<b>"]}]"#;
    let url = authorization_url(&[("authorization_details", details)]);
    let page = visitor.open(&url, None).into_body();
    assert!(String::from_utf8(page).unwrap().contains("see the photos in “&lt;b&gt;”"));
}
