//! Clients that act for themselves.

use grantflow_tests::cloudvault::{ClientAuthentication, RegisteredClient};

use crate::scene::{POST, Scene, assert_error, changed, json, text};

const FORM: [(&str, &str); 2] = [("grant_type", "client_credentials"), ("scope", "read_photos")];

#[test]
fn a_confidential_client_gets_a_token_of_its_own() {
    let scene = Scene::new();
    let response = scene.token(&changed(&FORM, &POST));
    assert_eq!(response.status(), 200);
    let tokens = json(&response);
    assert_eq!(tokens["scope"], "read_photos");
    assert!(tokens.get("refresh_token").is_none());
    let bearer = format!("Bearer {}", text(&tokens, "access_token"));
    assert_eq!(json(&scene.resource("/me", &bearer))["sub"], "post");
    // It owns no photos, and it is no user even when a user has its name.
    assert_eq!(json(&scene.resource("/photos", &bearer))["photos"].as_array().unwrap().len(), 0);
    assert_eq!(scene.resource("/albums", &bearer).status(), 403);
}

#[test]
fn a_client_with_the_name_of_a_user_is_still_a_client() {
    let secret = ClientAuthentication::SecretPost("s".to_owned());
    let client = RegisteredClient::web("248289761001", secret, "https://a.example/");
    let scene = Scene::with(|config| config.clients.push(client));
    let who = [("client_id", "248289761001"), ("client_secret", "s")];
    let tokens = json(&scene.token(&changed(&FORM, &who)));
    let bearer = format!("Bearer {}", text(&tokens, "access_token"));
    assert_eq!(json(&scene.resource("/photos", &bearer))["photos"].as_array().unwrap().len(), 0);
}

#[test]
fn public_clients_and_wrong_wishes_are_refused() {
    let scene = Scene::new();
    let public = scene.token(&changed(&FORM, &[("client_id", "printmypics")]));
    assert_error(&public, 400, "unauthorized_client");
    let [id, _] = POST;
    let wrong = scene.token(&changed(&FORM, &[id, ("client_secret", "guessed")]));
    assert_error(&wrong, 401, "invalid_client");
    let mut form = changed(&FORM, &POST);
    form.push(("resource", "https://other.example"));
    assert_error(&scene.token(&form), 400, "invalid_target");
    let scope = scene.token(&changed(&changed(&FORM, &POST), &[("scope", "everything")]));
    assert_error(&scope, 400, "invalid_scope");
}

#[test]
fn a_client_uses_the_grant_types_it_is_registered_for() {
    let scene = Scene::with(|config| {
        for client in &mut config.clients {
            client.grant_types = vec!["authorization_code".to_owned()];
        }
    });
    assert_error(&scene.token(&changed(&FORM, &POST)), 400, "unauthorized_client");
    assert!(scene.tokens(&[]).get("refresh_token").is_none());
}
