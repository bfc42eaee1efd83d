//! Every error that the core can give is produced here once, and its message compared word for
//! word. `ConfigError::Entropy` is the exception: no test can make the system refuse.

mod callback;
mod config;
mod keys;
mod protocol;
mod refusal;
mod step_up;
mod stored;
mod transport;
mod variants;

use grantflow::{AuthorizationServer, Client, ClientBuilder, Error};

/// A server with all that a client can need.
fn server() -> AuthorizationServer {
    AuthorizationServer::new("https://as.example/token".parse().unwrap())
        .with_issuer("https://as.example".parse().unwrap())
        .with_authorization_endpoint("https://as.example/authorize".parse().unwrap())
}

/// A public client of it.
fn client() -> ClientBuilder {
    Client::public(server(), "id").redirect_uri("https://client.example/cb".parse().unwrap())
}

#[track_caller]
fn says(error: impl Into<Error>, message: &str) {
    let error = error.into();
    produced(&error);
    assert_eq!(error.to_string(), message);
}

/// Shows an error to the test that looks for variants without a test.
fn produced(error: &impl std::fmt::Debug) {
    if std::env::var_os(variants::SHOW).is_some() {
        println!("{}{error:?}", variants::MARK);
    }
}
