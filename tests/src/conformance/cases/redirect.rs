//! Redirects are replies.

use super::{LONG, client, get, get_as, send, tls_client};
use crate::conformance::{Adapter, Answer, Authority, Origin};
use grantflow::Request;

const STATUSES: [u16; 5] = [301, 302, 303, 307, 308];

/// 301, 302, 303, 307 and 308 are delivered, and where they point to hears nothing.
pub fn redirects_are_replies<A: Adapter>() {
    let elsewhere = Origin::plain(|_| Answer::ok("elsewhere"));
    for status in STATUSES {
        let location = elsewhere.url("/token");
        let origin = Origin::plain(move |_| {
            Answer::status(status).header("Location", &location).body("moved")
        });
        let url = origin.url("/token");
        for request in [get(&url), Request::post(url.parse().unwrap(), "code=1")] {
            let reply = send::<A>(request).unwrap();
            assert_eq!((reply.status(), reply.body()), (status, &b"moved"[..]));
            assert_eq!(reply.header("location"), Some(&*elsewhere.url("/token")));
        }
        assert_eq!(origin.log().requests.len(), 2, "{status}");
    }
    let log = elsewhere.log();
    assert_eq!((log.connections, log.octets), (0, 0));
}

/// On TLS too, even to the same server or down to plain HTTP.
pub fn redirects_are_replies_on_tls<A: Adapter>() {
    let elsewhere = Origin::plain(|_| Answer::ok("elsewhere"));
    let down = elsewhere.url("/");
    let client = tls_client::<A>(LONG);
    for location in ["/again", &down] {
        let location = location.to_owned();
        let origin = Origin::secure(Authority::ours().localhost(), move |_| {
            Answer::status(302).header("Location", &location).body("moved")
        });
        let reply = client.send(get(&origin.url("/"))).unwrap();
        assert_eq!((reply.status(), reply.body()), (302, &b"moved"[..]));
        assert_eq!(origin.log().requests.len(), 1);
    }
    assert_eq!(elsewhere.log().octets, 0);
}

/// What one origin was given, another never hears of: not by a redirect, not in the next request.
pub fn credentials_do_not_follow_to_another_origin<A: Adapter>() {
    let elsewhere = Origin::plain(|_| Answer::ok("elsewhere"));
    let location = elsewhere.url("/");
    let origin = Origin::plain(move |_| {
        Answer::status(307)
            .header("Location", &location)
            .header("Set-Cookie", "session=canary; Domain=127.0.0.1; Path=/")
            .body("")
    });
    let client = client::<A>(LONG);
    client.send(get_as(&origin.url("/"), "canary")).unwrap();
    assert_eq!(elsewhere.log().octets, 0);
    client.send(get(&elsewhere.url("/"))).unwrap();
    let head = elsewhere.only().head;
    assert!(!head.contains("canary"), "{head}");
    assert!(!head.to_ascii_lowercase().contains("referer"), "{head}");
}
