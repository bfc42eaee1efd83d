//! The cases. Each is one rule of the contract.

pub mod connection;
pub mod dropped;
pub mod environment;
pub mod exchange;
pub mod fault;
pub mod limit;
pub mod redirect;
pub mod reply;
pub mod request;
pub mod tls;

use super::{Adapter, Authority};
use grantflow::{Request, Response, TransportError};
use std::time::Duration;

/// A timeout that no case waits for.
const LONG: Duration = Duration::from_secs(20);

/// A timeout that cases do wait for.
const SHORT: Duration = Duration::from_millis(300);

fn client<A: Adapter>(timeout: Duration) -> A {
    A::new(timeout, None).expect("a client")
}

/// A client that trusts our own authority.
fn tls_client<A: Adapter>(timeout: Duration) -> A {
    A::new(timeout, Some(&Authority::ours().pem())).expect("a client")
}

fn get(url: &str) -> Request {
    Request::get(url.parse().expect("a secure URL"))
}

/// As `user`, with a header of theirs.
fn get_as(url: &str, user: &str) -> Request {
    get(url).with_header("authorization", format!("Bearer {user}")).expect("a header")
}

fn send<A: Adapter>(request: Request) -> Result<Response, TransportError> {
    client::<A>(LONG).send(request)
}

/// Octets of every kind.
fn octets(length: usize) -> Vec<u8> {
    (0..=255).cycle().take(length).collect()
}
