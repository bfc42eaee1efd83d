//! A token reply gives the very tokens that it holds, or none; and nothing of it costs a flow that
//! need not be over.

use crate::{
    heap, json, reply, said,
    scene::{self, LENIENT, NOW, STRICT},
    secrets::{ACCESS_TOKEN, CLIENT_SECRET, CODE, REFRESH_TOKEN, STATE, VERIFIER, hidden},
};
use grantflow::{
    Authorized, Client, Exchange, Failure, Flow, Response, Secret, StoredTokens, TokenType,
};
use serde_json::Value;

/// Takes the reply in, after a code and after a refresh, for a strict, a lenient and a bound
/// client.
///
/// # Panics
/// If it gives other tokens than it holds, takes too much heap, shows a secret, or ends a flow
/// that can go on.
pub fn check(input: &[u8]) {
    let response = reply::response(input);
    let bound = scene::bound();
    for client in [&*STRICT, &*LENIENT, &bound] {
        let is_bound = core::ptr::eq(client, &bound);
        let token_type = if is_bound { TokenType::DPoP } else { TokenType::Bearer };
        // A bound client keeps the nonce in a header, too.
        let read = if is_bound { reply::length(&response) } else { response.body().len() };
        let allowed = read * 21 / 10 + 1024;

        let code = scene::code(client);
        let result = heap::at_most(allowed, || code.receive(&response, NOW));
        let secrets = [CODE, STATE, VERIFIER, CLIENT_SECRET];
        match result {
            Ok(flow) => granted(&flow, &response, client, None),
            Err(failure) => {
                hidden(&format!("{failure} {failure:?}"), &secrets);
                assert_eq!(is_later(&failure), is_transient(&response), "{failure:?}");
                assert!(is_bound || !matches!(failure, Failure::Again { .. }), "{failure:?}");
            }
        }

        let refresh = scene::refresh(client, token_type);
        let result = heap::at_most(allowed, || refresh.receive(&response, NOW));
        let secrets = [ACCESS_TOKEN, REFRESH_TOKEN, CLIENT_SECRET];
        match result {
            Ok(flow) => granted(&flow, &response, client, Some(REFRESH_TOKEN)),
            Err(failure) => {
                hidden(&format!("{failure} {failure:?}"), &secrets);
                let is_over = matches!(failure, Failure::Over(_));
                assert_eq!(is_over, failure.error().must_reauthorize(), "{failure:?}");
            }
        }
    }
}

fn is_transient(response: &Response) -> bool {
    matches!(response.status(), 429 | 500..=599)
}

fn is_later<S>(failure: &Failure<S>) -> bool {
    matches!(failure, Failure::Later { .. })
}

/// The flow holds what the reply says, and comes back from storage as it is.
fn granted(flow: &Flow<Authorized>, response: &Response, client: &Client, old: Option<&str>) {
    let is_lenient = core::ptr::eq(client, &*LENIENT);
    let tokens = flow.tokens();
    assert!(response.status() == 200 || (response.status() == 201 && is_lenient));
    let kind = said::kind(response, is_lenient);
    assert_ne!(kind, said::Kind::Other, "a body of another type was read");
    assert!(kind == said::Kind::Form || json::is_object(response.body()), "it is not JSON");
    let token = tokens.access_token().expose();
    assert!(is_vschar(token), "{token:?}");

    if let Some(said) = said::members(response, is_lenient) {
        assert_eq!(said.text("access_token"), Some(token));
        assert_eq!(said.text("error"), None, "an error was taken for a success");
        let refresh_token = tokens.refresh_token().map(Secret::expose);
        assert_eq!(said.text("refresh_token").or(old), refresh_token);
        let said_type = said.text("token_type").unwrap_or("Bearer");
        let is_known = said_type.eq_ignore_ascii_case(tokens.token_type().as_str());
        let is_alias = is_lenient && said_type.eq_ignore_ascii_case("urn:alias");
        assert!(is_known || is_alias, "a token of another type was taken: {said_type}");
        assert!(is_lenient || said.get("token_type").is_some(), "a token without a type was taken");
        match said.get("scope") {
            None => assert_eq!(tokens.scope().as_str(), "a b"),
            Some(Value::String(scope)) => assert_eq!(tokens.scope().as_str(), scope),
            Some(array) => {
                let separator = if is_lenient { "," } else { " " };
                let texts: Vec<String> = serde_json::from_value(array.clone()).expect("of texts");
                // Empty texts at the beginning leave no separator.
                let known =
                    tokens.scope().as_str().split(separator).filter(|text| !text.is_empty());
                let texts = texts.iter().flat_map(|text| text.split(separator));
                assert!(known.eq(texts.filter(|text| !text.is_empty())), "{array}");
            }
        }
        match (said.get("expires_in"), tokens.expires_at()) {
            (None, None) => {}
            (None, Some(_)) => assert!(is_lenient, "an end that was not said"),
            (Some(said), Some(end)) => {
                let lifetime = end.saturating_since(NOW).as_secs();
                let is_last = end.as_secs() == u64::MAX;
                assert!(json::is_seconds(said, lifetime) || is_last, "{said} {lifetime}");
            }
            (Some(said), None) => assert!(is_lenient && json::is_seconds(said, 0), "{said}"),
        }
    }

    // The scope is the server's own text.
    let shown = format!("{flow:?} {tokens:?} {:?}", flow.store());
    let shown = shown.replace(&format!("{:?}", tokens.scope()), "");
    hidden(&shown, &[CODE, STATE, VERIFIER, CLIENT_SECRET, ACCESS_TOKEN, REFRESH_TOKEN]);
    let _ = tokens.extra::<Value>();
    is_the_same_after_storage(flow);
}

fn is_the_same_after_storage(flow: &Flow<Authorized>) {
    let written = serde_json::to_string(&flow.store()).expect("it serialises");
    let stored: StoredTokens = serde_json::from_str(&written).expect("it was written so");
    let restored = Flow::restore(flow.client(), stored).expect("it is the client's");
    assert_eq!(serde_json::to_string(&restored.store()).expect("it serialises"), written);
    let (before, after) = (flow.tokens(), restored.tokens());
    assert!(before.access_token() == after.access_token());
    assert!(before.refresh_token() == after.refresh_token());
    assert_eq!(before.token_type(), after.token_type());
    assert_eq!(before.expires_at(), after.expires_at());
    assert!(before.scope().iter().eq(after.scope().iter()), "{:?}", before.scope());
    assert!(before.requested_scope().iter().eq(after.requested_scope().iter()));
}

fn is_vschar(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|octet| matches!(octet, b' '..=b'~'))
}
