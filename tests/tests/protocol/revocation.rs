//! Giving a grant back (RFC 7009).

use crate::{
    NOW, asks, bare_server, busy, confidential, form, json, later, over, public, restored, values,
};
use grantflow::{
    Client, ClientAuth, ConfigError, Error, ErrorCode, Exchange, ProtocolError, Response, Revoke,
};

fn revoke() -> Revoke {
    restored(&public(), Some("the-refresh-token")).revoke().unwrap()
}

#[test]
fn the_refresh_token_is_given_back_where_there_is_one() {
    let sent = form(&revoke().request(NOW).unwrap());
    assert_eq!(asks(&revoke()), "https://as.example/revoke");
    assert_eq!(values(&sent, "token"), ["the-refresh-token"]);
    assert_eq!(values(&sent, "token_type_hint"), ["refresh_token"]);
    assert_eq!(values(&sent, "client_id"), ["id"]);
    assert_eq!(sent.len(), 3);
    let sent = form(&restored(&public(), None).revoke().unwrap().request(NOW).unwrap());
    assert_eq!(values(&sent, "token"), ["the-access-token"]);
    assert_eq!(values(&sent, "token_type_hint"), ["access_token"]);
}

#[test]
fn the_client_authenticates_as_at_the_token_endpoint() {
    let request =
        |auth| restored(&confidential(auth), None).revoke().unwrap().request(NOW).unwrap();
    let basic = request(ClientAuth::basic("s"));
    assert_eq!(basic.method().as_str(), "POST");
    assert_eq!(basic.header("authorization"), Some("Basic aWQ6cw=="));
    assert_eq!(values(&form(&basic), "client_id"), [""; 0]);
    let post = form(&request(ClientAuth::post("s")));
    assert_eq!(values(&post, "client_secret"), ["s"]);
    assert_eq!(values(&post, "client_id"), ["id"]);
}

#[test]
fn any_200_is_done_whatever_its_body() {
    let replies = [
        json(200, ""),
        json(200, "{"),
        json(200, r#"{"error":"invalid_token"}"#),
        Response::new(200, [("Content-Type", "text/html")], "<html>"),
        Response::new(200, [("Content-Type", "image/png")], b"\xff".as_slice()),
        json(200, &" ".repeat((1 << 20) + 1)),
    ];
    for reply in replies {
        assert!(revoke().receive(&reply, NOW).is_ok(), "{reply:?}");
    }
}

#[test]
fn while_the_server_is_in_trouble_the_token_still_lives() {
    for status in [429, 500, 503] {
        let (revoke, wait) = later(revoke().receive(&busy(status), NOW));
        assert_eq!(wait, Some(7));
        assert_eq!(values(&form(&revoke.request(NOW).unwrap()), "token"), ["the-refresh-token"]);
        assert!(revoke.receive(&json(200, ""), NOW).is_ok());
    }
}

#[test]
fn a_refusal_is_told_and_repeats_no_token() {
    let body = r#"{"error":"unsupported_token_type","error_description":"not the-refresh-token"}"#;
    let Error::Refused(refusal) = over(revoke().receive(&json(400, body), NOW)) else { panic!() };
    assert_eq!(refusal.code(), &ErrorCode::UnsupportedTokenType);
    assert_eq!(refusal.description().unwrap().as_str(), "not ***");
    let error = over(revoke().receive(&json(404, "{}"), NOW));
    assert_eq!(error, ProtocolError::NotAnOAuthError { status: 404 }.into());
    let error = over(revoke().receive(&json(307, ""), NOW));
    assert_eq!(error, ProtocolError::UnexpectedRedirect { status: 307 }.into());
    for status in [201, 202, 204] {
        let error = over(revoke().receive(&json(status, ""), NOW));
        let expected = ProtocolError::UnexpectedStatus { status, retry_after: None };
        assert_eq!(error, expected.into());
    }
}

#[test]
fn without_an_endpoint_the_flow_comes_back() {
    let client = Client::public(bare_server(), "id").build().unwrap();
    let failure = restored(&client, None).revoke().unwrap_err();
    assert_eq!(failure.error(), &ConfigError::Missing("revocation endpoint").into());
    let flow = failure.into_state().unwrap();
    assert_eq!(flow.tokens().access_token().expose(), "the-access-token");
}

#[test]
fn nothing_of_a_revocation_is_shown() {
    assert_eq!(format!("{:?}", revoke()), "Revoke");
}
