//! What the token endpoint refuses to refresh.

use std::time::Duration;

use crate::scene::{Scene, assert_error, json, text};

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
