//! What is registered is what the reply says, at 201 alone, and a client of it sends its secret
//! and its token where they belong and shows neither.

use crate::{
    heap, json, reply, said,
    scene::{NOW, SERVER},
    secrets::{CLIENT_SECRET, REGISTRATION_TOKEN, hidden},
};
use grantflow::{
    ApplicationType, ClientBuilder, ClientMetadata, Exchange, Failure, Register, Registration,
    Response, Secret, SecureUrl, UnixTime,
};

/// Takes the reply in: to a registration, and to reading and updating what is registered.
///
/// # Panics
/// If another client is registered than was said, if a secret is shown, or if it takes too much
/// heap.
pub fn check(input: &[u8]) {
    let response = reply::response(input);
    let metadata = ClientMetadata::new(ApplicationType::Web, []);
    let register = SERVER.register(&metadata).expect("it is in order");
    let register = register.initial_access_token(REGISTRATION_TOKEN);
    let Some(registration) = ask(register, 201, &response) else { return };

    // The same reply, now to a client that is registered.
    let again = Response::new(200, response.headers(), response.body());
    let managed = [registration.read(), registration.update(&metadata)];
    assert_eq!(managed[0].is_ok(), managed[1].is_ok());
    for register in managed.into_iter().flatten() {
        let request = register.request(NOW);
        // A token that no header can hold cannot be sent.
        if let Ok(request) = request {
            assert!(matches!(request.method().as_str(), "GET" | "PUT"));
            assert!(
                request.header("authorization").is_some_and(|text| text.starts_with("Bearer "))
            );
        }
        let read = ask(register, 200, &again).expect("it was read before");
        assert_eq!(read.client_id(), registration.client_id());
    }
}

fn ask(register: Register, expected: u16, response: &Response) -> Option<Registration> {
    let allowed = heap::allowed(response.body().len());
    match heap::at_most(allowed, || register.receive(response, NOW)) {
        Ok(registration) => {
            assert_eq!(response.status(), expected);
            is_what_was_said(&registration, response);
            Some(registration)
        }
        Err(failure) => {
            hidden(&format!("{failure} {failure:?}"), &[REGISTRATION_TOKEN]);
            let is_transient = matches!(response.status(), 429 | 500..=599);
            assert_eq!(matches!(failure, Failure::Later { .. }), is_transient, "{failure:?}");
            None
        }
    }
}

fn is_what_was_said(registration: &Registration, response: &Response) {
    // The id is public, and the server's own text.
    let shown = format!("{registration:?}");
    let shown = shown.replace(&format!("{:?}", registration.client_id()), "");
    hidden(&shown, &[REGISTRATION_TOKEN, CLIENT_SECRET]);
    let client = registration.client().and_then(ClientBuilder::build);
    let secret = registration.client_secret().map(Secret::expose);
    if let Some(said) = said::members(response, false) {
        assert_eq!(said.text("error"), None, "an error was taken for a success");
        assert_eq!(said.text("client_id"), Some(registration.client_id()));
        assert_eq!(said.text("client_secret"), secret);
        match (said.get("client_secret_expires_at"), registration.client_secret_expires_at()) {
            (Some(said), end) => {
                assert!(json::is_seconds(said, end.map_or(0, UnixTime::as_secs)), "{said}");
            }
            (None, end) => assert!(end.is_none() && secret.is_none(), "a secret without an end"),
        }
        let url = said.text("registration_client_uri");
        assert!(url.is_none_or(|url| SecureUrl::parse(url).is_ok()));
        let can_be_managed = url.is_some() && said.text("registration_access_token").is_some();
        assert!(registration.read().is_ok() || !can_be_managed);
        if let (Ok(client), Some(method)) = (&client, said.text("token_endpoint_auth_method")) {
            assert_eq!(client.authentication(), method);
        }
    }
    match client {
        Ok(client) => hidden(&format!("{:?}", client.server()), &[CLIENT_SECRET]),
        Err(error) => hidden(&format!("{error} {error:?}"), &[CLIENT_SECRET, REGISTRATION_TOKEN]),
    }
}
