//! What goes over the wire.

use super::{get, send};
use crate::conformance::{Adapter, Answer, Origin};
use grantflow::{Method, Request};

/// What an HTTP stack may add by itself.
const OF_THE_STACK: [&str; 6] =
    ["accept", "accept-encoding", "connection", "content-length", "host", "user-agent"];

/// Method, path, query, headers and body are the request's own, octet by octet.
pub fn a_request_is_sent_as_it_is<A: Adapter>() {
    let origin = Origin::plain(|_| Answer::ok("{}"));
    let url = origin.url("/a%2Fb/%C3%BC;x=1/to~ken?q=a%20b+c&empty=&q=%26%0a&r=!*()");
    let body = "grant_type=authorization_code&code=a%2Bb+c&x=%E2%82%AC";
    let request = Request::post(url.parse().unwrap(), body)
        .with_header("content-type", "application/x-www-form-urlencoded")
        .and_then(|request| request.with_header("Accept", "application/json"))
        .and_then(|request| request.with_header("authorization", "Basic YTpi/+=="))
        .and_then(|request| request.with_header("x-spaces", "a  b\t\"c\",;=~"))
        .and_then(|request| request.with_header("x-twice", "one"))
        .and_then(|request| request.with_header("x-twice", "two"));
    send::<A>(request.unwrap()).unwrap();

    let received = origin.only();
    let target = url.strip_prefix(&origin.url("")).unwrap();
    assert_eq!(received.line(), format!("POST {target} HTTP/1.1"));
    assert_eq!(received.body, body.as_bytes());
    assert_eq!(received.header("host").unwrap(), format!("127.0.0.1:{}", origin.port()));
    assert_eq!(received.header("content-length").unwrap(), body.len().to_string());
    assert_eq!(received.header("content-type").unwrap(), "application/x-www-form-urlencoded");
    assert_eq!(received.header("accept").unwrap(), "application/json");
    assert_eq!(received.header("authorization").unwrap(), "Basic YTpi/+==");
    assert_eq!(received.header("x-spaces").unwrap(), "a  b\t\"c\",;=~");
    assert!(received.header("user-agent").is_some_and(|name| name.starts_with("grantflow")));
    let all = received.headers();
    let twice = all.iter().filter(|(name, _)| name == "x-twice").map(|(_, value)| *value);
    assert_eq!(twice.collect::<Vec<_>>().join(", "), "one, two");
    for (name, value) in &all {
        let is_ours = ["authorization", "content-type", "x-spaces", "x-twice"].contains(&&**name);
        assert!(is_ours || OF_THE_STACK.contains(&&**name), "{name}: {value}");
    }
}

/// Every method that resources use arrives as it is.
pub fn every_method_is_sent<A: Adapter>() {
    let origin = Origin::plain(|_| Answer::ok("done"));
    let url = origin.url("/photos/1");
    for method in [Method::DELETE, Method::GET, Method::OPTIONS, Method::PATCH, Method::PUT] {
        let has_body = method == Method::PATCH || method == Method::PUT;
        let body = if has_body { "{}" } else { "" };
        let request = Request::new(method.clone(), url.parse().unwrap()).with_body(body);
        assert_eq!(send::<A>(request).unwrap().body(), b"done", "{method:?}");
        let received = origin.log().requests.pop().unwrap();
        assert_eq!(received.line(), format!("{method:?} /photos/1 HTTP/1.1"));
        assert_eq!(received.body, body.as_bytes());
    }
}

/// A GET without body announces none.
pub fn a_get_has_no_body<A: Adapter>() {
    let origin = Origin::plain(|_| Answer::ok(""));
    send::<A>(get(&origin.url("/"))).unwrap();
    let received = origin.only();
    assert!(received.header("content-length").is_none_or(|length| length == "0"));
    assert_eq!(received.header("transfer-encoding"), None);
    assert_eq!(received.header("content-type"), None);
    assert_eq!(received.header("expect"), None);
}

/// The reply to HEAD announces a body and has none. A stack that cannot do this sends no HEAD.
pub fn a_head_has_a_reply_without_body<A: Adapter>() {
    let origin = Origin::plain(|_| {
        Answer::status(200).header("Content-Length", "5").header("X-A", "b").no_body()
    });
    let request = Request::new(Method::HEAD, origin.url("/").parse().unwrap());
    let Ok(reply) = send::<A>(request) else {
        assert_eq!(origin.log().octets, 0);
        return;
    };
    assert_eq!((reply.status(), reply.body(), reply.header("x-a")), (200, &b""[..], Some("b")));
}

/// A POST without body says that it has none.
pub fn an_empty_post_says_so<A: Adapter>() {
    let origin = Origin::plain(|_| Answer::ok(""));
    send::<A>(Request::post(origin.url("/").parse().unwrap(), "")).unwrap();
    let received = origin.only();
    assert_eq!(received.header("content-length"), Some("0"));
    assert_eq!(received.header("transfer-encoding"), None);
}

/// A large body of any octets has its length and its type, each once.
pub fn length_and_type_of_a_large_body_are_right<A: Adapter>() {
    let origin = Origin::plain(|_| Answer::ok(""));
    let body = super::octets(300_000);
    let request = Request::post(origin.url("/").parse().unwrap(), body.clone())
        .with_header("Content-Type", "image/png");
    send::<A>(request.unwrap()).unwrap();
    let received = origin.only();
    assert_eq!(received.header("content-length"), Some("300000"));
    assert_eq!(received.header("content-type"), Some("image/png"));
    assert_eq!(received.header("transfer-encoding"), None);
    assert!(received.body == body);
}

/// No value ends its header: the request is refused before any stack sees it, and what is encoded
/// in a URL stays encoded.
pub fn headers_cannot_be_injected<A: Adapter>() {
    let origin = Origin::plain(|_| Answer::ok(""));
    for text in ["a\r\nx-evil: 1", "a\nx-evil: 1", "a\rx-evil: 1", "a\0", "\u{e9}"] {
        assert!(get(&origin.url("/")).with_header("x-given", text).is_err(), "{text:?}");
        assert!(get(&origin.url("/")).with_header(text, "given").is_err(), "{text:?}");
    }
    let target = "/a%0D%0Ax-evil:%201?b=%0d%0ax-evil:%201";
    send::<A>(get(&origin.url(target))).unwrap();
    let received = origin.only();
    assert_eq!(received.line(), format!("GET {target} HTTP/1.1"));
    assert_eq!(received.header("x-evil"), None);
}
