//! What stands around the code flow, each capability against literal replies.

mod certificates;
mod device;
mod documents;
mod grants;
mod introspection;
mod mcp;
mod metadata;
mod par;
mod registration;
mod resource_metadata;
mod resources;
mod revocation;
mod step_up;
mod stored_servers;
mod two_servers;

use grantflow::{
    AuthorizationServer, Authorized, Client, ClientAuth, Entropy, Error, Exchange, Failure, Flow,
    Request, Response, StoredTokens, TokenType, UnixTime,
};
use url::form_urlencoded;

const NOW: UnixTime = UnixTime::from_secs(1000);
/// The `state` of [`entropy`].
const STATE: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
/// The `code_verifier` of [`entropy`].
const VERIFIER: &str = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE";
const TOKENS: &str = r#"{"access_token":"at","token_type":"Bearer","refresh_token":"rt"}"#;

/// A server with every endpoint.
fn server() -> AuthorizationServer {
    let at = |path: &str| format!("https://as.example/{path}").parse().unwrap();
    AuthorizationServer::new(at("token"))
        .with_issuer("https://as.example".parse().unwrap())
        .with_authorization_endpoint(at("authorize"))
        .with_device_authorization_endpoint(at("device_authorization"))
        .with_introspection_endpoint(at("introspect"))
        .with_pushed_authorization_request_endpoint(at("par"))
        .with_registration_endpoint(at("register"))
        .with_revocation_endpoint(at("revoke"))
        .with_userinfo_endpoint(at("userinfo"))
}

/// A server with none but the token endpoint.
fn bare_server() -> AuthorizationServer {
    AuthorizationServer::new("https://as.example/token".parse().unwrap())
}

fn public() -> Client {
    let client = Client::public(server(), "id");
    client.redirect_uri("https://client.example/cb".parse().unwrap()).build().unwrap()
}

fn confidential(auth: ClientAuth) -> Client {
    let client = Client::confidential(server(), "id", auth);
    client.redirect_uri("https://client.example/cb".parse().unwrap()).build().unwrap()
}

fn entropy() -> Entropy {
    let mut octets = [0; Entropy::LEN];
    octets[..32].fill(1);
    Entropy::from_bytes(octets)
}

/// A flow with tokens that came from elsewhere.
fn restored(client: &Client, refresh_token: Option<&str>) -> Flow<Authorized> {
    let mut tokens = StoredTokens::import("the-access-token", TokenType::Bearer).unwrap();
    if let Some(refresh_token) = refresh_token {
        tokens = tokens.with_refresh_token(refresh_token).unwrap();
    }
    Flow::restore(client, tokens).unwrap()
}

/// A reply that is called JSON.
fn json(status: u16, body: &str) -> Response {
    Response::new(status, [("Content-Type", "application/json")], body)
}

/// The names and values in a request's body.
fn form(request: &Request) -> Vec<(String, String)> {
    form_urlencoded::parse(request.body()).into_owned().collect()
}

fn query(url: &str) -> Vec<(String, String)> {
    form_urlencoded::parse(url.split_once('?').unwrap().1.as_bytes()).into_owned().collect()
}

/// All values of a name.
fn values<'a>(pairs: &'a [(String, String)], name: &str) -> Vec<&'a str> {
    pairs.iter().filter(|pair| pair.0 == name).map(|pair| pair.1.as_str()).collect()
}

/// Where the exchange asks.
fn asks(exchange: &impl Exchange) -> String {
    exchange.request(NOW).unwrap().url().as_str().to_owned()
}

/// The error of an attempt that is finished.
#[track_caller]
fn over<T, S>(result: Result<T, Failure<S>>) -> Error {
    match result {
        Err(Failure::Over(error)) => error,
        Err(failure) => panic!("not over: {failure:?}"),
        Ok(_) => panic!("a success"),
    }
}

/// What comes back of an attempt that may be made later, and the seconds to wait.
#[track_caller]
fn later<T, S>(result: Result<T, Failure<S>>) -> (S, Option<u64>) {
    match result {
        Err(Failure::Later { state, wait, .. }) => (*state, wait.map(|wait| wait.as_secs())),
        Err(failure) => panic!("not later: {failure:?}"),
        Ok(_) => panic!("a success"),
    }
}

/// What goes on, and the seconds to wait first.
#[track_caller]
fn again<T, S>(result: Result<T, Failure<S>>) -> (S, u64) {
    match result {
        Err(Failure::Again { state, wait, .. }) => (*state, wait.as_secs()),
        Err(failure) => panic!("not again: {failure:?}"),
        Ok(_) => panic!("a success"),
    }
}

/// A busy server's answer.
fn busy(status: u16) -> Response {
    Response::new(status, [("Retry-After", "7")], "<html>")
}
