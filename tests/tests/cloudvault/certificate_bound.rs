//! Tokens that are good on connections with one certificate only.

use grantflow_tests::cloudvault::{ClientAuthentication, RegisteredClient};
use grantflow_tests::conformance::{Authority, Identity};
use http::Request;
use http::header::AUTHORIZATION;
use serde_json::Value;

use crate::certificates::{BATCH, FORM, MTLS, OTHER, OWN, peer, post, present, scene};
use crate::jose::{Key, Proof};
use crate::scene::{
    ISSUER, REDIRECT_URI, Scene, assert_challenge, assert_error, changed, exchange_form,
    form_request, json, text,
};

fn tokens(scene: &Scene, client_id: &str, who: &Identity) -> Value {
    let response = post(scene, "/token", &changed(&FORM, &[("client_id", client_id)]), who);
    assert_eq!(response.status(), 200, "{}", json(&response));
    json(&response)
}

/// The request for `/me` with those tokens.
fn call(tokens: &Value) -> Request<Vec<u8>> {
    let bearer = format!("Bearer {}", text(tokens, "access_token"));
    Request::get("/me").header(AUTHORIZATION, bearer).body(Vec::new()).unwrap()
}

#[test]
fn a_bound_token_is_good_with_its_certificate_only() {
    let scene = scene();
    for (client_id, who) in [("batch", &BATCH), ("own", &OWN)] {
        let tokens = tokens(&scene, client_id, who);
        assert_eq!(tokens["token_type"], "Bearer");
        assert_eq!(present(&scene, call(&tokens), who).status(), 200);
        assert_challenge(&scene.vault.handle(call(&tokens)), 401, "Bearer", "invalid_token");
        let stolen = present(&scene, call(&tokens), &OTHER);
        assert_challenge(&stolen, 401, "Bearer", "invalid_token");
        // The same name on another certificate is another certificate.
        let renewed = Authority::ours().client("batch.example");
        let response = present(&scene, call(&tokens), &renewed);
        assert_challenge(&response, 401, "Bearer", "invalid_token");
    }
}

#[test]
fn an_unbound_token_is_good_with_any_certificate() {
    let scene = scene();
    let tokens = tokens(&scene, "unbound", &BATCH);
    assert_eq!(scene.vault.handle(call(&tokens)).status(), 200);
    assert_eq!(present(&scene, call(&tokens), &OTHER).status(), 200);
}

#[test]
fn introspection_names_the_certificate() {
    let scene = scene();
    for (client_id, thumbprint) in [("batch", Some(peer(&BATCH).thumbprint())), ("unbound", None)] {
        let tokens = tokens(&scene, client_id, &BATCH);
        let form = [("client_id", "batch"), ("token", text(&tokens, "access_token"))];
        let claims = json(&post(&scene, "/introspect", &form, &BATCH));
        assert_eq!(claims["token_type"], "Bearer");
        assert_eq!(claims["cnf"]["x5t#S256"].as_str(), thumbprint.as_deref());
        assert_eq!(claims.get("cnf").is_some(), thumbprint.is_some());
    }
}

#[test]
fn an_exchange_needs_the_certificate_of_the_token_as_well() {
    let scene = scene();
    let tokens = tokens(&scene, "batch", &BATCH);
    let form = [
        ("client_id", "batch"),
        ("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"),
        ("subject_token", text(&tokens, "access_token")),
        ("subject_token_type", "urn:ietf:params:oauth:token-type:access_token"),
    ];
    let renewed = Authority::ours().client("batch.example");
    assert_error(&post(&scene, "/token", &form, &renewed), 400, "invalid_request");
    assert_eq!(post(&scene, "/token", &form, &BATCH).status(), 200);
}

#[test]
fn a_public_client_binds_its_refresh_token_to_any_certificate() {
    let scene = scene();
    let who = ("client_id", "public");
    let code = || scene.code(&[who]);
    let exchange =
        |code: &str, identity| post(&scene, "/token", &exchange_form(code, &[who]), identity);
    assert_error(&scene.exchange(&code(), &[who]), 400, "invalid_request");
    let tokens = json(&exchange(&code(), &OWN));
    assert_eq!(present(&scene, call(&tokens), &OWN).status(), 200);
    let refresh_token = text(&tokens, "refresh_token");
    let form = [who, ("grant_type", "refresh_token"), ("refresh_token", refresh_token)];
    assert_error(&post(&scene, "/token", &form, &OTHER), 400, "invalid_grant");
    assert_eq!(post(&scene, "/token", &form, &OWN).status(), 200);
}

#[test]
fn a_token_may_be_bound_to_a_key_and_to_a_certificate() {
    let scene = Scene::with(|config| {
        config.mtls_origin = Some(MTLS.to_owned());
        let public = RegisteredClient::web("public", ClientAuthentication::None, REDIRECT_URI);
        config.clients.push(public.certificate_bound());
    });
    let key = Key::new(1);
    let prove = |mut request: Request<Vec<u8>>, mut proof: Proof<'_>, origin: &str| {
        let path = request.uri().path().to_owned();
        proof.claims["htu"] = format!("{origin}{path}").into();
        request.headers_mut().insert("dpop", proof.sign().parse().unwrap());
        request
    };
    let code = scene.code(&[("client_id", "public")]);
    let request = form_request("/token", &exchange_form(&code, &[("client_id", "public")]));
    // What a client is told of as the alias is what it signs.
    let request = prove(request, Proof::new(&key, "POST", "/token", scene.now()), MTLS);
    let tokens = json(&present(&scene, request, &OWN));
    assert_eq!(tokens["token_type"], "DPoP");

    let token = text(&tokens, "access_token");
    let call = |origin| {
        let header = format!("DPoP {token}");
        let request = Request::get("/me").header(AUTHORIZATION, header).body(Vec::new()).unwrap();
        prove(request, Proof::new(&key, "GET", "/me", scene.now()).of_token(token), origin)
    };
    for origin in [MTLS, ISSUER] {
        assert_eq!(present(&scene, call(origin), &OWN).status(), 200);
        let stolen = present(&scene, call(origin), &OTHER);
        assert_challenge(&stolen, 401, "DPoP", "invalid_token");
        assert_challenge(&scene.vault.handle(call(origin)), 401, "DPoP", "invalid_token");
    }
    let elsewhere = present(&scene, call("https://another.example"), &OWN);
    assert_challenge(&elsewhere, 401, "DPoP", "invalid_dpop_proof");
}

#[test]
fn a_client_may_register_for_bound_tokens() {
    let scene = Scene::new();
    let name = "tls_client_certificate_bound_access_tokens";
    let wishes = serde_json::json!({
        "redirect_uris": [REDIRECT_URI], "token_endpoint_auth_method": "none", name: true,
    });
    let request = Request::post("/register").header("content-type", "application/json");
    let request = request.body(wishes.to_string().into_bytes()).unwrap();
    let client = json(&scene.vault.handle(request));
    assert_eq!(client[name], true);
    let who = ("client_id", text(&client, "client_id"));
    let code = scene.code(&[who]);
    assert_error(&scene.exchange(&code, &[who]), 400, "invalid_request");
    let code = scene.code(&[who]);
    assert_eq!(post(&scene, "/token", &exchange_form(&code, &[who]), &OWN).status(), 200);
}
