//! Dynamic registration, and its management (RFC 7591, RFC 7592).

use super::{
    fixture::{Recorded, now},
    outcome,
    said::Said,
};
use crate::vectors::fault::{Fault, equal};
use grantflow::{
    ApplicationType, AuthorizationServer, ClientMetadata, Exchange, Register, Registration,
    Response, Secret,
};
use serde_json::{Value, json};

/// A client registers itself.
pub(super) fn register(recorded: &Recorded) -> Result<(), Fault> {
    finish(recorded, registering(recorded)?, 201)
}

/// It reads what it registered.
pub(super) fn read(recorded: &Recorded) -> Result<(), Fault> {
    finish(recorded, registered(recorded)?.read()?, 200)
}

/// It gives it up.
pub(super) fn delete(recorded: &Recorded) -> Result<(), Fault> {
    let said = Said::of_status(recorded, 204);
    outcome::run(recorded, &said, registered(recorded)?.delete()?).map(|_| ())
}

fn finish(recorded: &Recorded, exchange: Register, success: u16) -> Result<(), Fault> {
    let reply = recorded.json();
    let text = |name| reply.get(name).and_then(Value::as_str);
    let said = match Said::of(recorded, success) {
        // Required where there is a secret (RFC 7591 section 3.2.1).
        Said::Yes
            if text("client_secret").is_some()
                && reply.get("client_secret_expires_at").is_none() =>
        {
            Said::Lacks("client_secret_expires_at")
        }
        other => other,
    };
    let Some(registration) = outcome::run(recorded, &said, exchange)? else { return Ok(()) };
    equal("client_id", &text("client_id"), &Some(registration.client_id()))?;
    let secret = registration.client_secret().map(Secret::expose);
    equal("client_secret", &text("client_secret"), &secret)?;
    let is_managed = text("registration_client_uri").is_some();
    equal("registration_client_uri", &is_managed, &registration.read().is_ok())
}

fn registering(recorded: &Recorded) -> Result<Register, Fault> {
    let server = AuthorizationServer::new("https://as.example/token".parse()?);
    let endpoint = recorded.request.endpoint().parse()?;
    let redirect_uri = "http://127.0.0.1:8765/callback".parse()?;
    let metadata = ClientMetadata::new(ApplicationType::Native, [redirect_uri]);
    Ok(server.with_registration_endpoint(endpoint).register(&metadata)?)
}

/// A client that was registered where the recorded request asks.
fn registered(recorded: &Recorded) -> Result<Registration, Fault> {
    let reply = json!({
        "client_id": "a-client-of-no-case",
        "registration_client_uri": recorded.request.url,
        "registration_access_token": recorded.request.credential(),
    });
    let reply = Response::new(201, [("content-type", "application/json")], reply.to_string());
    Ok(registering(recorded)?.receive(&reply, now())?)
}
