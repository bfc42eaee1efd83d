//! Stored tokens are taken up by the client that they belong to, hold exactly what is written,
//! and what is read is written again as it was meant.

use crate::{
    heap,
    json::Object,
    scene::{self, STRICT, authorized},
    secrets::{ACCESS_TOKEN, REFRESH_TOKEN, hidden},
};
use grantflow::{Flow, Secret, StoredTokens, TokenType, UnixTime};
use serde_json::Value;
use std::sync::LazyLock;

/// Tokens of this client as they are stored.
pub static OWN: LazyLock<String> = LazyLock::new(|| {
    let flow = authorized(&STRICT, TokenType::Bearer);
    serde_json::to_string(&flow.store()).expect("it serialises")
});

/// Reads the text and takes the tokens up, for a client and for one that is bound to a key.
///
/// # Panics
/// If another client takes them up, if they are others than those that are written there, if one
/// is shown, or if it takes too much heap.
pub fn check(input: &[u8]) {
    let allowed = heap::allowed(input.len());
    let stored = heap::at_most(allowed, || serde_json::from_slice::<StoredTokens>(input));
    let stored = match stored {
        Ok(stored) => stored,
        Err(error) => return hidden(&format!("{error}"), &[ACCESS_TOKEN, REFRESH_TOKEN]),
    };
    let written = serde_json::to_string(&stored).expect("it serialises");
    let again: StoredTokens = serde_json::from_str(&written).expect("it was written so");
    assert_eq!(serde_json::to_string(&again).expect("it serialises"), written);
    let (Some(was), Some(is)) = (Object::read(input), Object::read(written.as_bytes())) else {
        panic!("it is JSON");
    };
    means_the_same(&was, &is);

    let bound = scene::bound();
    for client in [&*STRICT, &bound] {
        match Flow::restore(client, stored.clone()) {
            Ok(flow) => {
                let own: Value = serde_json::from_str(&OWN).expect("it is JSON");
                assert!(was.get("client").is_none_or(|owner| *owner == own["client"]));
                let tokens = flow.tokens();
                let is_bound = tokens.token_type() == TokenType::DPoP;
                assert_eq!(is_bound, core::ptr::eq(client, &bound), "a token of another key");
                let said = |name| was.get(name).and_then(Value::as_str);
                assert_eq!(said("access_token"), Some(tokens.access_token().expose()));
                assert_eq!(said("refresh_token"), tokens.refresh_token().map(Secret::expose));
                let end = tokens.expires_at().map(UnixTime::as_secs);
                assert_eq!(was.get("expires_at").and_then(Value::as_u64), end);
                let shown = format!("{flow:?} {tokens:?} {stored:?}");
                let shown = shown.replace(&format!("{:?}", tokens.scope()), "");
                hidden(&shown, &[ACCESS_TOKEN, REFRESH_TOKEN]);
            }
            Err(error) => {
                hidden(&format!("{error} {error:?}"), &[ACCESS_TOKEN, REFRESH_TOKEN]);
            }
        }
    }
}

fn means_the_same(was: &Object, is: &Object) {
    for name in ["v", "client", "access_token", "expires_at", "refresh_token", "key"] {
        assert_eq!(was.get(name), is.get(name), "{name}");
    }
    for name in ["scope", "requested", "consented"] {
        // A space is what separates unless something else is named.
        let plain = |value: &Value| match value.as_array().map(Vec::as_slice) {
            Some([text, Value::String(space)]) if space == " " => text.clone(),
            _ => value.clone(),
        };
        assert_eq!(was.get(name).map(plain), is.get(name).map(plain), "{name}");
    }
    let lower = |said: &Object| said.text("token_type").map(str::to_ascii_lowercase);
    assert_eq!(lower(was), lower(is));
    let is_empty = |value: &&Value| value.as_array().is_some_and(Vec::is_empty);
    let resources = |said: &Object| said.get("resources").filter(|all| !is_empty(all)).cloned();
    assert_eq!(resources(was), resources(is));
}
