//! Metadata makes a server only if it names the very issuer that was asked, with the endpoints
//! that stand there, and what an application keeps of it comes back as it was.

use crate::{heap, json, json::Object, reply, scene::NOW, secrets::hidden};
use grantflow::{
    AuthorizationServer, Client, Discover, Exchange, Failure, Issuer, IssuerMatch, Response,
    SecureUrl,
};
use serde_json::Value;

const ISSUER: &str = "https://as.example/tenant";

/// Takes the document in, at each of the well-known URLs, by all three rules for issuers; and the
/// body as an application's storage might hold it.
///
/// # Panics
/// If another server is made of it than it describes, if the search goes on for ever, or if it
/// takes too much heap.
pub fn check(input: &[u8]) {
    let response = reply::response(input);
    for how in [
        IssuerMatch::Exact,
        IssuerMatch::TrailingSlash,
        IssuerMatch::Template("https://as.example/{tenant}".into()),
    ] {
        let issuer = ISSUER.parse().expect("it is an issuer");
        discover(Discover::new(issuer).issuer_match(how.clone()), &how, &response);
    }
    if let Ok(stored) = serde_json::from_slice::<AuthorizationServer>(response.body()) {
        is_the_same_after_storage(&stored);
    }
}

fn discover(mut discover: Discover, how: &IssuerMatch, response: &Response) {
    let allowed = heap::allowed(response.body().len());
    for left in [2, 1, 0] {
        match heap::at_most(allowed, || discover.receive(response, NOW)) {
            Ok(server) => return is_what_was_said(&server, how, response),
            Err(failure) => {
                hidden(&format!("{failure} {failure:?}"), &[]);
                let status = response.status();
                let is_not_found = (400..500).contains(&status) && status != 429;
                let goes_on = matches!(failure, Failure::Again { .. });
                // A document that is too large is none at any place.
                assert!(!goes_on || (is_not_found && left > 0), "{failure:?}");
                let Failure::Again { state, .. } = failure else { return };
                discover = *state;
            }
        }
    }
}

fn is_what_was_said(server: &AuthorizationServer, how: &IssuerMatch, response: &Response) {
    assert_eq!(response.status(), 200);
    assert!(json::is_object(response.body()), "it is not JSON");
    assert_eq!(server.issuer().map(Issuer::as_str), Some(ISSUER));
    if let Some(said) = Object::read(response.body()) {
        let named = said.text("issuer").expect("it has an issuer");
        match how {
            IssuerMatch::Exact => assert_eq!(named, ISSUER),
            IssuerMatch::TrailingSlash => {
                assert_eq!(named.strip_suffix('/').unwrap_or(named), ISSUER);
            }
            _ => {
                let segment = named.strip_prefix("https://as.example/").expect("it is a prefix");
                assert!(!segment.is_empty() && !segment.contains(['/', '?', '#', '@', '\\']));
            }
        }
        let is_as_said = |name, url: Option<&SecureUrl>| {
            let said = said.text(name).map(|text| SecureUrl::parse(text).expect("it was taken"));
            assert_eq!(said.as_ref(), url, "{name}");
        };
        is_as_said("token_endpoint", Some(server.token_endpoint()));
        is_as_said("authorization_endpoint", server.authorization_endpoint());
        is_as_said("device_authorization_endpoint", server.device_authorization_endpoint());
        is_as_said("introspection_endpoint", server.introspection_endpoint());
        let par = server.pushed_authorization_request_endpoint();
        is_as_said("pushed_authorization_request_endpoint", par);
        is_as_said("registration_endpoint", server.registration_endpoint());
        is_as_said("revocation_endpoint", server.revocation_endpoint());
        is_as_said("userinfo_endpoint", server.userinfo_endpoint());
        makes_a_client_with_pkce_alone(server, &said);
    }
    is_the_same_after_storage(server);
}

fn makes_a_client_with_pkce_alone(server: &AuthorizationServer, said: &Object) {
    let client = Client::public(server.clone(), "id").build();
    if let Some(methods) = said.texts("code_challenge_methods_supported") {
        let has_s256 = methods.iter().any(|method| method == "S256");
        assert!(has_s256 || client.is_err(), "a client without PKCE: {methods:?}");
    }
    if let Err(error) = client {
        hidden(&format!("{error} {error:?}"), &[]);
    }
}

fn is_the_same_after_storage(server: &AuthorizationServer) {
    let written = serde_json::to_string(server).expect("it serialises");
    let again: AuthorizationServer = serde_json::from_str(&written).expect("it was written so");
    assert_eq!(&again, server);
    let said: Value = serde_json::from_str(&written).expect("it is JSON");
    assert!(said.get("token_endpoint").is_some_and(Value::is_string));
}
