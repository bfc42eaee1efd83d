//! A server in the application's storage: to serde and back.

use crate::{NOW, bare_server, json, server};
use grantflow::{AuthorizationServer, Client, Discover, Exchange, IssuerMatch};

#[track_caller]
fn comes_back(server: &AuthorizationServer) {
    let text = serde_json::to_string(server).unwrap();
    assert_eq!(&serde_json::from_str::<AuthorizationServer>(&text).unwrap(), server, "{text}");
    let value = serde_json::to_value(server).unwrap();
    assert_eq!(&serde_json::from_value::<AuthorizationServer>(value).unwrap(), server);
}

#[test]
fn a_hand_built_server_comes_back_as_it_was() {
    comes_back(&bare_server());
    comes_back(&server());
    comes_back(&server().with_iss_required(true));
    comes_back(&server().with_code_challenge_methods_supported(["S256", "\"\\\n"]));
    comes_back(&server().with_code_challenge_methods_supported::<&str>([]));
    for how in [
        IssuerMatch::Exact,
        IssuerMatch::TrailingSlash,
        IssuerMatch::Template("https://as.example/{t}".into()),
    ] {
        comes_back(&server().with_issuer_match(how));
    }
    comes_back(&bare_server().with_issuer("https://AS.example:443/".parse().unwrap()));
}

const DOCUMENT: &str = r#"{"issuer":"https://as.example","token_endpoint":"https://as.example/t",
    "authorization_endpoint":"https://as.example/a?tenant=7",
    "authorization_response_iss_parameter_supported":true,
    "require_pushed_authorization_requests":true,
    "code_challenge_methods_supported":["S256"],
    "token_endpoint_auth_methods_supported":["private_key_jwt"],
    "dpop_signing_alg_values_supported":["ES256"],
    "scopes_supported":["a"]}"#;

fn discover() -> Discover {
    Discover::new("https://as.example".parse().unwrap())
}

#[test]
fn a_discovered_server_comes_back_as_it_was() {
    comes_back(&discover().receive(&json(200, DOCUMENT), NOW).unwrap());
    for how in [IssuerMatch::TrailingSlash, IssuerMatch::Template("https://x/{y}".into())] {
        let discover = discover().issuer_match(how);
        comes_back(&discover.receive(&json(200, DOCUMENT), NOW).unwrap());
    }
}

#[test]
fn a_stored_server_has_the_members_of_rfc_8414() {
    let server = discover().receive(&json(200, DOCUMENT), NOW).unwrap();
    let stored = serde_json::to_value(&server).unwrap();
    let document: serde_json::Value = serde_json::from_str(DOCUMENT).unwrap();
    for (name, value) in document.as_object().unwrap() {
        let kept = stored.get(name);
        assert_eq!(kept, (name != "scopes_supported").then_some(value), "{name}");
    }
}

#[test]
fn no_server_chooses_how_its_issuer_is_compared() {
    for switch in [r#""/""#, r#""https://as.example{x}""#, "true"] {
        let body = DOCUMENT.replacen('{', &format!(r#"{{"issuer_match":{switch},"#), 1);
        let server = discover().receive(&json(200, &body), NOW).unwrap();
        assert_eq!(server, discover().receive(&json(200, DOCUMENT), NOW).unwrap());
        let stored = serde_json::to_string(&server).unwrap();
        assert!(!stored.contains("issuer_match"), "{stored}");
    }
}

#[test]
fn a_stored_server_is_checked_as_a_document_is() {
    let good = serde_json::to_string(&server()).unwrap();
    for (from, to) in [
        ("https://as.example/token", "http://as.example/token"),
        ("https://as.example/par", "ftp://as.example/par"),
        ("\"https://as.example\"", "\"https://as.example?x\""),
        ("\"token_endpoint\"", "\"another_endpoint\""),
        ("_supported\":false", "_supported\":\"false\""),
    ] {
        let bad = good.replace(from, to);
        assert_ne!(bad, good);
        assert!(serde_json::from_str::<AuthorizationServer>(&bad).is_err(), "{bad}");
    }
    assert!(serde_json::from_str::<AuthorizationServer>("[]").is_err());
}

#[test]
fn a_client_of_a_stored_server_is_the_same_client() {
    let stored = serde_json::to_string(&server()).unwrap();
    let stored: AuthorizationServer = serde_json::from_str(&stored).unwrap();
    let client = |server| Client::public(server, "id").build().unwrap();
    let tokens = crate::restored(&client(server()), None).store();
    assert!(grantflow::Flow::restore(&client(stored), tokens).is_ok());
}
