//! The client acts for itself (RFC 6749 section 4.4).

use super::introspection;
use crate::{
    expect::{Done, ensure},
    scenario::Style,
    trial::Trial,
};
use serde::Deserialize;

#[derive(Deserialize)]
struct Claims {
    client_id: String,
}

pub(super) fn client_credentials(trial: &Trial<'_>) -> Done {
    let client = trial.client("machine", Style::Basic)?;
    let flow = trial.run(client.client_credentials()?)?;
    ensure(flow.tokens().refresh_token().is_none(), "there is nothing to refresh it with")?;
    let claims: Claims = introspection::claims(trial, &flow)?;
    ensure(claims.client_id == client.id(), "the token is the client's")
}
