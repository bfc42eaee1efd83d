//! The browser's fault, or whose ever is behind it.

use crate::{client, says, server};
use grantflow::{Callback, Client, Entropy, Flow, Policy, ResponseMode, UnixTime};

const STATE: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

fn parses(query: &str) -> grantflow::Error {
    Callback::from_query(query).unwrap_err()
}

#[track_caller]
fn received_says(client: &Client, query: &str, message: &str) {
    received_after_says(0, client, &query.replace("STATE", STATE), message);
}

#[track_caller]
fn received_after_says(seconds: u64, client: &Client, query: &str, message: &str) {
    let start = Flow::new(client).redirect(Entropy::from_bytes([0; 96]), UnixTime::from_secs(0));
    let callback = Callback::from_query(query).unwrap();
    let failure = start.unwrap().1.receive(callback, UnixTime::from_secs(seconds)).unwrap_err();
    says(failure, message);
}

#[test]
fn parsing() {
    says(parses("a=%zz"), "the callback is not validly percent-encoded UTF-8");
    says(parses("code=%FF"), "the callback is not validly percent-encoded UTF-8");
    says(parses(&"a".repeat(65_537)), "the callback is larger than 64 KiB");
    let many: Vec<_> = (0..65).map(|number| format!("p{number}=x")).collect();
    says(parses(&many.join("&")), "the callback has more than 64 parameters");
    assert!(Callback::from_query(&many[..64].join("&")).is_ok());
    for name in ["code", "state", "iss", "error", "error_description", "response", "token"] {
        let query = format!(
            "{name}=1&{}%{:02x}=1",
            &name[..name.len() - 1],
            name.as_bytes()[name.len() - 1]
        );
        let error = parses(&query).to_string();
        let unexpected = "response token".contains(name);
        assert_eq!(error.contains("which has no place"), unexpected, "{error}");
        assert_eq!(error == format!("the callback has {name} twice"), !unexpected, "{error}");
    }
    says(parses("shop=1&shop=2"), "the callback has a parameter twice");
    for name in ["access_token", "id_token", "token", "response"] {
        says(
            parses(&format!("code=a&state=b&{name}=x")),
            &format!("the callback has {name}, which has no place in a code flow"),
        );
    }
    for media_type in ["", "application/json", "application/x-www-form-urlencoded-not"] {
        says(
            Callback::from_form_post(media_type, b"code=a").unwrap_err(),
            "the callback's body is not application/x-www-form-urlencoded",
        );
    }
}

#[test]
fn checking() {
    let client = client().build().unwrap();
    received_says(&client, "code=a", "the callback has no state");
    received_says(&client, "code=a&state=", "the callback has no state");
    received_says(&client, "code=a&state=b", "the callback's state is not this flow's");
    received_says(
        &client,
        "code=a&state=STATE&iss=https%3A%2F%2Fas.example%2F",
        "the callback's iss is not the issuer that was asked",
    );
    received_says(&client, "state=STATE", "the callback has neither a code nor an error");
    received_says(
        &client,
        "state=STATE&code=a%0Ab",
        "the callback's code holds characters that RFC 6749 forbids",
    );
    received_after_says(
        601,
        &client,
        &format!("code=a&state={STATE}"),
        "the callback came too late; start the login again",
    );
}

#[test]
fn a_missing_iss() {
    let build = |policy| {
        let server =
            server().with_iss_required(true).with_code_challenge_methods_supported(["S256"]);
        let redirect_uri = "https://client.example/cb".parse().unwrap();
        Client::public(server, "id").redirect_uri(redirect_uri).policy(policy).build().unwrap()
    };
    let query = "error=access_denied&error_description=not+shown&state=STATE";
    received_says(&build(Policy::default()), "code=a&state=STATE", "the callback has no iss");
    received_says(
        &build(Policy::default()),
        query,
        "the callback has no iss; it carries the unverified error access_denied",
    );
    let mut hiding = Policy::default();
    hiding.expose_unverified_error = false;
    received_says(&build(hiding), query, "the callback has no iss");
    received_says(&build(Policy::default()), "code=a&state=STATE&iss=", "the callback has no iss");
}

#[test]
fn modes_and_paths() {
    let client = client().build().unwrap();
    let flow = Flow::new(&client).response_mode(ResponseMode::FormPost);
    let start = flow.redirect(Entropy::from_bytes([0; 96]), UnixTime::from_secs(0)).unwrap();
    let callback = Callback::from_query("code=a").unwrap();
    says(
        start.1.receive(callback, UnixTime::from_secs(0)).unwrap_err(),
        "the callback did not come by the response mode that was asked for",
    );
    let flow = Flow::new(&client).redirect_uri("http://127.0.0.1:7000/cb".parse().unwrap());
    let start = flow.redirect(Entropy::from_bytes([0; 96]), UnixTime::from_secs(0)).unwrap();
    let callback = Callback::from_url("http://127.0.0.1:7000/cb/?code=a").unwrap();
    says(
        start.1.receive(callback, UnixTime::from_secs(0)).unwrap_err(),
        "the callback is not at the path of the redirect URI",
    );
}
