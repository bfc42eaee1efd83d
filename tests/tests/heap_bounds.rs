//! What takes most heap for its length, in each place where a list is read: at most eight times its
//! length and 4 KiB. Each was found by a check of a fuzz target.

use grantflow::{
    Discover, DiscoverResource, Exchange, Pending, Response, SecureUrl, StoredTokens, UnixTime,
};
use grantflow_checks::heap::{Counting, allowed, at_most};

#[global_allocator]
static HEAP: Counting = Counting;

const NOW: UnixTime = UnixTime::from_secs(1_700_000_000);

/// A list of 5,000 in its place.
fn filled(before: &str, element: &str, after: &str) -> String {
    [before, &element.repeat(5000), after].concat()
}

#[track_caller]
fn is_bounded<T, E>(text: &str, read: impl FnOnce(&str) -> Result<T, E>) {
    let result = at_most(allowed(text.len()), || read(text));
    assert!(result.is_ok(), "it was not read to its end");
}

#[test]
fn the_lists_of_a_servers_metadata() {
    for element in ["\"\",", "\"a\","] {
        let start = r#"{"issuer":"https://as.example","token_endpoint":"https://as.example/t",
            "code_challenge_methods_supported":["#;
        let body = filled(start, element, "\"S256\"]}");
        let response = Response::new(200, [("content-type", "application/json")], body.as_str());
        let discover = Discover::new("https://as.example".parse().unwrap());
        is_bounded(&body, |_| discover.receive(&response, NOW));
    }
}

#[test]
fn the_lists_of_a_resources_metadata() {
    for (name, element, last) in [
        ("scopes_supported", "\"\",", "\"\""),
        ("authorization_servers", "\"https://a\",", "\"https://a\""),
    ] {
        let start = format!(r#"{{"resource":"https://api.example","{name}":["#);
        let body = filled(&start, element, &format!("{last}]}}"));
        let response = Response::new(200, [("content-type", "application/json")], body.as_str());
        let discover = DiscoverResource::new("https://api.example".parse().unwrap()).unwrap();
        is_bounded(&body, |_| discover.receive(&response, NOW));
    }
}

#[test]
fn the_scope_and_the_resources_of_a_pending_flow() {
    for (letter, element, last) in [("o", "a++", "b"), ("u", "a:b+", "a:b")] {
        let start = format!("1~t1~bb~cc~ss~rhttps://client.example/cb~{letter}");
        is_bounded(&filled(&start, element, last), Pending::from_text);
    }
}

#[test]
fn the_resources_of_stored_tokens() {
    let start = r#"{"v":1,"access_token":"a","token_type":"Bearer","scope":"","requested":"",
        "consented":"","resources":["#;
    let text = filled(start, "\"a:b\",", "\"a:b\"]}");
    is_bounded(&text, |text| serde_json::from_str::<StoredTokens>(text));
}

#[test]
fn a_scope_that_is_stored_as_anything_else() {
    for element in ["0,", "[],", "{},"] {
        let text = filled(r#"{"v":1,"scope":["#, element, "0]}");
        let read = |text: &str| serde_json::from_str::<StoredTokens>(text).err().ok_or(());
        is_bounded(&text, read);
    }
}

#[test]
fn a_host_of_more_labels_than_dns_carries() {
    for start in ["https://", "https:///", "https:\\\\", "https:", "https://\t/", "ftp://"] {
        let text = filled(start, "xn--bcher-kva.", "example");
        let result = at_most(allowed(text.len()), || SecureUrl::parse(&text));
        assert!(result.is_err(), "{start}");
    }
    let longest = format!("https://{}:65535/", "a.".repeat(126) + "a");
    assert!(SecureUrl::parse(&longest).is_ok());
}

#[test]
fn a_path_that_a_parser_would_encode() {
    for element in ["\u{fffd}", "\u{7f}", " "] {
        let text = filled("https://api.example/", element, "");
        let result = at_most(allowed(text.len()), || SecureUrl::parse(&text));
        assert!(result.is_err(), "{element:?}");
    }
}
