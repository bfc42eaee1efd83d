//! Each fault is wrong in the way that its name says, and in no other.

use grantflow_tests::cloudvault::Fault;
use http::Response;
use serde_json::Value;
use url::Url;

use crate::scene::{ISSUER, STATE, Scene, VERIFIER, authorization_url, header, json};

/// The parameters of a callback under that fault.
fn callback(fault: Fault) -> Vec<(String, String)> {
    let scene = Scene::new();
    scene.vault.misbehave(fault);
    let callback = scene.allow(&[]);
    let url = Url::parse(&callback.url).unwrap();
    url.query_pairs().into_owned().collect()
}

fn values<'a>(params: &'a [(String, String)], name: &str) -> Vec<&'a str> {
    let named = params.iter().filter(|(given, _)| given == name);
    named.map(|(_, value)| value.as_str()).collect()
}

/// A scene in which a flow has come as far as its code, the code, and its reply under that fault.
fn exchange(fault: Fault) -> (Scene, String, Response<Vec<u8>>) {
    let scene = Scene::new();
    let code = scene.code(&[]);
    scene.vault.misbehave(fault);
    let response = scene.exchange(&code, &[]);
    scene.vault.behave();
    (scene, code, response)
}

fn spoilt(fault: Fault) -> Response<Vec<u8>> {
    exchange(fault).2
}

#[test]
fn callback_faults_change_one_thing() {
    let names = |fault| {
        let params = callback(fault);
        let names = params.iter().map(|(name, _)| name.clone());
        names.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(names(Fault::EmptyCode), "code state iss");
    assert_eq!(names(Fault::ErrorAndCode), "code state iss error");
    assert_eq!(names(Fault::JarmResponse), "response");
    assert_eq!(names(Fault::MissingIss), "code state");
    assert_eq!(names(Fault::MissingState), "code iss");
    assert_eq!(names(Fault::TokenInCallback), "code state iss access_token");
    assert_eq!(names(Fault::TwoCodes), "code state iss code");
    assert_eq!(names(Fault::WrongIss), "code state iss");
    assert_eq!(names(Fault::WrongState), "code state iss");

    assert_eq!(values(&callback(Fault::EmptyCode), "code"), [""]);
    assert_ne!(values(&callback(Fault::WrongIss), "iss"), [ISSUER]);
    assert_eq!(values(&callback(Fault::WrongIss), "state"), [STATE]);
    assert_ne!(values(&callback(Fault::WrongState), "state"), [STATE]);
    assert_eq!(values(&callback(Fault::WrongState), "iss"), [ISSUER]);
}

#[test]
fn callback_faults_reach_error_responses() {
    let scene = Scene::new();
    scene.vault.misbehave(Fault::WrongIss);
    let response = scene.get(&authorization_url(&[("scope", "x")]));
    let location = header(&response, "location");
    assert!(location.contains("error=invalid_scope"), "{location}");
    assert!(!location.contains("vault.example"), "{location}");
}

#[test]
fn a_refusing_fault_leaves_the_code_unspent() {
    let elsewhere = "http://127.0.0.1:1/token".to_owned();
    for (fault, status) in [
        (Fault::EchoesVerifier, 400),
        (Fault::ErrorAt200, 200),
        (Fault::Html500, 500),
        (Fault::RateLimited, 429),
        (Fault::Redirect307(elsewhere), 307),
        (Fault::Unavailable503, 503),
    ] {
        let (scene, code, response) = exchange(fault.clone());
        assert_eq!(response.status(), status, "{fault:?}");
        assert_eq!(scene.exchange(&code, &[]).status(), 200, "{fault:?}");
    }
}

#[test]
fn a_spoiling_fault_spends_the_code() {
    for fault in [Fault::Html200, Fault::EmptyBody, Fault::Status201] {
        let (scene, code, _) = exchange(fault.clone());
        assert_eq!(scene.exchange(&code, &[]).status(), 400, "{fault:?}");
    }
}

#[test]
fn refusing_faults_say_what_their_names_say() {
    let echo = json(&spoilt(Fault::EchoesVerifier));
    let words = echo["error_description"].as_str().unwrap();
    assert!(words.contains(VERIFIER));
    assert_eq!(json(&spoilt(Fault::ErrorAt200))["error"], "invalid_grant");
    assert_eq!(header(&spoilt(Fault::RateLimited), "retry-after"), "30");
    let html = spoilt(Fault::Html500);
    assert!(header(&html, "content-type").starts_with("text/html"));
    let elsewhere = "https://evil.example/token";
    let redirect = spoilt(Fault::Redirect307(elsewhere.to_owned()));
    assert_eq!(header(&redirect, "location"), elsewhere);
}

#[test]
fn members_of_the_reply_can_be_wrong() {
    let member = |fault, name: &str| json(&spoilt(fault)).get(name).cloned();
    assert_eq!(member(Fault::EmptyAccessToken, "access_token"), Some("".into()));
    assert_eq!(member(Fault::MissingTokenType, "token_type"), None);
    assert_eq!(member(Fault::NegativeExpiry, "expires_in"), Some((-1).into()));
    assert_eq!(member(Fault::UnknownTokenType, "token_type"), Some("mac".into()));
    assert_eq!(member(Fault::Oversized, "token_type"), Some("Bearer".into()));
}

#[test]
fn the_shape_of_the_reply_can_be_wrong() {
    let duplicate = spoilt(Fault::DuplicateMember);
    let text = String::from_utf8(duplicate.into_body()).unwrap();
    assert_eq!(text.matches("\"access_token\":").count(), 2);
    assert!(serde_json::from_str::<Value>(&text).is_ok());

    let garbage = spoilt(Fault::TrailingGarbage).into_body();
    let error = serde_json::from_slice::<Value>(&garbage).unwrap_err();
    assert!(error.to_string().starts_with("trailing characters"));

    let untyped = spoilt(Fault::NoContentType);
    assert!(untyped.headers().get("content-type").is_none());
    assert_eq!(json(&untyped)["token_type"], "Bearer");

    let html = spoilt(Fault::Html200);
    assert!(header(&html, "content-type").starts_with("text/html"));
    assert_eq!(spoilt(Fault::Status201).status(), 201);
    assert!(spoilt(Fault::EmptyBody).body().is_empty());
    assert!(spoilt(Fault::Oversized).body().len() > 2 * 1024 * 1024);
    assert_eq!(header(&spoilt(Fault::GzipBomb), "content-encoding"), "gzip");
}

#[test]
fn metadata_can_claim_another_issuer() {
    let scene = Scene::new();
    scene.vault.misbehave(Fault::MetadataOfAnotherIssuer);
    let path = "/.well-known/oauth-authorization-server";
    assert_ne!(json(&scene.get(path))["issuer"], ISSUER);
    scene.vault.behave();
    assert_eq!(json(&scene.get(path))["issuer"], ISSUER);
}
