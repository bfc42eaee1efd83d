//! Connections, and what must not stay on them.

use super::{LONG, SHORT, client, get, get_as, octets};
use crate::conformance::{Adapter, Answer, End, Origin, Received};
use grantflow::TransportError;

/// A second exchange uses the connection of the first, or has its own, as the adapter says.
pub fn a_connection_is_kept_or_not_as_said<A: Adapter>() {
    let origin = Origin::plain(|_| Answer::ok(octets(5000)));
    let client = client::<A>(LONG);
    // Whether a connection is back in its pool in time is up to the scheduler.
    for _ in 0..10 {
        assert_eq!(client.send(get(&origin.url("/"))).unwrap().body(), octets(5000));
    }
    let connections = origin.log().connections;
    assert_eq!(connections < 10, A::KEEPS_CONNECTIONS, "{connections} connections");
}

/// A cookie is not sent back.
pub fn cookies_are_not_kept<A: Adapter>() {
    let origin = Origin::plain(|_| {
        let session = "session=1; Path=/; HttpOnly";
        Answer::status(200).header("Set-Cookie", session).header("Set-Cookie", "b=2").body("")
    });
    let client = client::<A>(LONG);
    for _ in 0..3 {
        let reply = client.send(get(&origin.url("/"))).unwrap();
        assert_eq!(reply.headers_named("set-cookie").count(), 2);
    }
    for received in origin.log().requests {
        assert_eq!(received.header("cookie"), None);
    }
}

/// After alice's request has timed out, bob gets bob's reply.
pub fn after_a_timeout_the_next_reply_is_its_own<A: Adapter>() {
    let origin = Origin::plain(|received| match user(received) {
        "warm" => Answer::ok("warm"),
        "alice" => Answer::status(200).cut_body("for alice").end(End::Hold),
        user => Answer::ok(format!("for {user}")),
    });
    // Long enough for the others on a busy machine.
    let client = client::<A>(SHORT * 4);
    client.send(get_as(&origin.url("/"), "warm")).unwrap();
    let result = client.send(get_as(&origin.url("/"), "alice"));
    assert!(matches!(result, Err(TransportError::Timeout)), "{result:?}");
    for user in ["bob", "carol"] {
        let reply = client.send(get_as(&origin.url("/"), user)).unwrap();
        assert_eq!(reply.body(), format!("for {user}").as_bytes());
    }
}

/// After alice's reply was too large, bob gets bob's reply.
pub fn after_a_capped_body_the_next_reply_is_its_own<A: Adapter>() {
    let origin = Origin::plain(|received| match user(received) {
        "alice" => {
            Answer::ok("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nfor alice".repeat(20_000))
        }
        user => Answer::ok(format!("for {user}")),
    });
    let client = client::<A>(LONG);
    client.send(get_as(&origin.url("/"), "warm")).unwrap();
    let result = client.send(get_as(&origin.url("/"), "alice").with_reply_limit(1000));
    assert!(result.is_err(), "{result:?}");
    for user in ["bob", "carol"] {
        let reply = client.send(get_as(&origin.url("/"), user)).unwrap();
        assert_eq!(reply.body(), format!("for {user}").as_bytes());
    }
}

/// Whose request it is.
pub(super) fn user(received: &Received) -> &str {
    received.header("authorization").and_then(|text| text.strip_prefix("Bearer ")).unwrap_or("")
}
