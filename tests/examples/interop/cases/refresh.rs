//! Refreshing.

use crate::{
    expect::{Done, ensure, refused},
    scenario::Style,
    trial::Trial,
};
use grantflow::{Error, ErrorCode, Failure, Flow};

/// The refresh token is another one each time, and the one before is worth nothing.
pub(super) fn rotated(trial: &Trial<'_>) -> Done {
    let client = trial.client("public", Style::Basic)?;
    let first = trial.login(&client)?;
    let stored = first.store();
    let token = first.tokens().refresh_token().ok_or("there is no refresh token")?.clone();
    let second = trial.run(first.refresh().map_err(Failure::into_error)?)?;
    let other = second.tokens().refresh_token().ok_or("the refresh token is gone")?;
    ensure(other.expose() != token.expose(), "the refresh token is rotated")?;
    trial.access(&second)?;
    let third = trial.run(second.refresh().map_err(Failure::into_error)?)?;
    trial.access(&third)?;
    let replay = Flow::restore(&client, stored)?.refresh().map_err(Failure::into_error)?;
    refused(trial.adapter.run(replay), &ErrorCode::InvalidGrant)
}

/// Who kept the tokens after they were given back is told to sign in again.
pub(super) fn revoked(trial: &Trial<'_>) -> Done {
    let client = trial.client("basic", Style::Basic)?;
    let flow = trial.login(&client)?;
    let stored = flow.store();
    trial.run(flow.revoke().map_err(Failure::into_error)?)?;
    let flow = Flow::restore(&client, stored)?;
    let refresh = flow.refresh().map_err(Failure::into_error)?;
    match trial.adapter.run(refresh) {
        Err(error) if error.error().is_some_and(Error::must_reauthorize) => {
            ensure(error.into_exchange().is_none(), "nothing is left to try again")
        }
        Err(error) => Err(format!("expected invalid_grant: {error}").into()),
        Ok(_) => Err("a revoked token was refreshed".into()),
    }
}
