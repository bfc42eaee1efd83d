//! The device flow (RFC 8628).

use super::{
    fixture::{Recorded, now},
    outcome, party,
    said::Said,
    tokens,
};
use crate::vectors::fault::{Fault, equal};
use grantflow::{DevicePoll, Exchange, Response, SecureUrl};
use serde_json::{Value, json};

/// The device asks for its codes.
pub(super) fn authorization(recorded: &Recorded) -> Result<(), Fault> {
    let scope = recorded.request.param("scope").unwrap_or_default();
    let exchange = party::client(recorded)?.device()?.scope(&scope)?;
    let said = Said::of(recorded, 200);
    let Some(poll) = outcome::run(recorded, &said, exchange)? else { return Ok(()) };
    let reply = recorded.json();
    let text = |name| reply.get(name).and_then(Value::as_str);
    let number = |name| reply.get(name).and_then(Value::as_u64);
    equal("user_code", &text("user_code"), &Some(poll.user_code().as_str()))?;
    let uri = Some(poll.verification_uri().as_str());
    equal("verification_uri", &text("verification_uri"), &uri)?;
    let complete = poll.verification_uri_complete().map(SecureUrl::as_str);
    equal("verification_uri_complete", &text("verification_uri_complete"), &complete)?;
    let end = number("expires_in").map(|lifetime| now().as_secs() + lifetime);
    equal("expires_in", &end, &Some(poll.expires_at().as_secs()))?;
    // Five seconds where the server says nothing (RFC 8628 section 3.2).
    equal("interval", &number("interval").unwrap_or(5), &poll.interval().as_secs())?;
    let polled = poll.request(now())?;
    let code = format!("device_code={}", text("device_code").unwrap_or_default());
    let body = String::from_utf8_lossy(polled.body()).into_owned();
    equal("device_code", &true, &body.contains(&code))
}

/// The device asks whether the user has decided.
pub(super) fn poll(recorded: &Recorded) -> Result<(), Fault> {
    tokens::finish(recorded, polling(recorded)?, "", None)
}

/// A device that was given the recorded code.
fn polling(recorded: &Recorded) -> Result<DevicePoll, Fault> {
    let reply = json!({
        "device_code": recorded.request.param("device_code"),
        "user_code": "WDJB-MJHT",
        "verification_uri": "https://as.example/device",
        "expires_in": 600,
    });
    let reply = Response::new(200, [("content-type", "application/json")], reply.to_string());
    Ok(party::client(recorded)?.device()?.receive(&reply, now())?)
}
