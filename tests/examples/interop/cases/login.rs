//! Whole logins, from the authorization URL to the resource.

use crate::{
    expect::{Done, ensure},
    scenario::Style,
    trial::Trial,
};
use grantflow::TokenType;

pub(super) fn basic(trial: &Trial<'_>) -> Done {
    whole(trial, "basic", Style::Basic, "client_secret_basic")
}

pub(super) fn post(trial: &Trial<'_>) -> Done {
    whole(trial, "post", Style::Post, "client_secret_post")
}

pub(super) fn public(trial: &Trial<'_>) -> Done {
    whole(trial, "public", Style::Basic, "none")
}

/// Id and secret hold what Basic carries only if it is form-encoded (RFC 6749 section 2.3.1).
pub(super) fn odd(trial: &Trial<'_>) -> Done {
    whole(trial, "odd", Style::Basic, "client_secret_basic")
}

/// A space is `+` there.
pub(super) fn spaced(trial: &Trial<'_>) -> Done {
    whole(trial, "spaced", Style::Basic, "client_secret_basic")
}

pub(super) fn whole(trial: &Trial<'_>, part: &str, style: Style, method: &str) -> Done {
    let client = trial.client(part, style)?;
    ensure(client.authentication() == method, "the client authenticates as the case says")?;
    let flow = trial.login(&client)?;
    ensure(flow.tokens().token_type() == TokenType::Bearer, "the token is a bearer's")?;
    let missing: Vec<_> = flow.tokens().requested_scope().without(flow.tokens().scope()).collect();
    ensure(missing.is_empty(), "the scope is granted")?;
    trial.access(&flow)
}
