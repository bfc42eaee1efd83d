//! A tour through the whole API with a secret of its own in every place that holds one, and a
//! witness who looks at whatever comes by.
//!
//! Two suites take it: one listens to what is shown, the other searches the memory that is freed.
//! Replies are literal, so that nothing but the core handles the secrets.
//!
//! ```
//! use grantflow_tests::secrets::{tour, witness::seen};
//!
//! tour().unwrap();
//! assert!(seen().contains("CodeReceived"));
//! ```

mod applications;
pub mod canary;
mod grants;
mod keys;
mod login;
mod plain;
mod registration;
mod tokens;
pub mod witness;

use crate::freed::not_searched;
use grantflow::{
    AuthorizationServer, Client, ClientAuth, Error, Exchange, Failure, Response, SecureUrl,
    UnixTime,
};
use std::fmt;
use witness::{fails, show};

const NOW: UnixTime = UnixTime::from_secs(1_700_000_000);
const JSON: [(&str, &str); 1] = [("Content-Type", "application/json")];

/// Takes the tour.
///
/// # Errors
/// If a step fails that should not.
///
/// # Panics
/// If a value shows a secret.
pub fn tour() -> Result<(), Error> {
    login::tour()?;
    tokens::tour()?;
    grants::tour()?;
    keys::tour()?;
    registration::tour()?;
    applications::tour()?;
    plain::tour()
}

fn at(path: &str) -> Result<SecureUrl, Error> {
    format!("https://as.example/{path}").parse()
}

/// A server with every endpoint.
fn server() -> Result<AuthorizationServer, Error> {
    Ok(AuthorizationServer::new(at("token")?)
        .with_issuer("https://as.example".parse()?)
        .with_authorization_endpoint(at("authorize")?)
        .with_device_authorization_endpoint(at("device_authorization")?)
        .with_introspection_endpoint(at("introspect")?)
        .with_pushed_authorization_request_endpoint(at("par")?)
        .with_registration_endpoint(at("register")?)
        .with_revocation_endpoint(at("revoke")?)
        .with_userinfo_endpoint(at("userinfo")?))
}

/// A client of it.
fn client(auth: ClientAuth) -> Result<Client, Error> {
    show(&auth);
    let builder = Client::confidential(server()?, "canary-app", auth)
        .redirect_uri("https://client.example/cb".parse()?);
    show(&builder);
    let client = builder.build()?;
    show(&client);
    Ok(client)
}

/// A reply whose body is the core's from now on.
fn json(status: u16, body: &str) -> Response {
    let response = Response::new(status, JSON, body);
    show(&response);
    response
}

/// The refusal of a server that repeats all that it was sent.
fn echo(secrets: &[&str]) -> Response {
    let said = not_searched(|| secrets.join(" and "));
    let body = not_searched(|| format!(r#"{{"error":"{said}","error_description":"{said}"}}"#));
    let response = json(400, &body);
    not_searched(|| drop((said, body)));
    response
}

/// Lets an exchange meet a server that repeats its secrets.
fn meets_echo<E: Exchange + fmt::Debug>(exchange: E, secrets: &[&str]) {
    show(&exchange);
    let Err(failure) = exchange.receive(&echo(secrets), NOW) else {
        panic!("a refusal was taken for a success")
    };
    is_blanked(&failure, secrets);
}

/// What a failure says, and the data behind it.
fn is_blanked<S>(failure: &Failure<S>, secrets: &[&str]) {
    fails(failure);
    fails(failure.error());
    let Error::Refused(refusal) = failure.error() else { panic!("{failure:?}") };
    fails(refusal);
    show(refusal.code());
    let description = refusal.description().expect("what the server said");
    for text in [refusal.code().as_str(), description.as_str()] {
        assert!(text.contains("***"), "{text}");
        assert!(!secrets.iter().any(|secret| text.contains(secret)), "{text}");
    }
}

/// What is left after a failure. Moving it out of its box leaves the box's octets behind, and
/// nobody can wipe them without unsafe code: a documented limit.
fn left<S>(failure: Failure<S>) -> S {
    not_searched(|| failure.into_state()).expect("the state comes back")
}

/// What an exchange sends, as text.
fn body(request: &grantflow::Request) -> &str {
    show(request);
    std::str::from_utf8(request.body()).expect("a body is text")
}
