//! Who is trusted.

use super::{LONG, client, get, tls_client};
use crate::conformance::{Adapter, Answer, Authority, Origin};
use grantflow::{Request, TransportError};
use rustls::ServerConfig;
use std::sync::Arc;

/// A root certificate of the caller's is enough, and the request arrives as on plain HTTP.
pub fn a_root_of_the_callers_is_trusted<A: Adapter>() {
    let origin = Origin::secure(Authority::ours().localhost(), |_| {
        Answer::status(401).header("DPoP-Nonce", "n-1").body("no")
    });
    let request = Request::post(origin.url("/a%2Fb?c=d").parse().unwrap(), "code=1")
        .with_header("authorization", "Bearer t");
    let reply = tls_client::<A>(LONG).send(request.unwrap()).unwrap();
    assert_eq!((reply.status(), reply.body()), (401, &b"no"[..]));
    assert_eq!(reply.header("dpop-nonce"), Some("n-1"));
    let received = origin.only();
    assert_eq!(received.line(), "POST /a%2Fb?c=d HTTP/1.1");
    assert_eq!(received.header("authorization"), Some("Bearer t"));
    assert_eq!(received.body, b"code=1");
}

/// An authority that nobody spoke of is refused, with and without a root of the caller's.
pub fn an_unknown_authority_is_refused<A: Adapter>() {
    assert_refused::<A>(&client(LONG), Authority::ours().localhost());
    assert_refused::<A>(&tls_client(LONG), Authority::new().localhost());
}

/// A certificate for another name is refused.
pub fn a_wrong_host_name_is_refused<A: Adapter>() {
    assert_refused::<A>(&tls_client(LONG), Authority::ours().another_host());
}

/// A certificate of the past is refused.
pub fn an_expired_certificate_is_refused<A: Adapter>() {
    assert_refused::<A>(&tls_client(LONG), Authority::ours().expired());
}

/// A certificate that was good for one host name is not good for another at the same address.
pub fn the_host_name_is_checked_on_each_connection<A: Adapter>() {
    let origin = Origin::secure(Authority::ours().localhost(), |_| Answer::ok("hello"));
    let client = tls_client::<A>(LONG);
    client.send(get(&origin.url("/"))).unwrap();
    let result = client.send(get(&format!("https://127.0.0.1:{}/", origin.port())));
    assert!(result.is_err(), "{result:?}");
    assert_eq!(origin.log().requests.len(), 1);
}

#[track_caller]
fn assert_refused<A: Adapter>(client: &A, tls: Arc<ServerConfig>) {
    let origin = Origin::secure(tls, |_| Answer::ok("hello"));
    let result = client.send(get(&origin.url("/")));
    assert!(matches!(result, Err(TransportError::Stack(_))), "{result:?}");
    let log = origin.log();
    assert_eq!((log.requests.len(), log.octets), (0, 0));
}
