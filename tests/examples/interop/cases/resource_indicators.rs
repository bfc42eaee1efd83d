//! Saying what the tokens are for (RFC 8707).

use crate::{
    expect::{Done, Trouble, ensure},
    scenario::Style,
    trial::{Trial, error_of},
};
use grantflow::{Authorized, Callback, ErrorCode, Failure, Flow, Introspection, UnixTime};
use serde::Deserialize;

#[derive(Deserialize)]
struct Claims {
    aud: String,
}

/// The token is for the resource that was named, also after a refresh; one that the server does
/// not know is refused.
pub(super) fn known_and_unknown(trial: &Trial<'_>) -> Done {
    let resources = trial.scenario.resources.as_ref().ok_or("the scenario has no resources")?;
    let client = trial.client("basic", Style::Basic)?;
    let flow = |resource: &str| -> Result<_, grantflow::Error> {
        Ok(Flow::new(&client).scope(&resources.scope)?.resource(resource.parse()?))
    };
    let first = trial.run(trial.code(flow(&resources.known)?)?)?;
    ensure(audience(trial, &first)? == resources.known, "the token is for the resource")?;
    let second = trial.run(first.refresh().map_err(Failure::into_error)?)?;
    ensure(audience(trial, &second)? == resources.known, "the refreshed one is, too")?;

    let (awaiting, back) = trial.visit(trial.person(), flow(&resources.unknown)?)?;
    let error = error_of(awaiting.receive(Callback::from_url(&back)?, UnixTime::now()))?;
    ensure(error.code() == Some(&ErrorCode::InvalidTarget), "the other resource is refused")
}

/// What the server says that the token is for.
fn audience(trial: &Trial<'_>, flow: &Flow<Authorized>) -> Result<String, Trouble> {
    let resource_server = trial.client("resource_server", Style::Basic)?;
    let token = flow.tokens().access_token().clone();
    match trial.run(resource_server.introspect(token)?)? {
        Introspection::Active(active) => Ok(active.claims::<Claims>()?.aud),
        Introspection::Inactive => Err("the token is said to be bad".into()),
    }
}
