//! Challenges are read as they are written: what was understood reads the same when it is written
//! anew, and the token that was sent is in none of it.

use crate::{
    heap,
    scene::{self, NOW, STRICT},
    secrets::{ACCESS_TOKEN, hidden},
};
use grantflow::{
    Challenge, Challenged, DiscoverResource, Error, Exchange, Failure, Request, Response, TokenType,
};

/// What all fields of a reply may hold together.
const MAX_BYTES: usize = 16 * 1024;

/// Takes the input's lines in as the `WWW-Authenticate` fields of a 401.
///
/// # Panics
/// If a challenge reads otherwise when it is written anew, leads to a URL that is not secure,
/// shows the token, or takes too much heap.
pub fn check(input: &[u8]) {
    let fields: Vec<_> = input.split(|octet| *octet == b'\n').collect();
    let challenged = read(&fields);
    hidden(&format!("{challenged} {challenged:?}"), &[ACCESS_TOKEN]);
    assert!(challenged.challenges().len() <= 16);
    for challenge in challenged.challenges() {
        is_harmless(challenge);
    }
    let written: Vec<_> = challenged.challenges().iter().map(write).collect();
    let length: usize = written.iter().map(String::len).sum();
    // What stands in the place of the token is not in a token68's alphabet.
    let is_blanked = |challenge: &Challenge| {
        challenge.token68().is_some_and(|text| text.as_str().contains("***"))
    };
    if length <= MAX_BYTES && !challenged.challenges().iter().any(is_blanked) {
        let one_each: Vec<_> = written.iter().map(String::as_bytes).collect();
        assert_eq!(read(&one_each), challenged, "{written:?}");
        let joined = written.join(",");
        if joined.len() <= MAX_BYTES {
            assert_eq!(read(&[joined.as_bytes()]), challenged, "{joined}");
        }
    }
}

fn read(fields: &[&[u8]]) -> Challenged {
    let flow = scene::authorized(&STRICT, TokenType::Bearer);
    let photos = Request::get("https://api.example/photos".parse().expect("it is a URL"));
    let call = flow.call(photos).expect("the token goes into a header");
    let response = Response::new(401, fields.iter().map(|field| ("WWW-Authenticate", field)), "");
    let length = fields.iter().map(|field| field.len()).sum();
    match heap::at_most(heap::allowed(length), || call.receive(&response, NOW)) {
        Err(Failure::Over(Error::Challenged(challenged))) => challenged,
        other => panic!("a 401 is a challenge: {other:?}"),
    }
}

fn is_harmless(challenge: &Challenge) {
    hidden(challenge.scheme(), &[ACCESS_TOKEN]);
    for (name, value) in challenge.params() {
        assert!(!value.as_str().contains(ACCESS_TOKEN), "{name} repeats the token");
        assert!(!value.as_str().contains(['\r', '\n', '\0']), "{name}");
    }
    let called = "https://api.example/photos".parse().expect("it is a resource");
    if let Some(discover) = DiscoverResource::from_challenge(challenge, called) {
        let request = discover.request(NOW).expect("it can be asked");
        assert!(matches!(request.url().as_url().scheme(), "https" | "http"));
        assert_eq!(request.header("authorization"), None);
    } else {
        assert!(challenge.param("resource_metadata").is_none(), "it leads astray");
    }
}

/// A challenge in its plainest form.
fn write(challenge: &Challenge) -> String {
    let mut written = challenge.scheme().to_owned();
    if let Some(token68) = challenge.token68() {
        written.push(' ');
        written.push_str(token68.as_str());
    }
    for (index, (name, value)) in challenge.params().enumerate() {
        written.push_str(if index == 0 { " " } else { ", " });
        written.push_str(name);
        written.push_str("=\"");
        for character in value.as_str().chars() {
            if matches!(character, '"' | '\\') {
                written.push('\\');
            }
            written.push(character);
        }
        written.push('"');
    }
    written
}
