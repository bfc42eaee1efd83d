//! A refusal is the same whoever asked: its code and its texts are the reply's without the
//! exchange's secrets, and what is left of the exchange is what its status says.

use crate::{
    heap, reply, said,
    scene::{self, NOW, SERVER, STRICT},
    secrets::{
        ACCESS_TOKEN, ASKED_TOKEN, CLIENT_SECRET, CODE, DEVICE_CODE, REFRESH_TOKEN,
        REGISTRATION_TOKEN, STATE, VERIFIER, blanked, hidden,
    },
};
use grantflow::{
    ApplicationType, ClientMetadata, DevicePoll, Error, ErrorCode, Exchange, Failure, Flow,
    Refusal, Response, TokenType,
};
use serde_json::Value;
use std::time::Duration;

/// Takes the reply in, in every exchange with the authorization server.
///
/// # Panics
/// If an exchange makes something else of a refusal than what is said, shows a secret, waits for
/// longer than an hour, takes too much heap, or ends where nothing was spent.
pub fn check(input: &[u8]) {
    let response = reply::response(input);
    let client = &*STRICT;
    let flow = || scene::authorized(client, TokenType::Bearer);
    let tokens = [REFRESH_TOKEN, ACCESS_TOKEN, CLIENT_SECRET];
    ask(scene::code(client), &response, &[CODE, STATE, VERIFIER, CLIENT_SECRET]);
    ask(flow().revoke().expect("it is"), &response, &tokens);
    ask(client.introspect(ASKED_TOKEN).expect("it is"), &response, &[ASKED_TOKEN, CLIENT_SECRET]);
    ask(client.device().expect("it is"), &response, &[CLIENT_SECRET]);
    let push = Flow::new(client).push(scene::entropy(), NOW).expect("it is");
    ask(push, &response, &[STATE, VERIFIER, CLIENT_SECRET]);
    ask(client.client_credentials().expect("it is"), &response, &[CLIENT_SECRET]);
    let metadata = ClientMetadata::new(ApplicationType::Web, []);
    let register = SERVER.register(&metadata).expect("it is");
    let register = register.initial_access_token(REGISTRATION_TOKEN);
    ask(register, &response, &[REGISTRATION_TOKEN]);

    if let Some(failure) = ask_only(flow().refresh().expect("it has one"), &response, &tokens) {
        let is_over = matches!(failure, Failure::Over(_));
        assert_eq!(is_over, failure.error().must_reauthorize(), "{failure:?}");
    }
    if let Some(failure) = ask_only(poll(), &response, &[DEVICE_CODE, CLIENT_SECRET]) {
        poll_goes_on(&failure, is_transient(&response));
    }
}

/// As [`ask_only`], and what is left must be what the status says.
fn ask<E: Exchange>(exchange: E, response: &Response, secrets: &[&str]) {
    let Some(failure) = ask_only(exchange, response, secrets) else { return };
    let is_over = matches!(failure, Failure::Over(_));
    assert_eq!(is_over, !is_transient(response), "{failure:?}");
    assert!(!matches!(failure, Failure::Again { .. }), "{failure:?}");
}

fn ask_only<E: Exchange>(exchange: E, response: &Response, secrets: &[&str]) -> Option<Failure<E>> {
    let allowed = heap::allowed(response.body().len());
    let failure = heap::at_most(allowed, || exchange.receive(response, NOW)).err()?;
    hidden(&format!("{failure} {failure:?} {:?}", failure.error()), secrets);
    if let Failure::Again { wait, .. } | Failure::Later { wait: Some(wait), .. } = &failure {
        assert!(*wait <= Duration::from_secs(3600), "{wait:?}");
    }
    match failure.error() {
        Error::Refused(refusal) => is_what_was_said(refusal, response, secrets),
        error => assert!(!is_refusal(response), "{error:?}"),
    }
    Some(failure)
}

/// Whether the reply is beyond doubt an error of RFC 6749 section 5.2.
fn is_refusal(response: &Response) -> bool {
    let is_once = |said: &crate::json::Object, name| said.count(name) <= 1;
    let said = said::members(response, false).filter(|said| {
        ["error", "error_description", "error_uri"].into_iter().all(|name| is_once(said, name))
    });
    (400..500).contains(&response.status())
        && said::kind(response, false) == said::Kind::Json
        && response.body().len() <= 1 << 20
        && said.is_some_and(|said| said.text("error").is_some())
}

fn is_what_was_said(refusal: &Refusal, response: &Response, secrets: &[&str]) {
    // An end of one's own making has no status: the poll's lifetime is over.
    if refusal.status().is_none() {
        assert_eq!(*refusal.code(), ErrorCode::ExpiredToken);
        return;
    }
    assert_eq!(refusal.status(), Some(response.status()));
    assert!(refusal.retry_after().is_none_or(|wait| wait <= Duration::from_secs(3600)));
    let Some(said) = said::members(response, false) else { return };
    let text = |name| said.get(name).and_then(Value::as_str).map(|text| blanked(text, secrets));
    assert_eq!(Some(refusal.code().as_str()), text("error").as_deref());
    for (name, known) in
        [("error_description", refusal.description()), ("error_uri", refusal.uri())]
    {
        assert_eq!(known.map(grantflow::ServerText::as_str), text(name).as_deref(), "{name}");
    }
}

fn is_transient(response: &Response) -> bool {
    matches!(response.status(), 429 | 500..=599)
}

/// A poll that has a minute, of which it waits five seconds each time.
fn poll() -> DevicePoll {
    let body = format!(
        r#"{{"device_code":"{DEVICE_CODE}","user_code":"WDJB-MJHT","expires_in":60,
            "verification_uri":"https://as.example/device"}}"#
    );
    let json = [("Content-Type", "application/json")];
    let response = Response::new(200, json, body);
    STRICT.device().and_then(|device| Ok(device.receive(&response, NOW)?)).expect("it is in order")
}

fn poll_goes_on(failure: &Failure<DevicePoll>, is_transient: bool) {
    match failure.error().code() {
        Some(ErrorCode::AuthorizationPending) => {
            assert!(matches!(failure, Failure::Again { wait, .. } if wait.as_secs() == 5));
        }
        Some(ErrorCode::SlowDown) => {
            assert!(matches!(failure, Failure::Again { wait, .. } if wait.as_secs() == 10));
        }
        _ => assert_eq!(matches!(failure, Failure::Later { .. }), is_transient, "{failure:?}"),
    }
}
