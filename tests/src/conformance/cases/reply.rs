//! What comes back.

use super::{get, octets, send};
use crate::conformance::{Adapter, Answer, Origin};

/// 4xx and 5xx are replies like any other, with their bodies and headers.
pub fn every_status_is_a_reply<A: Adapter>() {
    for status in [200, 201, 400, 401, 403, 404, 405, 409, 429, 500, 502, 503, 504] {
        let origin = Origin::plain(move |_| {
            Answer::status(status)
                .header("WWW-Authenticate", "DPoP error=\"use_dpop_nonce\"")
                .header("Retry-After", "30")
                .header("Content-Type", "application/json")
                .body(octets(700))
        });
        let reply = send::<A>(get(&origin.url("/"))).unwrap();
        assert_eq!(reply.status(), status);
        assert_eq!(reply.body(), octets(700), "{status}");
        assert_eq!(reply.header("www-authenticate"), Some("DPoP error=\"use_dpop_nonce\""));
        assert_eq!(reply.header("retry-after"), Some("30"));
        assert_eq!(reply.header("content-type"), Some("application/json"));
        assert_eq!(origin.log().requests.len(), 1, "{status}");
    }
}

/// Headers arrive whatever their case, and repeated ones arrive repeated, in order.
pub fn headers_arrive_in_any_case_and_repeated<A: Adapter>() {
    let origin = Origin::plain(|_| {
        Answer::status(401)
            .header("wWw-aUTHENTICATE", "Bearer realm=\"a, b\"")
            .header("DPOP-NONCE", "n-1")
            .header("X-Empty", "")
            .header("WWW-AUTHENTICATE", "DPoP algs=\"ES256\"")
            .header("www-authenticate", "Basic")
            .body("")
    });
    let reply = send::<A>(get(&origin.url("/"))).unwrap();
    let challenges: Vec<_> = reply.headers_named("WWW-Authenticate").collect();
    assert_eq!(challenges, [&b"Bearer realm=\"a, b\""[..], b"DPoP algs=\"ES256\"", b"Basic"]);
    assert_eq!(reply.header("DPoP-Nonce"), Some("n-1"));
    assert_eq!(reply.header("x-empty"), Some(""));
}

/// A reply has the headers that the server sent, and no others, but for the type that a body has
/// where nothing is said (RFC 9110 section 8.3).
pub fn no_header_is_made_up<A: Adapter>() {
    let origin = Origin::plain(|_| Answer::status(200).header("X-Ours", "1").body("a"));
    let reply = send::<A>(get(&origin.url("/"))).unwrap();
    for (name, value) in reply.headers() {
        match name.to_ascii_lowercase().as_str() {
            "content-length" | "x-ours" => assert_eq!(value, b"1"),
            "content-type" => assert_eq!(value, b"application/octet-stream"),
            name => panic!("the server has sent no {name}"),
        }
    }
}

/// No body is an empty body.
pub fn an_empty_body_is_empty<A: Adapter>() {
    let origin = Origin::plain(|_| Answer::ok(""));
    let reply = send::<A>(get(&origin.url("/"))).unwrap();
    assert_eq!((reply.status(), reply.body()), (200, &b""[..]));
}

/// A 204 has no body and does not say so.
pub fn a_204_is_a_reply<A: Adapter>() {
    let origin = Origin::plain(|_| Answer::status(204).header("X-A", "b").no_body());
    let reply = send::<A>(get(&origin.url("/"))).unwrap();
    assert_eq!((reply.status(), reply.body()), (204, &b""[..]));
}

/// A body in chunks arrives in one piece.
pub fn a_chunked_body_arrives<A: Adapter>() {
    let origin = Origin::plain(|_| Answer::status(200).chunked(octets(70_000), true));
    let reply = send::<A>(get(&origin.url("/"))).unwrap();
    assert!(reply.body() == octets(70_000));
}

/// A body that ends with the connection arrives whole, or an error says why not.
pub fn a_body_that_ends_with_the_connection_is_whole_or_an_error<A: Adapter>() {
    let origin = Origin::plain(|_| Answer::status(200).unframed(octets(70_000)));
    if let Ok(reply) = send::<A>(get(&origin.url("/"))) {
        assert!(reply.body() == octets(70_000), "{} octets", reply.body().len());
    }
}

/// A status that no register knows is a reply or an error, never a panic.
pub fn an_unknown_status_is_no_panic<A: Adapter>() {
    for status in [299, 430, 599, 799, 999] {
        let origin = Origin::plain(move |_| Answer::status(status).body("odd"));
        if let Ok(reply) = send::<A>(get(&origin.url("/"))) {
            assert_eq!((reply.status(), reply.body()), (status, &b"odd"[..]));
        }
    }
}

/// A header octet beyond ASCII is part of a reply or an error, never a panic.
pub fn an_odd_header_byte_is_no_panic<A: Adapter>() {
    for value in [&b"caf\xe9"[..], b"\xff\xfe", "\u{20ac}".as_bytes()] {
        let origin = Origin::plain(move |_| Answer::status(200).header("X-Odd", value).body("odd"));
        if let Ok(reply) = send::<A>(get(&origin.url("/"))) {
            assert_eq!(reply.headers_named("x-odd").collect::<Vec<_>>(), [value]);
            assert_eq!(reply.body(), b"odd");
        }
    }
}
