//! What is pushed comes back as one `request_uri` in the browser's URL, and nothing that was
//! pushed does.

use crate::{
    heap, json, reply, said,
    scene::{self, LENIENT, NOW, STRICT},
    secrets::{CLIENT_SECRET, CODE, STATE, VERIFIER, hidden},
};
use grantflow::{Callback, Exchange, Failure, Flow, Response};
use url::Url;

/// Takes the reply in.
///
/// # Panics
/// If the URL is another than was said, if it holds a secret, if the flow does not wait for its
/// own callback, or if it takes too much heap.
pub fn check(input: &[u8]) {
    let response = reply::response(input);
    let bound = scene::bound();
    for client in [&*STRICT, &*LENIENT, &bound] {
        let flow = Flow::new(client).scope("a b").expect("it is a scope");
        let push = flow.push(scene::entropy(), NOW).expect("there is an endpoint");
        let allowed = heap::allowed(reply::length(&response));
        match heap::at_most(allowed, || push.receive(&response, NOW)) {
            Ok((url, awaiting)) => {
                let is_lenient = core::ptr::eq(client, &*LENIENT);
                assert!(response.status() == 201 || (is_lenient && response.status() == 200));
                is_what_was_said(&url, &response, is_lenient);
                let query = format!("code={CODE}&state={STATE}&iss={}", scene::ISSUER);
                let callback = Callback::from_query(&query).expect("it is well formed");
                assert!(awaiting.receive(callback, NOW).is_ok(), "the flow is another");
            }
            Err(failure) => {
                hidden(&format!("{failure} {failure:?}"), &[STATE, VERIFIER, CLIENT_SECRET]);
                let is_transient = matches!(response.status(), 429 | 500..=599);
                assert_eq!(matches!(failure, Failure::Later { .. }), is_transient, "{failure:?}");
                let is_again = matches!(failure, Failure::Again { .. });
                assert!(!is_again || core::ptr::eq(client, &bound), "{failure:?}");
            }
        }
    }
}

fn is_what_was_said(url: &grantflow::AuthorizationUrl, response: &Response, sniff: bool) {
    hidden(&format!("{url:?}"), &[STATE, VERIFIER, CLIENT_SECRET]);
    let end = url.expires_at().expect("a pushed request has an end");
    assert!(end > NOW, "it is over before it begins");
    let parsed = Url::parse(url.as_str()).expect("it is a URL");
    assert_eq!(parsed.as_str(), url.as_str(), "a parser would mend it");
    let pairs: Vec<_> = parsed.query_pairs().collect();
    let names: Vec<_> = pairs.iter().map(|(name, _)| name.as_ref()).collect();
    assert_eq!(names, ["client_id", "request_uri"]);
    let Some(said) = said::members(response, sniff) else { return };
    assert_eq!(said.text("error"), None, "an error was taken for a success");
    assert_eq!(said.text("request_uri"), Some(pairs[1].1.as_ref()));
    let expires_in = said.get("expires_in").expect("it has an end");
    let lifetime = end.saturating_since(NOW).as_secs();
    assert!(json::is_seconds(expires_in, lifetime) || end.as_secs() == u64::MAX, "{expires_in}");
}
