//! The rewrites, as the pure functions that they are.

use crate::scene::response;
use grantflow::{
    Response,
    preset::{fitbit_errors, slack_authed_user},
};

const JSON: &str = "application/json";

#[track_caller]
fn writes(rewrite: fn(Response) -> Response, body: &str, expected: &str) {
    let rewritten = rewrite(response(JSON, 418, body));
    assert_eq!(std::str::from_utf8(rewritten.body()), Ok(expected));
    assert_eq!(rewritten.status(), 418);
    assert_eq!(rewritten.header("content-type"), Some(JSON));
    // Whoever calls it twice changes nothing.
    assert_eq!(rewrite(rewritten.clone()).body(), rewritten.body());
}

#[track_caller]
fn leaves(rewrite: fn(Response) -> Response, body: &[u8]) {
    let rewritten = rewrite(Response::new(418, [("Content-Type", JSON)], body));
    assert_eq!(rewritten.body(), body);
    assert_eq!((rewritten.status(), rewritten.header("content-type")), (418, Some(JSON)));
}

#[test]
fn authed_user_is_selected_where_it_holds_a_token() {
    let user = r#"{"id":"U1", "access_token" : "xoxp-1","scope":"a,b"}"#;
    writes(slack_authed_user, &format!(r#"{{"ok":true,"authed_user":{user}}}"#), user);
    let both = format!(r#" {{"access_token":"xoxb-1","authed_user": {user} ,"x":[{{}}]}}"#);
    writes(slack_authed_user, &both, user);
}

#[test]
fn any_other_reply_of_slack_stays() {
    for body in [
        &br#"{"ok":true,"access_token":"xoxb-1","authed_user":{"id":"U1"}}"#[..],
        br#"{"ok":false,"error":"invalid_code"}"#,
        br#"{"authed_user":{"access_token":null}}"#,
        br#"{"authed_user":{"access_token":{}}}"#,
        br#"{"authed_user":{"access_token":"a","access_token":"b"}}"#,
        br#"{"authed_user":{"access_token":"a"},"authed_user":{"access_token":"b"}}"#,
        br#"{"authed_user":{"access_token":"a"}} x"#,
        br#"{"authed_user":"access_token"}"#,
        br#"{"authed_user":["access_token"]}"#,
        br#"[{"authed_user":{"access_token":"a"}}]"#,
        b"",
        b"\xff",
    ] {
        leaves(slack_authed_user, body);
    }
}

#[test]
fn the_first_of_fitbits_errors_is_written_as_an_oauth_error() {
    writes(
        fitbit_errors,
        r#"{"errors":[{"errorType":"invalid_grant","message":"\"é\""},{"errorType":"b"}],
            "success":false}"#,
        r#"{"error":"invalid_grant","error_description":"\"é\""}"#,
    );
    writes(
        fitbit_errors,
        r#"{"errors":[{"errorType":"invalid_client","fieldName":"n/a","message":null}]}"#,
        r#"{"error":"invalid_client"}"#,
    );
}

#[test]
fn an_error_of_fitbits_is_never_a_token() {
    writes(
        fitbit_errors,
        r#"{"access_token":"at","errors":[{"errorType":"invalid_token"}]}"#,
        r#"{"error":"invalid_token"}"#,
    );
}

#[test]
fn any_other_reply_of_fitbit_stays() {
    for body in [
        &br#"{"access_token":"at","token_type":"Bearer"}"#[..],
        br#"{"errors":[]}"#,
        br#"{"errors":null}"#,
        br#"{"errors":[{"message":"no type"}]}"#,
        br#"{"errors":[{"errorType":1}]}"#,
        br#"{"errors":{"errorType":"invalid_grant"}}"#,
        br#"["errors"]"#,
        b"",
        b"\xff",
    ] {
        leaves(fitbit_errors, body);
    }
}
