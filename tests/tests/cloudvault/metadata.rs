//! The metadata is complete, true, and where it is said to be.

use grantflow_tests::cloudvault::WellKnown;
use http::Request;

use crate::scene::{ISSUER, Scene, authorization_url, json, text};

const PATHS: [&str; 3] = [
    "/.well-known/oauth-authorization-server",
    "/.well-known/openid-configuration",
    "/tenant/.well-known/openid-configuration",
];

#[test]
fn every_endpoint_in_the_document_exists() {
    let scene = Scene::new();
    let document = json(&scene.get(PATHS[0]));
    assert_eq!(document["issuer"], ISSUER);
    let endpoints: Vec<_> = document
        .as_object()
        .unwrap()
        .iter()
        .filter(|(name, _)| name.ends_with("_endpoint"))
        .map(|(_, url)| url.as_str().unwrap())
        .collect();
    assert_eq!(endpoints.len(), 8);
    for endpoint in endpoints {
        assert!(endpoint.starts_with(ISSUER));
        let delete = Request::delete(endpoint).body(Vec::new()).unwrap();
        assert_eq!(scene.vault.handle(delete).status(), 405, "{endpoint}");
    }
    for resource in document["protected_resources"].as_array().unwrap() {
        assert_eq!(scene.get(resource.as_str().unwrap()).status(), 401);
    }
}

#[test]
fn every_claim_of_support_is_there() {
    let document = json(&Scene::new().get(PATHS[0]));
    let list = |name: &str| {
        let values = document[name].as_array().unwrap().iter();
        values.map(|value| value.as_str().unwrap().to_owned()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(document["authorization_response_iss_parameter_supported"], true);
    assert_eq!(document["require_pushed_authorization_requests"], false);
    assert_eq!(list("code_challenge_methods_supported"), "S256");
    assert_eq!(list("dpop_signing_alg_values_supported"), "ES256");
    assert_eq!(list("authorization_details_types_supported"), "photo_access");
    assert_eq!(list("acr_values_supported"), "strong basic");
    assert_eq!(list("response_modes_supported"), "query form_post");
    let methods = "client_secret_basic client_secret_post client_secret_jwt private_key_jwt \
        tls_client_auth self_signed_tls_client_auth";
    assert_eq!(list("token_endpoint_auth_methods_supported"), format!("none {methods}"));
    assert_eq!(list("introspection_endpoint_auth_methods_supported"), methods);
    let grants = list("grant_types_supported");
    assert_eq!(grants.split(' ').count(), 6);
    for grant_type in grants.split(' ') {
        let form = [("grant_type", grant_type), ("client_id", "printmypics")];
        let error = json(&Scene::new().token(&form));
        assert_ne!(error["error"], "unsupported_grant_type", "{grant_type}");
    }
}

#[test]
fn the_document_is_at_one_place_only() {
    for (well_known, path) in [
        (WellKnown::OauthAuthorizationServer, PATHS[0]),
        (WellKnown::OpenidConfiguration, PATHS[1]),
        (WellKnown::OpenidConfigurationAppended, PATHS[1]),
    ] {
        let scene = Scene::with(|config| config.well_known = well_known);
        for candidate in PATHS {
            let status = scene.get(candidate).status();
            assert_eq!(status, if candidate == path { 200 } else { 404 }, "{candidate}");
        }
    }
}

#[test]
fn an_issuer_with_a_path_has_three_places_to_choose_from() {
    let with_tenant = [format!("{}/tenant", PATHS[0]), format!("{}/tenant", PATHS[1])];
    let candidates = [&with_tenant[0], &with_tenant[1], PATHS[2], PATHS[0], PATHS[1]];
    for (index, well_known) in [
        WellKnown::OauthAuthorizationServer,
        WellKnown::OpenidConfiguration,
        WellKnown::OpenidConfigurationAppended,
    ]
    .into_iter()
    .enumerate()
    {
        let scene = Scene::with(|config| {
            config.issuer = format!("{ISSUER}/tenant");
            config.well_known = well_known;
        });
        for (other, candidate) in candidates.iter().enumerate() {
            let status = scene.get(candidate).status();
            assert_eq!(status, if index == other { 200 } else { 404 }, "{candidate}");
        }
        assert_eq!(json(&scene.get(candidates[index]))["issuer"], format!("{ISSUER}/tenant"));
    }
}

#[test]
fn a_server_below_a_path_works() {
    let scene = Scene::with(|config| config.issuer = format!("{ISSUER}/tenant"));
    let url = authorization_url(&[]).replace("/authorize", "/tenant/authorize");
    let callback = scene.visitor().visit(&url, crate::scene::REDIRECT_URI).unwrap();
    let code = crate::scene::param(&callback.url, "code").unwrap();
    let form = crate::scene::exchange_form(&code, &[]);
    assert_eq!(scene.token(&form).status(), 404);
    let tokens = json(&scene.post("/tenant/token", &form));
    let bearer = format!("Bearer {}", text(&tokens, "access_token"));
    assert_eq!(scene.resource("/tenant/photos", &bearer).status(), 200);
}
