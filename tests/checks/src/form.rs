//! Forms are written as `serde_urlencoded` writes them, and what is read of one is what
//! `serde_urlencoded` reads.

use crate::{
    heap, said,
    scene::{ISSUER, NOW, STRICT, awaiting, code, entropy},
    secrets::{CLIENT_SECRET, CODE, STATE},
};
use grantflow::{Callback, Exchange, Flow};

/// Writes the input, cut into names and values, as a body and as a query; and reads it as a query.
///
/// # Panics
/// If it is written or read otherwise than `serde_urlencoded` does, or if reading takes too much
/// heap.
pub fn check(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let pairs: Vec<(&str, &str)> =
        text.split('\n').map(|line| line.split_once('=').unwrap_or((line, ""))).collect();
    is_written_as_a_body(&pairs);
    is_written_as_a_query(&pairs);
    if let Ok(text) = core::str::from_utf8(input) {
        is_read(text);
    }
}

fn is_written_as_a_body(pairs: &[(&str, &str)]) {
    let mut expected = vec![("grant_type", "urn:example:grant")];
    let mut grant = STRICT.extension_grant("urn:example:grant");
    for (name, value) in pairs {
        // Names of the protocol, and a name twice, are refused.
        if let Ok(more) = grant.clone().param(name, *value) {
            grant = more;
            expected.push((name, value));
        }
    }
    expected.extend([("client_id", STRICT.id()), ("client_secret", CLIENT_SECRET)]);
    let written = serde_urlencoded::to_string(&expected).expect("it serialises");
    let request = grant.request(NOW).expect("it can be sent");
    assert_eq!(core::str::from_utf8(request.body()), Ok(written.as_str()));
}

fn is_written_as_a_query(pairs: &[(&str, &str)]) {
    let mut flow = Flow::new(&STRICT);
    let mut expected = Vec::new();
    for (name, value) in pairs.iter().filter(|(name, _)| !name.is_empty()) {
        let is_new = expected.iter().all(|(known, _)| known != name);
        if !is_new || STRICT.extension_grant("x").param(name, "").is_err() {
            continue;
        }
        flow = flow.param(name, value).expect("it is no name of the protocol's");
        expected.push((*name, *value));
    }
    let (url, _) = flow.redirect(entropy(), NOW).expect("the client can start");
    let written = serde_urlencoded::to_string(&expected).expect("it serialises");
    // A plus sign means nothing in the query of a URL but what the reader makes of it.
    let written = written.replace('+', "%20");
    let (_, query) = url.as_str().split_once('?').expect("it has a query");
    assert!(query.ends_with(&written), "{query}");
    let read: Vec<(String, String)> = serde_urlencoded::from_str(query).expect("it is a form");
    let own = read.len() - expected.len();
    let read = read[own..].iter().map(|(name, value)| (name.as_str(), value.as_str()));
    assert!(read.eq(expected), "{query}");
}

fn is_read(text: &str) {
    let own = format!("code={CODE}&state={STATE}&iss={ISSUER}&");
    let query = own + text.split('#').next().unwrap_or_default();
    let callback = heap::at_most(heap::allowed(query.len()), || Callback::from_query(&query));
    let Ok(callback) = callback else { return };
    let Some(expected) = said::pairs(query.as_bytes()) else {
        assert!(
            query.contains(char::REPLACEMENT_CHARACTER) || query.contains("%EF%BF%BD"),
            "{query}"
        );
        return;
    };
    let Ok(flow) = awaiting(&STRICT).receive(callback, NOW) else { return };
    const OWN: [&str; 6] = ["code", "state", "iss", "error", "error_description", "error_uri"];
    let expected = expected.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let extra: Vec<_> = flow.extra().collect();
    let expected: Vec<_> = expected.filter(|(name, _)| !OWN.contains(name)).collect();
    assert_eq!(extra, expected, "{query}");
    assert_eq!(flow.request(NOW).ok().map(|request| request.body().to_vec()), Some(honest()));
}

/// The request of a flow whose callback had nothing else.
fn honest() -> Vec<u8> {
    code(&STRICT).request(NOW).expect("it can be sent").body().to_vec()
}
