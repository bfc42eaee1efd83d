//! JSON is read exactly where `serde_json` can skip it, after one byte order mark, at any depth;
//! the members that count are there once, and are what `serde_json` makes of them.

use crate::{
    heap, json,
    json::Object,
    scene::{NOW, STRICT},
    secrets::ASKED_TOKEN,
};
use grantflow::{Error, ErrorCode, Exchange, Failure, Introspection, ProtocolError, Response};
use serde_json::Value;

/// The members that an introspection reads.
const MEMBERS: [&str; 6] = ["error", "error_description", "error_uri", "active", "exp", "scope"];

/// Takes the body in as what is said of a token.
///
/// # Panics
/// If the two disagree about what is JSON or about a member, or if it takes too much heap.
pub fn check(input: &[u8]) {
    let response = Response::new(200, [("Content-Type", "application/json")], input);
    let introspect = STRICT.introspect(ASKED_TOKEN).expect("there is an endpoint");
    let result = heap::at_most(heap::allowed(input.len()), || introspect.receive(&response, NOW));
    let error = result.as_ref().err().map(|failure| failure.error().clone());
    let is_repeated = matches!(error, Some(Error::Protocol(ProtocolError::Repeated(_))));
    let is_refused = error == Some(ProtocolError::NotJson.into());
    // Reading stops where a member comes again: what follows was not looked at.
    assert!(is_repeated || is_refused != json::is_object(input), "{error:?}");
    let Some(said) = Object::read(input) else { return };
    let repeats = MEMBERS.iter().any(|name| said.count(name) > 1);
    assert_eq!(repeats, is_repeated, "{error:?}");
    if repeats {
        return;
    }
    match (said.get("error"), result.map_err(Failure::into_error)) {
        (Some(Value::String(code)), result) if !code.is_empty() => {
            let error = result.expect_err("an error was taken for a success");
            let code =
                code.replace(ASKED_TOKEN, "***").replace(crate::secrets::CLIENT_SECRET, "***");
            assert_eq!(error.code().map(ErrorCode::as_str), Some(code.as_str()));
        }
        (Some(Value::String(_)) | None, result) => is_active(&said, result),
        (Some(_), result) => {
            assert_eq!(result.err(), Some(ProtocolError::NotAnOAuthError { status: 200 }.into()));
        }
    }
}

fn is_active(said: &Object, result: Result<Introspection, Error>) {
    let invalid = |name| Some(Error::from(ProtocolError::Invalid(name)));
    match (said.get("active"), result) {
        (Some(Value::Bool(true)), Ok(Introspection::Active(token))) => match said.get("exp") {
            None => assert_eq!(token.expires_at(), None),
            Some(exp) => {
                let end = token.expires_at().expect("it was said").as_secs();
                assert!(json::is_seconds(exp, end), "{exp} {end}");
            }
        },
        (Some(Value::Bool(true)), Err(error)) => {
            assert_eq!(Some(error), invalid("exp"));
            let exp = said.get("exp").expect("it is there");
            assert!(exp.as_u64().is_none(), "{exp}");
        }
        (Some(Value::Bool(false)), Ok(Introspection::Inactive)) => {}
        (None, result) => {
            assert_eq!(result.err(), Some(ProtocolError::Missing("active").into()));
        }
        (Some(active), result) => {
            assert!(!active.is_boolean(), "{result:?}");
            assert_eq!(result.err(), invalid("active"));
        }
    }
}
