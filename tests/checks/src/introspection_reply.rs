//! A token is good only if the server says `true`, at 200, in JSON.

use crate::{
    heap, json,
    json::Object,
    reply, said,
    scene::{LENIENT, NOW, STRICT},
    secrets::{ASKED_TOKEN, CLIENT_SECRET, hidden},
};
use grantflow::{Exchange, Failure, Introspection};
use serde_json::Value;

/// Takes the reply in.
///
/// # Panics
/// If a token is believed that is not said to be good, if its end is another, if a secret is
/// shown, or if it takes too much heap.
pub fn check(input: &[u8]) {
    let response = reply::response(input);
    for client in [&*STRICT, &*LENIENT] {
        let introspect = client.introspect(ASKED_TOKEN).expect("there is an endpoint");
        let allowed = heap::allowed(response.body().len());
        match heap::at_most(allowed, || introspect.receive(&response, NOW)) {
            Ok(introspection) => {
                assert_eq!(response.status(), 200);
                hidden(&format!("{introspection:?}"), &[ASKED_TOKEN, CLIENT_SECRET]);
                assert!(json::is_object(response.body()), "a form cannot say true");
                let sniff = core::ptr::eq(client, &*LENIENT);
                assert_eq!(said::kind(&response, sniff), said::Kind::Json);
                if let Some(said) = Object::read(response.body()) {
                    is_what_was_said(&introspection, &said);
                }
            }
            Err(failure) => {
                hidden(&format!("{failure} {failure:?}"), &[ASKED_TOKEN, CLIENT_SECRET]);
                let is_transient = matches!(response.status(), 429 | 500..=599);
                assert_eq!(matches!(failure, Failure::Later { .. }), is_transient, "{failure:?}");
            }
        }
    }
}

fn is_what_was_said(introspection: &Introspection, said: &Object) {
    assert_eq!(said.text("error"), None, "an error was taken for a success");
    match introspection {
        Introspection::Inactive => assert_eq!(said.get("active"), Some(&Value::Bool(false))),
        Introspection::Active(token) => {
            assert_eq!(said.get("active"), Some(&Value::Bool(true)));
            match (said.get("exp"), token.expires_at()) {
                (None, end) => assert_eq!(end, None),
                (Some(exp), Some(end)) => assert!(json::is_seconds(exp, end.as_secs()), "{exp}"),
                (Some(exp), None) => panic!("the end is lost: {exp}"),
            }
            let claims: Object = token.claims().expect("it was read before");
            assert_eq!(claims.0, said.0);
        }
    }
}
