//! The device flow: what devices are told, how fast they may ask, who answers them.

use std::time::Duration;

use http::Response;
use serde_json::Value;

use crate::scene::{ISSUER, POST, Scene, assert_error, changed, header, json, text};

const GRANT_TYPE: &str = "urn:ietf:params:oauth:grant-type:device_code";

fn start(scene: &Scene) -> Value {
    let form = [("client_id", "printmypics"), ("scope", "list_albums")];
    let response = scene.post("/device_authorization", &form);
    assert_eq!(response.status(), 200);
    assert_eq!(header(&response, "cache-control"), "no-store");
    json(&response)
}

fn poll(scene: &Scene, device: &Value) -> Response<Vec<u8>> {
    poll_as(scene, device, &[("client_id", "printmypics")])
}

fn poll_as(scene: &Scene, device: &Value, who: &[(&str, &str)]) -> Response<Vec<u8>> {
    let form = [("grant_type", GRANT_TYPE), ("device_code", text(device, "device_code"))];
    scene.token(&changed(&form, who))
}

fn wait(scene: &Scene, seconds: u64) {
    scene.clock.advance(Duration::from_secs(seconds));
}

fn allow(scene: &Scene, device: &Value) {
    let (uri, code) = (text(device, "verification_uri"), text(device, "user_code"));
    let last = scene.visitor().enter_code(uri, code).unwrap();
    assert!(last.contains("Go back to your device"));
}

#[test]
fn a_user_with_the_code_gives_the_device_its_token_once() {
    let scene = Scene::new();
    let device = start(&scene);
    assert_eq!(device["expires_in"], 600);
    assert_eq!(device["interval"], 5);
    assert_eq!(device["verification_uri"], format!("{ISSUER}/device"));
    assert_error(&poll(&scene, &device), 400, "authorization_pending");
    allow(&scene, &device);
    wait(&scene, 5);
    let tokens = json(&poll(&scene, &device));
    assert_eq!(tokens["scope"], "list_albums");
    scene.assert_token_works(&tokens, true);
    let next = scene.refresh(text(&tokens, "refresh_token"), &[]);
    assert_eq!(next.status(), 200);
    wait(&scene, 5);
    assert_error(&poll(&scene, &device), 400, "invalid_grant");
}

#[test]
fn the_complete_uri_has_the_code_and_still_asks() {
    let scene = Scene::new();
    let device = start(&scene);
    let code = text(&device, "user_code");
    let complete = text(&device, "verification_uri_complete");
    assert_eq!(complete, format!("{ISSUER}/device?user_code={code}"));
    let page = scene.visitor().open(complete, None);
    assert!(String::from_utf8_lossy(page.body()).contains(&format!("value=\"{code}\"")));
    assert_error(&poll(&scene, &device), 400, "authorization_pending");
}

#[test]
fn a_code_is_typed_as_people_type() {
    let scene = Scene::new();
    let device = start(&scene);
    let typed = format!(" {} ", text(&device, "user_code").to_lowercase().replace('-', ""));
    scene.visitor().enter_code(text(&device, "verification_uri"), &typed).unwrap();
    assert_eq!(poll(&scene, &device).status(), 200);
}

#[test]
fn a_user_who_says_no_ends_the_polling() {
    let scene = Scene::new();
    let device = start(&scene);
    let (uri, code) = (text(&device, "verification_uri"), text(&device, "user_code"));
    scene.visitor().denying().enter_code(uri, code).unwrap();
    assert_error(&poll(&scene, &device), 400, "access_denied");
}

#[test]
fn polls_that_come_too_early_make_the_interval_longer() {
    let scene = Scene::new();
    let device = start(&scene);
    assert_error(&poll(&scene, &device), 400, "authorization_pending");
    wait(&scene, 4);
    assert_error(&poll(&scene, &device), 400, "slow_down");
    wait(&scene, 9);
    assert_error(&poll(&scene, &device), 400, "slow_down");
    wait(&scene, 15);
    assert_error(&poll(&scene, &device), 400, "authorization_pending");
    allow(&scene, &device);
    wait(&scene, 14);
    assert_error(&poll(&scene, &device), 400, "slow_down");
    wait(&scene, 20);
    assert_eq!(poll(&scene, &device).status(), 200);
}

#[test]
fn a_device_code_expires() {
    let scene = Scene::new();
    let (early, late) = (start(&scene), start(&scene));
    wait(&scene, 599);
    allow(&scene, &early);
    assert_eq!(poll(&scene, &early).status(), 200);
    wait(&scene, 1);
    assert_error(&poll(&scene, &late), 400, "expired_token");
    let uri = text(&late, "verification_uri");
    let dead_end = scene.visitor().enter_code(uri, text(&late, "user_code")).unwrap_err();
    assert_eq!(dead_end.status, 400);
}

#[test]
fn a_device_code_is_for_its_client() {
    let scene = Scene::new();
    let device = start(&scene);
    allow(&scene, &device);
    let stolen = poll_as(&scene, &device, &[("client_id", "someone-else")]);
    assert_error(&stolen, 400, "invalid_grant");
    assert_error(&poll_as(&scene, &device, &POST), 400, "invalid_grant");
    assert_eq!(poll(&scene, &device).status(), 200);
}

#[test]
fn a_wrong_or_used_code_is_refused() {
    let scene = Scene::new();
    let device = start(&scene);
    let uri = text(&device, "verification_uri");
    let guess = |code: &str| scene.visitor().enter_code(uri, code).unwrap_err().status;
    assert_eq!(guess("BBBB-BBBB"), 400);
    assert_eq!(guess(""), 400);
    allow(&scene, &device);
    assert_eq!(guess(text(&device, "user_code")), 400);
}

#[test]
fn the_form_for_the_code_is_our_own() {
    let scene = Scene::new();
    let device = start(&scene);
    let form = [("user_code", text(&device, "user_code")), ("csrf", "guessed")];
    assert_eq!(scene.post("/device", &form).status(), 400);
    let mut visitor = scene.visitor();
    let page = visitor.open(text(&device, "verification_uri_complete"), None);
    let html = String::from_utf8_lossy(page.body()).into_owned();
    let mut forged = grantflow_tests::cloudvault::Form::read(&html).swap_remove(0);
    let honest = forged.clone();
    forged.fill("csrf", "guessed");
    let url = format!("{ISSUER}/device");
    assert_eq!(visitor.open(&url, Some(forged)).status(), 400);
    assert_eq!(visitor.open(&url, Some(honest)).status(), 200);
}

#[test]
fn devices_authenticate_and_ask_as_others_do() {
    let scene = Scene::new();
    let begin = |form: &[(&str, &str)]| scene.post("/device_authorization", form);
    assert_error(&begin(&[]), 401, "invalid_client");
    assert_error(&begin(&[("client_id", "post")]), 401, "invalid_client");
    assert_eq!(begin(&POST).status(), 200);
    let known = ("client_id", "printmypics");
    assert_error(&begin(&[known, ("scope", "everything")]), 400, "invalid_scope");
    let resource = ("resource", "https://other.example");
    assert_error(&begin(&[known, resource]), 400, "invalid_target");
    let missing = scene.token(&[("grant_type", GRANT_TYPE), known]);
    assert_error(&missing, 400, "invalid_request");

    let scene = Scene::with(|config| config.clients[0].grant_types.clear());
    let response = scene.post("/device_authorization", &[known]);
    assert_error(&response, 400, "unauthorized_client");
}
