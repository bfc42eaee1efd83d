//! Clients that register themselves, and what they may say about themselves.

use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{Method, Request, Response};
use serde_json::{Value, json as value};

use crate::jose::Key;
use crate::scene::{
    REDIRECT_URI, Scene, assert_error, authorization_url, exchange_form, header, json, param, text,
};

fn send(scene: &Scene, method: Method, uri: &str, token: &str, body: &Value) -> Response<Vec<u8>> {
    let mut request = Request::builder().method(method).uri(uri);
    if !token.is_empty() {
        request = request.header(AUTHORIZATION, format!("Bearer {token}"));
    }
    let request = request.header(CONTENT_TYPE, "application/json");
    scene.vault.handle(request.body(body.to_string().into_bytes()).unwrap())
}

fn register(scene: &Scene, body: &Value) -> Response<Vec<u8>> {
    send(scene, Method::POST, "/register", "", body)
}

fn registered(scene: &Scene, body: &Value) -> Value {
    let response = register(scene, body);
    assert_eq!(response.status(), 201, "{}", json(&response));
    assert_eq!(header(&response, "cache-control"), "no-store");
    json(&response)
}

/// Sends that to where the client looks after its registration.
fn manage(scene: &Scene, client: &Value, method: Method, body: &Value) -> Response<Vec<u8>> {
    let token = text(client, "registration_access_token");
    send(scene, method, text(client, "registration_client_uri"), token, body)
}

#[test]
fn a_registered_client_can_do_what_it_said() {
    let scene = Scene::new();
    let wishes = value!({
        "redirect_uris": [REDIRECT_URI], "client_name": "Self-made", "logo_uri": "ignored",
        "token_endpoint_auth_method": "client_secret_post",
    });
    let client = registered(&scene, &wishes);
    assert_eq!(client["client_secret_expires_at"], 0);
    assert_eq!(client["client_id_issued_at"], scene.now());
    assert_eq!(client["grant_types"], value!(["authorization_code"]));
    assert_eq!(client["response_types"], value!(["code"]));
    assert_eq!(client["client_name"], "Self-made");
    assert!(client.get("logo_uri").is_none());

    let who = [
        ("client_id", text(&client, "client_id")),
        ("client_secret", text(&client, "client_secret")),
    ];
    let url = authorization_url(&who[..1]);
    let callback = scene.visitor().visit(&url, REDIRECT_URI).unwrap();
    let code = param(&callback.url, "code").unwrap();
    let tokens = scene.token(&exchange_form(&code, &who));
    assert_eq!(tokens.status(), 200);
    assert!(json(&tokens).get("refresh_token").is_none(), "it has not asked for them");
}

#[test]
fn the_method_decides_what_comes_back() {
    let scene = Scene::new();
    let wish = |method: &str| {
        value!({
            "redirect_uris": [REDIRECT_URI], "token_endpoint_auth_method": method,
            "jwks": { "keys": [Key::new(1).jwk()] },
        })
    };
    for method in ["client_secret_basic", "client_secret_jwt", "client_secret_post"] {
        let client = registered(&scene, &wish(method));
        assert_eq!(client["token_endpoint_auth_method"], method);
        assert!(client.get("client_secret").is_some());
    }
    for method in ["none", "private_key_jwt"] {
        let client = registered(&scene, &wish(method));
        assert_eq!(client["token_endpoint_auth_method"], method);
        assert!(client.get("client_secret").is_none());
        assert!(client.get("client_secret_expires_at").is_none());
    }
    let default = registered(&scene, &value!({ "redirect_uris": [REDIRECT_URI] }));
    assert_eq!(default["token_endpoint_auth_method"], "client_secret_basic");
    let key = registered(&scene, &wish("private_key_jwt"));
    assert_eq!(key["jwks"]["keys"][0], Key::new(1).jwk());
}

#[test]
fn a_client_is_held_to_its_promises() {
    let scene = Scene::new();
    let client = registered(
        &scene,
        &value!({
            "redirect_uris": [REDIRECT_URI], "token_endpoint_auth_method": "none",
            "require_pushed_authorization_requests": true, "dpop_bound_access_tokens": true,
        }),
    );
    assert_eq!(client["require_pushed_authorization_requests"], true);
    assert_eq!(client["dpop_bound_access_tokens"], true);
    let who = [("client_id", text(&client, "client_id"))];
    let by_url = scene.get(&authorization_url(&who));
    assert!(header(&by_url, "location").contains("error=invalid_request"));
    assert_error(&scene.exchange("any", &who), 400, "invalid_dpop_proof");
    assert_error(
        &scene.exchange("any", &[who[0], ("grant_type", "refresh_token")]),
        400,
        "invalid_dpop_proof",
    );
}

