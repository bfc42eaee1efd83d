//! No reply of a server makes a step panic, and none makes a token out of what is not one.

use crate::scene::{NOW, authorized, cases, client, code_received};
use grantflow::{Authorized, Exchange, Failure, Flow, Request, Response};
use proptest::{collection::vec, prelude::*};

type Headers = Vec<(String, Vec<u8>)>;

fn status() -> impl Strategy<Value = u16> {
    prop_oneof![3 => Just(200), 1 => Just(400), 1 => Just(401), 1 => Just(503), 1 => any::<u16>()]
}

fn headers() -> impl Strategy<Value = Headers> {
    let name = "(?i)content-type|(?i)retry-after|(?i)www-authenticate|(?s).{0,8}";
    let value = prop_oneof![
        "application/json|application/x-www-form-urlencoded|text/html".prop_map(String::into_bytes),
        "-?[0-9]{1,30}|Fri, 31 Dec 1999 23:59:59 GMT".prop_map(String::into_bytes),
        "[A-Za-z]{1,8}( [a-z]{1,8} ?= ?(\"[ -~]{0,12}\"?|[a-z/]{0,8})[, ]{0,3}){0,4}"
            .prop_map(String::into_bytes),
        vec(any::<u8>(), 0..40),
    ];
    vec((name, value), 0..5)
}

/// Any octets, a form, or JSON with the members that are read, whole or damaged.
fn body() -> impl Strategy<Value = Vec<u8>> {
    let name = prop_oneof![
        3 => "access_token|token_type|expires_in|refresh_token|scope",
        1 => "error|error_description|error_uri|expires|expires_at",
        1 => "(?s).{0,6}",
    ];
    let value = prop_oneof![
        4 => Just("\"Bearer\"".to_owned()),
        2 => "\"[ -~]{0,12}\"|\"\\\\u[0-9a-fA-F]{4}\"|\"(?s).{0,6}\"",
        2 => "-?[0-9]{1,25}(\\.[0-9]{1,3})?([eE]-?[0-9]{1,3})?",
        1 => "null|true|\\{\\}|\\[\"a\",\"b\"\\]|\\[{0,40}|\\{\"a\":\\[\\{\\}\\]\\}",
    ];
    let members = vec((name, value), 0..8);
    let json = (members, any::<Option<proptest::sample::Index>>()).prop_map(|(members, cut)| {
        let members: Vec<_> =
            members.iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
        let mut json = format!("{{{}}}", members.join(",")).into_bytes();
        if let Some(cut) = cut {
            json.truncate(cut.index(json.len()));
        }
        json
    });
    let form = "((access_token|token_type|error|[a-z%]{0,4})=[ -~]{0,8}&?){0,5}";
    prop_oneof![4 => json, 1 => form.prop_map(String::into_bytes), 1 => vec(any::<u8>(), 0..80)]
}

/// A granted flow holds a token that a server could have issued; an error is one line.
fn check<E: Exchange>(result: &Result<Flow<Authorized>, Failure<E>>) -> Result<(), TestCaseError> {
    match result {
        Ok(flow) => {
            let token = flow.tokens().access_token().expose();
            prop_assert!(
                !token.is_empty() && token.bytes().all(|byte| matches!(byte, b' '..=b'~'))
            );
            let _ = flow.tokens().extra::<serde_json::Value>();
            let _ = flow.store();
        }
        Err(failure) => {
            let text = format!("{failure} {failure:?}");
            prop_assert!(!text.contains(char::is_control), "{:?}", text);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(384))]

    #[test]
    fn any_reply_to_a_code_is_survived(status in status(), headers in headers(), body in body()) {
        let code = code_received(&client(), "SplxlOBeZQQYbYS6WxSbIA");
        check(&code.receive(&Response::new(status, headers, body), NOW))?;
    }

    #[test]
    fn any_reply_to_a_refresh_keeps_the_flow_or_ends_it_by_invalid_grant(
        status in status(), headers in headers(), body in body(),
    ) {
        let refresh = authorized(&client(), "2YotnFZFEjr1zCsicMWpAA").unwrap().refresh().unwrap();
        let result = refresh.receive(&Response::new(status, headers, body), NOW);
        check(&result)?;
        if let Err(Failure::Over(error)) = result {
            prop_assert!(error.must_reauthorize(), "{:?}", error);
        }
    }

    #[test]
    fn any_reply_to_a_call_is_delivered_or_is_a_challenge(
        status in status(), headers in headers(), body in body(),
    ) {
        let flow = authorized(&client(), "2YotnFZFEjr1zCsicMWpAA").unwrap();
        let photos = Request::get("https://api.example/photos".parse().unwrap());
        match flow.call(photos).unwrap().receive(&Response::new(status, headers, body.clone()), NOW) {
            Ok(response) => prop_assert_eq!(response.body(), body),
            Err(failure) => {
                prop_assert!(matches!(status, 401 | 403));
                let text = format!("{failure} {failure:?}");
                prop_assert!(!text.contains(char::is_control), "{:?}", text);
            }
        }
    }
}
