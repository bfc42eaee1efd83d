//! Which replies are documents at all: RFC 8414 section 3.2 and RFC 9728 section 3.2 alike.

use crate::{NOW, asks, busy, json, later, over};
use grantflow::{Discover, DiscoverResource, Exchange, ProtocolError, Response};

fn server() -> Discover {
    Discover::new("https://as.example/t".parse().unwrap())
}

fn resource() -> DiscoverResource {
    DiscoverResource::new("https://rs.example/t".parse().unwrap()).unwrap()
}

const SERVER: &str = r#"{"issuer":"https://as.example/t","token_endpoint":"https://as.example/t"}"#;
const RESOURCE: &str = r#"{"resource":"https://rs.example/t"}"#;

#[track_caller]
fn both_refuse(response: &Response, expected: &ProtocolError) {
    assert_eq!(over(server().receive(response, NOW)), expected.clone().into());
    assert_eq!(over(resource().receive(response, NOW)), expected.clone().into());
}

#[test]
fn a_document_is_asked_for_by_get_with_a_limit() {
    for request in [server().request(NOW).unwrap(), resource().request(NOW).unwrap()] {
        assert_eq!(request.method().as_str(), "GET");
        assert_eq!(request.header("accept"), Some("application/json"));
        assert_eq!(request.header("authorization"), None);
        assert_eq!(request.body(), b"");
        assert_eq!(request.reply_limit(), 1 << 20);
    }
}

#[test]
fn a_redirect_is_never_followed_and_nothing_else_is_asked() {
    for status in [301, 302, 303, 307, 308] {
        let response = Response::new(status, [("Location", "https://evil.example/")], SERVER);
        both_refuse(&response, &ProtocolError::UnexpectedRedirect { status });
    }
}

#[test]
fn only_200_is_a_document() {
    for status in [201, 204, 206] {
        let error = ProtocolError::UnexpectedStatus { status, retry_after: None };
        both_refuse(&json(status, SERVER), &error);
        both_refuse(&json(status, RESOURCE), &error);
    }
}

#[test]
fn a_server_in_trouble_is_asked_the_same_later() {
    for status in [429, 500, 502, 503, 599] {
        let (discover, wait) = later(server().receive(&busy(status), NOW));
        assert_eq!((asks(&discover), wait), (asks(&server()), Some(7)));
        let (discover, wait) = later(resource().receive(&busy(status), NOW));
        assert_eq!((asks(&discover), wait), (asks(&resource()), Some(7)));
    }
}

#[test]
fn a_document_is_json_by_its_media_type() {
    for media_type in ["text/html", "text/plain", "application/jsonx", "application/jwt", ""] {
        let response = |body| Response::new(200, [("Content-Type", media_type)], body);
        both_refuse(&response(SERVER), &ProtocolError::MediaType);
        both_refuse(&response(RESOURCE), &ProtocolError::MediaType);
    }
    let form = [("Content-Type", "application/x-www-form-urlencoded")];
    both_refuse(&Response::new(200, form, "issuer=x"), &ProtocolError::MediaType);
    let other_case = [("content-type", "Application/JSON; charset=utf-8")];
    assert!(server().receive(&Response::new(200, other_case, SERVER), NOW).is_ok());
    assert!(resource().receive(&Response::new(200, other_case, RESOURCE), NOW).is_ok());
}

#[test]
fn a_document_is_one_json_object() {
    for body in ["", "[]", "null", "{", "{} {}", "<html>"] {
        both_refuse(&json(200, body), &ProtocolError::NotJson);
    }
}

#[test]
fn a_document_of_any_size_is_not_read() {
    let body = " ".repeat((1 << 20) + 1) + SERVER;
    both_refuse(&json(200, &body), &ProtocolError::BodyTooLarge { limit: 1 << 20 });
}
