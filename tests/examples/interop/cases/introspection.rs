//! Asking whether a token is good (RFC 7662).

use crate::{
    expect::{Done, Trouble, ensure},
    scenario::Style,
    trial::Trial,
};
use grantflow::{Authorized, Flow, Introspection, UnixTime};
use serde::{Deserialize, de::DeserializeOwned};

#[derive(Deserialize)]
struct Claims {
    client_id: String,
    scope: String,
}

pub(super) fn good_and_bad(trial: &Trial<'_>) -> Done {
    let client = trial.client("basic", Style::Basic)?;
    let flow = trial.login(&client)?;
    let claims: Claims = claims(trial, &flow)?;
    ensure(claims.client_id == client.id(), "the token is the client's")?;
    ensure(claims.scope == flow.tokens().scope().as_str(), "the scope is as granted")?;
    let resource_server = trial.client("resource_server", Style::Basic)?;
    let bad = trial.run(resource_server.introspect("no-token-of-this-server")?)?;
    ensure(matches!(bad, Introspection::Inactive), "a bad token is said to be bad")
}

/// What the server tells a resource server of a good token.
pub(super) fn claims<T: DeserializeOwned>(
    trial: &Trial<'_>,
    flow: &Flow<Authorized>,
) -> Result<T, Trouble> {
    let resource_server = trial.client("resource_server", Style::Basic)?;
    let token = flow.tokens().access_token().clone();
    let Introspection::Active(active) = trial.run(resource_server.introspect(token)?)? else {
        return Err("a good token is said to be bad".into());
    };
    ensure(active.expires_at() > Some(UnixTime::now()), "the token has an end, which is to come")?;
    Ok(active.claims()?)
}
