//! Servers and networks that break, and what the errors say of it.

use super::{LONG, SHORT, client, get, octets, send, tls_client};
use crate::conformance::{Adapter, Answer, Authority, End, Origin};
use grantflow::{Request, TransportError};
use std::{error::Error, net::TcpListener};

/// A body shorter than announced is no reply.
pub fn a_truncated_body_is_an_error<A: Adapter>() {
    let origin = Origin::plain(|_| Answer::status(200).cut_body(octets(5000)).end(End::Close));
    let result = send::<A>(get(&origin.url("/")));
    assert!(result.is_err(), "{result:?}");
}

/// Nor on TLS, with no word that it ends.
pub fn a_truncated_body_is_an_error_on_tls<A: Adapter>() {
    let cut = |_: &_| Answer::status(200).cut_body(octets(5000)).end(End::Close);
    let origin = Origin::secure(Authority::ours().localhost(), cut);
    let result = tls_client::<A>(LONG).send(get(&origin.url("/")));
    assert!(result.is_err(), "{result:?}");
    assert_eq!(origin.log().requests.len(), 1);
}

/// Chunks without the last one are no reply.
pub fn a_truncated_chunked_body_is_an_error<A: Adapter>() {
    let cut = |_: &_| Answer::status(200).chunked(octets(5000), false).end(End::Close);
    let origin = Origin::plain(cut);
    let result = send::<A>(get(&origin.url("/")));
    assert!(result.is_err(), "{result:?}");
}

/// Where nobody listens, there is an error.
pub fn a_refused_connection_is_an_error<A: Adapter>() {
    let result = send::<A>(get(&nobody()));
    assert!(matches!(result, Err(TransportError::Stack(_))), "{result:?}");
}

/// A reset in the header is an error.
pub fn a_reset_in_the_header_is_an_error<A: Adapter>() {
    let origin = Origin::plain(|_| Answer::raw("HTTP/1.1 200 OK\r\nX-A: ").end(End::Reset));
    let result = send::<A>(get(&origin.url("/")));
    assert!(result.is_err(), "{result:?}");
}

/// A reset in the body is an error.
pub fn a_reset_in_the_body_is_an_error<A: Adapter>() {
    let origin = Origin::plain(|_| Answer::status(200).cut_body(octets(5000)).end(End::Reset));
    let result = send::<A>(get(&origin.url("/")));
    assert!(result.is_err(), "{result:?}");
}

/// What is no HTTP is an error.
pub fn what_is_no_http_is_an_error<A: Adapter>() {
    for text in ["SSH-2.0-OpenSSH_9.2\r\n\r\n", "HTTP/1.1 OK\r\n\r\n", "\0\0\0\x12\x04\0\0\r\n\r\n"]
    {
        let origin = Origin::plain(move |_| Answer::raw(text).end(End::Close));
        let result = send::<A>(get(&origin.url("/")));
        assert!(result.is_err(), "{text:?}: {result:?}");
    }
}

/// A request that may have arrived is not sent again: a code is good for one use.
pub fn nothing_is_sent_twice<A: Adapter>() {
    for end in [End::Close, End::Reset] {
        let origin = Origin::plain(move |_| Answer::nothing().end(end));
        for request in [get(&origin.url("/")), post(&origin.url("/"))] {
            let result = send::<A>(request);
            assert!(result.is_err(), "{result:?}");
        }
        assert_eq!(origin.log().requests.len(), 2, "{end:?}");
    }
    for status in [408, 429, 503] {
        let origin =
            Origin::plain(move |_| Answer::status(status).header("Retry-After", "0").body(""));
        send::<A>(post(&origin.url("/"))).unwrap();
        assert_eq!(origin.log().requests.len(), 1, "{status}");
    }
}

/// Not even if the connection had been good before.
pub fn nothing_is_sent_twice_on_a_kept_connection<A: Adapter>() {
    for end in [End::Close, End::Reset] {
        for is_post in [false, true] {
            let origin = Origin::plain(move |received| match received.line() {
                "GET /good HTTP/1.1" => Answer::ok("good"),
                _ => Answer::nothing().end(end),
            });
            let client = client::<A>(LONG);
            client.send(get(&origin.url("/good"))).unwrap();
            let url = origin.url("/token");
            let result = client.send(if is_post { post(&url) } else { get(&url) });
            assert!(result.is_err(), "{result:?}");
            assert_eq!(origin.log().requests.len(), 2, "{end:?}, POST: {is_post}");
        }
    }
}

/// Whatever breaks, the error tells nothing that the request or the reply held.
pub fn errors_show_no_secret<A: Adapter>() {
    let faults: [fn() -> Answer; 8] = [
        || Answer::nothing().end(End::Close),
        || Answer::nothing().end(End::Hold),
        || Answer::raw("canary\r\n\r\n").end(End::Close),
        || Answer::raw("HTTP/1.1 200 OK\r\ncanary\r\n\r\n").end(End::Close),
        || Answer::status(200).header("X-Odd", b"canary\xe9").body("canary"),
        || Answer::status(599).body("canary"),
        || Answer::status(200).cut_body("canary").end(End::Close),
        || Answer::ok("canary".repeat(100_000)),
    ];
    let mut errors = Vec::new();
    for fault in faults {
        let origin = Origin::plain(move |_| fault());
        errors.extend(client::<A>(SHORT).send(secret(&origin.url("/canary?canary"))).err());
    }
    errors.extend(send::<A>(secret(&format!("{}canary?canary", nobody()))).err());
    let origin = Origin::secure(Authority::new().localhost(), |_| Answer::ok(""));
    errors.extend(tls_client::<A>(LONG).send(secret(&origin.url("/canary?canary"))).err());
    assert!(errors.len() >= 7, "{errors:?}");
    for error in &errors {
        let mut text = format!("{error} {error:?} {error:#?}");
        let mut source = error.source();
        while let Some(error) = source {
            text.push_str(&format!(" {error} {error:?} {error:#?}"));
            source = error.source();
        }
        assert!(!text.to_ascii_lowercase().contains("canary"), "{text}");
    }
}

fn post(url: &str) -> Request {
    let request = Request::post(url.parse().unwrap(), "code=canary&client_secret=canary");
    request.with_header("content-type", "application/x-www-form-urlencoded").unwrap()
}

fn secret(url: &str) -> Request {
    let request = post(url).with_header("authorization", "Bearer canary");
    request
        .and_then(|request| request.with_header("x-canary", "canary"))
        .unwrap()
        .with_reply_limit(1000)
}

/// The URL of a port where nobody listens any more.
fn nobody() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    format!("http://{}/", listener.local_addr().expect("an address"))
}
