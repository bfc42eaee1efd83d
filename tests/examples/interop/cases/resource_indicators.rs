//! Saying what the tokens are for (RFC 8707).

use super::introspection;
use crate::{
    expect::{Done, Trouble, ensure},
    scenario::Style,
    trial::Trial,
};
use grantflow::{Authorized, ErrorCode, Failure, Flow};
use serde::Deserialize;

#[derive(Deserialize)]
struct Claims {
    aud: Audience,
}

/// One or several (RFC 7662 section 2.2, RFC 7519 section 4.1.3).
#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Several(Vec<String>),
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
    ensure(
        audience(trial, &first)? == [resources.known.as_str()],
        "the token is for the resource",
    )?;
    let second = trial.run(first.refresh().map_err(Failure::into_error)?)?;
    ensure(audience(trial, &second)? == [resources.known.as_str()], "the refreshed one is, too")?;

    let (awaiting, back) = trial.visit(trial.person(), flow(&resources.unknown)?)?;
    trial.denied(awaiting, &back, &ErrorCode::InvalidTarget)
}

/// What the server says that the token is for.
fn audience(trial: &Trial<'_>, flow: &Flow<Authorized>) -> Result<Vec<String>, Trouble> {
    Ok(match introspection::claims::<Claims>(trial, flow)?.aud {
        Audience::One(audience) => vec![audience],
        Audience::Several(audiences) => audiences,
    })
}
