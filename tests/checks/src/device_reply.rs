//! A device reply makes a poll only of what stands in it, and no poll is without an end or asks
//! more often than it may.

use crate::{
    heap, json, reply, said,
    scene::{LENIENT, NOW, STRICT},
    secrets::{CLIENT_SECRET, DEVICE_CODE, hidden},
};
use grantflow::{DevicePoll, Exchange, Failure, Response, SecureUrl};
use url::form_urlencoded;

/// Takes the reply in and, if it makes a poll, polls until it is over.
///
/// # Panics
/// If the poll is another than was said, shows its code, asks for ever, or takes too much heap.
pub fn check(input: &[u8]) {
    let response = reply::response(input);
    for client in [&*STRICT, &*LENIENT] {
        let device = client.device().and_then(|device| device.scope("a b")).expect("it is");
        let allowed = heap::allowed(response.body().len());
        match heap::at_most(allowed, || device.receive(&response, NOW)) {
            Ok(poll) => {
                is_what_was_said(&poll, &response, core::ptr::eq(client, &*LENIENT));
                ends(poll);
            }
            Err(failure) => {
                hidden(&format!("{failure} {failure:?}"), &[CLIENT_SECRET]);
                let is_transient = matches!(response.status(), 429 | 500..=599);
                assert_eq!(matches!(failure, Failure::Later { .. }), is_transient, "{failure:?}");
            }
        }
    }
}

fn is_what_was_said(poll: &DevicePoll, response: &Response, sniff: bool) {
    assert_eq!(response.status(), 200);
    // What the user is to see is the server's own text.
    let shown = format!("{poll:?}").replace(&format!("{:?}", poll.user_code()), "");
    let shown = shown.replace(&format!("{:?}", poll.verification_uri()), "");
    hidden(&shown, &[CLIENT_SECRET, DEVICE_CODE]);
    assert!((1..=3600).contains(&poll.interval().as_secs()), "{:?}", poll.interval());
    let Some(said) = said::members(response, sniff) else { return };
    assert_eq!(said.text("error"), None, "an error was taken for a success");
    assert_eq!(said.text("user_code"), Some(poll.user_code().as_str()));
    let request = poll.request(NOW).expect("it can be sent");
    let mut sent = form_urlencoded::parse(request.body());
    let sent = sent.find(|(name, _)| name == "device_code").map(|(_, code)| code);
    assert_eq!(said.text("device_code"), sent.as_deref());
    let uri = said.text("verification_uri").or(said.text("verification_url"));
    let url = |text: &str| SecureUrl::parse(text).expect("it was taken");
    assert_eq!(uri.map(url).as_ref(), Some(poll.verification_uri()));
    let complete = said.text("verification_uri_complete").map(url);
    assert_eq!(complete.as_ref(), poll.verification_uri_complete());
    let lifetime = poll.expires_at().saturating_since(NOW).as_secs();
    let expires_in = said.get("expires_in").expect("it has an end");
    assert!(json::is_seconds(expires_in, lifetime) || poll.expires_at().as_secs() == u64::MAX);
}

/// However often the server says that the user has not decided, the poll ends in its time.
fn ends(mut poll: DevicePoll) {
    let json = [("Content-Type", "application/json")];
    let slow_down = Response::new(400, json, r#"{"error":"slow_down"}"#);
    let (end, mut now) = (poll.expires_at(), NOW);
    // From 5 seconds to an hour it takes 719 times; a poll that lives for years is left then.
    for _ in 0..720 {
        let interval = poll.interval();
        match poll.receive(&slow_down, now) {
            Err(Failure::Again { state, wait, .. }) => {
                assert!(wait >= interval && wait.as_secs() <= 3600, "{wait:?}");
                now = now.saturating_add(wait);
                assert!(now < end, "it polls after its end");
                poll = *state;
            }
            Err(Failure::Over(error)) => {
                assert_eq!(error.code(), Some(&grantflow::ErrorCode::ExpiredToken));
                return;
            }
            other => panic!("slow_down is neither tokens nor a fault: {other:?}"),
        }
    }
    assert!(end.saturating_since(NOW).as_secs() > 86_400, "it polls for ever");
}
