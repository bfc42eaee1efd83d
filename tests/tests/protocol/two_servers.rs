//! One application, two servers, and one of them hostile (RFC 9700 section 4.4).

use crate::{NOW, STATE, VERIFIER, entropy, over};
use grantflow::{
    AuthorizationServer, AwaitingCallback, Callback, CallbackError, Client, Entropy, Exchange,
    Failure, Flow, SessionBinding, StoredError,
};

fn server(name: &str) -> AuthorizationServer {
    let at = |path: &str| format!("https://{name}.example/{path}").parse().unwrap();
    AuthorizationServer::new(at("token"))
        .with_issuer(format!("https://{name}.example").parse().unwrap())
        .with_authorization_endpoint(at("authorize"))
}

/// The application's client at a server; it has the same id everywhere.
fn client(server: AuthorizationServer, redirect_uri: &str) -> Client {
    Client::public(server, "id").redirect_uri(redirect_uri.parse().unwrap()).build().unwrap()
}

fn start(client: &Client, entropy: Entropy) -> Flow<AwaitingCallback> {
    Flow::new(client).redirect(entropy, NOW).unwrap().1
}

fn callback(query: &str) -> Callback {
    Callback::from_query(query).unwrap()
}

const SHARED: &str = "https://app.example/cb";

#[test]
fn at_a_shared_redirect_uri_the_callback_of_another_issuer_ends_the_login() {
    let honest = client(server("honest"), SHARED);
    let swapped =
        format!("code=stolen-code&state={STATE}&iss=https%3A%2F%2Fevil.example&error=EVIL");
    let failure = start(&honest, entropy()).receive(callback(&swapped), NOW).unwrap_err();
    assert_eq!(*failure.error(), CallbackError::IssuerMismatch.into());
    let shown = format!("{failure} {failure:?}");
    assert!(!shown.contains("EVIL") && !shown.contains("evil") && !shown.contains("stolen"));
    assert!(failure.into_state().is_none());
}

#[test]
fn at_a_shared_redirect_uri_a_promised_iss_may_not_be_left_out() {
    let honest = client(server("honest").with_iss_required(true), SHARED);
    let swapped = callback(&format!("code=c&state={STATE}"));
    let error = over(start(&honest, entropy()).receive(swapped, NOW));
    assert_eq!(error, CallbackError::IssuerMissing { unverified: None }.into());
}

#[test]
fn a_callback_with_the_other_flows_state_leaves_the_login_as_it_was() {
    let honest = client(server("honest"), SHARED);
    let other = start(&honest, Entropy::from_bytes([9; 96]));
    let swapped = format!("code=c&state={STATE}&iss=https%3A%2F%2Fhonest.example");
    let failure = other.receive(callback(&swapped), NOW).unwrap_err();
    assert_eq!(*failure.error(), CallbackError::StateMismatch.into());
    let other = failure.into_state().unwrap();
    let state = "CQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQk";
    assert!(other.receive(callback(&format!("code=c&state={state}")), NOW).is_ok());
}

#[test]
fn at_distinct_redirect_uris_a_login_is_finished_where_it_began() {
    let honest = client(server("honest"), "https://app.example/cb/honest");
    let evil = client(server("evil"), "https://app.example/cb/evil");
    let browser = SessionBinding::new("session");
    let pending = start(&honest, entropy()).suspend(&browser);
    // The route of a callback says which client it is for.
    let error = Flow::resume(&evil, &pending, &browser).unwrap_err();
    assert_eq!(error, StoredError::Client.into());
    assert!(Flow::resume(&honest, &pending, &browser).is_ok());
}

#[test]
fn tokens_are_not_taken_to_the_other_server() {
    let honest = client(server("honest"), SHARED);
    let tokens = crate::restored(&honest, Some("rt")).store();
    let error = Flow::restore(&client(server("evil"), SHARED), tokens.clone()).unwrap_err();
    assert_eq!(error, StoredError::Client.into());
    assert!(Flow::restore(&honest, tokens).is_ok());
}

#[test]
fn a_code_goes_to_the_server_that_was_asked() {
    for iss in ["", "&iss=https%3A%2F%2Fhonest.example"] {
        let honest = client(server("honest"), SHARED);
        let back = callback(&format!("code=c&state={STATE}{iss}"));
        let code = match start(&honest, entropy()).receive(back, NOW) {
            Ok(code) => code,
            Err(Failure::Over(error) | Failure::Later { error, .. }) => panic!("{error}"),
            Err(failure) => panic!("{failure}"),
        };
        let request = code.request(NOW).unwrap();
        assert_eq!(request.url().as_str(), "https://honest.example/token");
        assert_eq!(crate::values(&crate::form(&request), "code_verifier"), [VERIFIER]);
    }
}
