//! A stored login is taken up only by its own browser and client, goes on with exactly what is
//! written in it, and what is read is written again as it was meant.

use crate::{
    heap, said,
    scene::{NOW, STRICT, awaiting, session},
    secrets::{CLIENT_SECRET, CODE, SESSION, STATE, VERIFIER, hidden},
};
use grantflow::{Callback, Exchange, Failure, Flow, Pending, SessionBinding};
use std::{collections::BTreeMap, sync::LazyLock};
use url::form_urlencoded::byte_serialize;

/// The text of a login of this client and this browser.
pub static OWN: LazyLock<String> =
    LazyLock::new(|| awaiting(&STRICT).suspend(&session()).to_text().to_string());

/// Reads the text, takes it up and goes on with it.
///
/// # Panics
/// If another browser or client takes it up, if the login is not the one that is written there,
/// if a secret is shown, or if it takes too much heap.
pub fn check(input: &[u8]) {
    let Ok(text) = core::str::from_utf8(input) else { return };
    let allowed = heap::allowed(input.len());
    let pending = match heap::at_most(allowed, || Pending::from_text(text)) {
        Ok(pending) => pending,
        Err(error) => return hidden(&format!("{error} {error:?}"), &[STATE, VERIFIER, SESSION]),
    };
    hidden(&format!("{pending:?}"), &[STATE, VERIFIER, SESSION]);
    let written = pending.to_text();
    let is_cookie =
        |octet| matches!(octet, b'!' | b'#'..=b'+' | b'-'..=b':' | b'<'..=b'[' | b']'..=b'~');
    assert!(written.bytes().all(is_cookie), "{}", *written);
    let fields = fields(text);
    assert_eq!(fields_in_order(&fields), fields_in_order(&self::fields(&written)));
    let again = Pending::from_text(&written).expect("it was written so");
    assert_eq!(*again.to_text(), *written);
    let json = serde_json::to_string(&pending).expect("it serialises");
    let again: Pending = serde_json::from_str(&json).expect("it was written so");
    assert_eq!(*again.to_text(), *written);

    let other = SessionBinding::new("another session");
    assert!(Flow::resume(&STRICT, &pending, &other).is_err(), "another browser took it up");
    match Flow::resume(&STRICT, &pending, &session()) {
        Ok(flow) => goes_on(flow, &fields),
        Err(error) => hidden(&format!("{error} {error:?}"), &[STATE, VERIFIER, SESSION]),
    }
}

type Fields = BTreeMap<char, String>;

/// The fields by their letters, read by another library.
fn fields(text: &str) -> Fields {
    let field = |field: &str| {
        let name = field.chars().next().expect("it was read");
        let pair = format!("{name}={}", &field[name.len_utf8()..]);
        // An ampersand has no meaning here.
        let pairs = said::pairs(pair.replace('&', "%26").as_bytes());
        let value = pairs.and_then(|mut pairs| Some(pairs.pop()?.1));
        (name, value.unwrap_or_else(|| "not of the other library".into()))
    };
    text.split('~').skip(1).map(field).collect()
}

/// As they are meant: the scope's separators do not count, nor do a number's leading zeros.
fn fields_in_order(fields: &Fields) -> Fields {
    let mut fields = fields.clone();
    if let Some(scope) = fields.get_mut(&'o') {
        *scope = scope.split(' ').filter(|token| !token.is_empty()).collect::<Vec<_>>().join(" ");
    }
    if let Some(time) = fields.get_mut(&'t') {
        *time = time.parse::<u64>().expect("it was read").to_string();
    }
    fields.retain(|name, value| *name != 'o' || !value.is_empty());
    fields
}

fn goes_on(flow: Flow<grantflow::AwaitingCallback>, fields: &Fields) {
    let own = self::fields(&OWN);
    assert_eq!(fields.get(&'b'), own.get(&'b'), "another browser's login was taken up");
    assert_eq!(fields.get(&'c'), own.get(&'c'), "another client's login was taken up");
    assert!(!fields.contains_key(&'k'), "a bound login was taken up by a client that is not");
    let state: String = byte_serialize(fields[&'s'].as_bytes()).collect();
    let query = format!("code={CODE}&state={state}&iss={}", crate::scene::ISSUER);
    let is_form_post = fields.contains_key(&'m');
    let callback = match is_form_post {
        true => Callback::from_form_post("application/x-www-form-urlencoded", query.as_bytes()),
        false => Callback::from_query(&query),
    };
    let started = fields[&'t'].parse::<u64>().expect("it was read");
    let is_in_time = started.abs_diff(NOW.as_secs()) <= 600;
    match flow.receive(callback.expect("it is well formed"), NOW) {
        Ok(code) => {
            assert!(is_in_time, "a login of another time went on");
            let request = code.request(NOW).expect("it can be sent");
            let sent = said::pairs(request.body()).expect("it is a form");
            let value = |name| {
                let mut named = sent.iter().filter(|(known, _)| known == name);
                let value = named.next().map(|(_, value)| value);
                assert!(named.next().is_none() || name == "resource", "{name} twice");
                value
            };
            assert_eq!(value("code_verifier"), fields.get(&'v'));
            assert_eq!(value("redirect_uri"), fields.get(&'r'));
            assert_eq!(value("client_secret").map(String::as_str), Some(CLIENT_SECRET));
        }
        Err(failure) => {
            assert!(!is_in_time, "{failure:?}");
            assert!(matches!(failure, Failure::Over(_)), "{failure:?}");
        }
    }
}
