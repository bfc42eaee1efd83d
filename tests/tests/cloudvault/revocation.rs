//! Who can take which token back, and what goes with it.

use crate::scene::{POST, Scene, assert_error, changed, text};

const CLIENT: (&str, &str) = ("client_id", "printmypics");

#[test]
fn a_refresh_token_takes_its_grant_along() {
    let scene = Scene::new();
    let tokens = scene.tokens(&[]);
    let token = text(&tokens, "refresh_token");
    let response = scene.post("/revoke", &[CLIENT, ("token", token)]);
    assert_eq!(response.status(), 200);
    assert!(response.body().is_empty());
    scene.assert_token_works(&tokens, false);
    assert_error(&scene.refresh(token, &[]), 400, "invalid_grant");
}

#[test]
fn an_access_token_goes_alone() {
    let scene = Scene::new();
    let tokens = scene.tokens(&[]);
    let form = [CLIENT, ("token", text(&tokens, "access_token"))];
    assert_eq!(scene.post("/revoke", &form).status(), 200);
    scene.assert_token_works(&tokens, false);
    let refreshed = scene.refresh(text(&tokens, "refresh_token"), &[]);
    assert_eq!(refreshed.status(), 200);
    assert_eq!(scene.post("/revoke", &form).status(), 200);
}

#[test]
fn hints_may_be_wrong() {
    let scene = Scene::new();
    for hint in ["access_token", "refresh_token", "something"] {
        for kind in ["access_token", "refresh_token"] {
            let tokens = scene.tokens(&[]);
            let form = [CLIENT, ("token", text(&tokens, kind)), ("token_type_hint", hint)];
            assert_eq!(scene.post("/revoke", &form).status(), 200);
            scene.assert_token_works(&tokens, false);
        }
    }
}

#[test]
fn an_unknown_token_is_as_good_as_revoked() {
    let response = Scene::new().post("/revoke", &[CLIENT, ("token", "made-up")]);
    assert_eq!(response.status(), 200);
}

#[test]
fn a_token_of_another_client_stays() {
    let scene = Scene::new();
    let tokens = scene.tokens(&[]);
    for kind in ["access_token", "refresh_token"] {
        let form = [("client_id", "someone-else"), ("token", text(&tokens, kind))];
        assert_error(&scene.post("/revoke", &form), 400, "invalid_grant");
        let form = changed(&POST, &[("token", text(&tokens, kind))]);
        assert_error(&scene.post("/revoke", &form), 400, "invalid_grant");
    }
    scene.assert_token_works(&tokens, true);
    assert_eq!(scene.refresh(text(&tokens, "refresh_token"), &[]).status(), 200);
}

#[test]
fn clients_authenticate_and_name_a_token() {
    let scene = Scene::new();
    assert_error(&scene.post("/revoke", &[CLIENT]), 400, "invalid_request");
    assert_error(&scene.post("/revoke", &[("token", "x")]), 401, "invalid_client");
    let form = [("client_id", "post"), ("token", "x")];
    assert_error(&scene.post("/revoke", &form), 401, "invalid_client");
    assert_eq!(scene.get("/revoke?token=x").status(), 405);
}