#[test]
fn wrong_metadata_is_refused() {
    let scene = Scene::new();
    let mut private = Key::new(1).jwk();
    private["d"] = "AAAA".into();
    for (name, bad) in [
        ("token_endpoint_auth_method", "tls_client_auth".into()),
        ("token_endpoint_auth_method", "private_key_jwt".into()),
        ("grant_types", value!(["authorization_code", "password"])),
        ("grant_types", value!(["client_credentials"])),
        ("grant_types", "authorization_code".into()),
        ("response_types", value!(["token"])),
        ("response_types", value!([])),
        ("application_type", "desktop".into()),
        ("dpop_bound_access_tokens", "yes".into()),
    ] {
        let mut wishes = value!({ "redirect_uris": [REDIRECT_URI], "response_types": ["code"] });
        wishes[name] = bad;
        assert_error(&register(&scene, &wishes), 400, "invalid_client_metadata");
    }
    for keys in [value!([]), value!([private]), value!([Key::new(1).jwk(), Key::new(2).jwk()])] {
        let wishes = value!({
            "redirect_uris": [REDIRECT_URI], "token_endpoint_auth_method": "private_key_jwt",
            "jwks": { "keys": keys },
        });
        assert_error(&register(&scene, &wishes), 400, "invalid_client_metadata");
    }
    for body in [value!([]), value!("x")] {
        assert_error(&register(&scene, &body), 400, "invalid_client_metadata");
    }
    let form = scene.post("/register", &[("redirect_uris", REDIRECT_URI)]);
    assert_error(&form, 400, "invalid_request");
}

#[test]
fn redirect_uris_are_safe() {
    let scene = Scene::new();
    for good in ["https://a.example/", "http://127.0.0.1/", "http://[::1]:8/", "com.example.a:/cb"]
    {
        registered(&scene, &value!({ "redirect_uris": [good] }));
    }
    assert_error(&register(&scene, &value!({})), 400, "invalid_redirect_uri");
    for bad in ["http://a.example/", "http://localhost/", "https://a.example/#x", "a:/cb", "/cb"] {
        let wishes = value!({ "redirect_uris": ["https://a.example/", bad] });
        assert_error(&register(&scene, &wishes), 400, "invalid_redirect_uri");
    }
    let machine = value!({ "grant_types": ["client_credentials"] });
    assert_eq!(registered(&scene, &machine)["response_types"], value!([]));
}

#[test]
fn registration_can_need_a_token() {
    let scene = Scene::with(|config| config.initial_access_token = Some("initial".to_owned()));
    let wishes = value!({ "redirect_uris": [REDIRECT_URI] });
    for (token, status) in [("", 401), ("guessed", 401), ("initial", 201)] {
        let response = send(&scene, Method::POST, "/register", token, &wishes);
        assert_eq!(response.status(), status, "{token}");
    }
}

#[test]
fn a_client_reads_changes_and_deletes_itself() {
    let scene = Scene::new();
    let client = registered(&scene, &value!({ "redirect_uris": [REDIRECT_URI] }));
    let id = &client["client_id"];
    let read = manage(&scene, &client, Method::GET, &Value::Null);
    assert_eq!((read.status().as_u16(), json(&read)), (200, client.clone()));

    let wishes = value!({
        "client_id": id, "client_secret": client["client_secret"],
        "redirect_uris": ["https://new.example/"],
    });
    let updated = manage(&scene, &client, Method::PUT, &wishes);
    assert_eq!(updated.status(), 200);
    assert_eq!(json(&updated)["redirect_uris"], value!(["https://new.example/"]));
    assert_eq!(json(&updated)["client_secret"], client["client_secret"]);
    let old_uri = scene.get(&authorization_url(&[("client_id", id.as_str().unwrap())]));
    assert_eq!(old_uri.status(), 400);

    assert_eq!(manage(&scene, &client, Method::DELETE, &Value::Null).status(), 204);
    for method in [Method::GET, Method::PUT, Method::DELETE] {
        assert_eq!(manage(&scene, &client, method, &Value::Null).status(), 401);
    }
}

#[test]
fn an_update_leaves_to_the_server_what_is_the_servers() {
    let scene = Scene::new();
    let client = registered(&scene, &value!({ "redirect_uris": [REDIRECT_URI] }));
    let good = value!({ "client_id": client["client_id"], "redirect_uris": [REDIRECT_URI] });
    for (name, bad) in [
        ("client_id", "another".into()),
        ("client_id", Value::Null),
        ("client_secret", "chosen".into()),
        ("registration_access_token", client["registration_access_token"].clone()),
        ("registration_client_uri", client["registration_client_uri"].clone()),
        ("client_secret_expires_at", 0.into()),
        ("client_id_issued_at", client["client_id_issued_at"].clone()),
    ] {
        let mut wishes = good.clone();
        wishes[name] = bad;
        let response = manage(&scene, &client, Method::PUT, &wishes);
        assert_error(&response, 400, "invalid_request");
    }
    assert_eq!(manage(&scene, &client, Method::PUT, &good).status(), 200);
}

#[test]
fn a_registration_is_nobody_elses() {
    let scene = Scene::new();
    let wishes = value!({ "redirect_uris": [REDIRECT_URI] });
    let (own, other) = (registered(&scene, &wishes), registered(&scene, &wishes));
    let uri = text(&own, "registration_client_uri");
    for token in ["", "guessed", text(&other, "registration_access_token")] {
        for method in [Method::GET, Method::PUT, Method::DELETE] {
            assert_eq!(send(&scene, method, uri, token, &wishes).status(), 401);
        }
    }
    assert_eq!(manage(&scene, &own, Method::GET, &Value::Null).status(), 200);
}

#[test]
fn a_client_that_leaves_takes_its_tokens_along() {
    let scene = Scene::new();
    let wishes = value!({
        "redirect_uris": [REDIRECT_URI], "token_endpoint_auth_method": "none",
    });
    let client = registered(&scene, &wishes);
    let who = [("client_id", text(&client, "client_id"))];
    let tokens = json(&scene.exchange(&scene.code(&who), &who));
    scene.assert_token_works(&tokens, true);
    manage(&scene, &client, Method::DELETE, &Value::Null);
    scene.assert_token_works(&tokens, false);
}
