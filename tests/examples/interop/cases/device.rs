//! A device whose user has a browser elsewhere (RFC 8628).

use crate::{
    expect::{Done, Trouble, ensure, refused},
    scenario::Style,
    trial::Trial,
};
use grantflow::{DevicePoll, ErrorCode, Exchange, Failure, UnixTime};
use std::time::Duration;

pub(super) fn allowed(trial: &Trial<'_>) -> Done {
    let poll = pending(trial)?;
    let (uri, code) = (poll.verification_uri().as_str(), poll.user_code().as_str());
    trial.person().enter_code(uri, code).map_err(|end| *end)?;
    trial.access(&trial.run(poll)?)
}

pub(super) fn denied(trial: &Trial<'_>) -> Done {
    let poll = pending(trial)?;
    let (uri, code) = (poll.verification_uri().as_str(), poll.user_code().as_str());
    trial.person().denying().enter_code(uri, code).map_err(|end| *end)?;
    refused(trial.adapter.run(poll), &ErrorCode::AccessDenied)
}

/// A device that has asked once, too early.
fn pending(trial: &Trial<'_>) -> Result<DevicePoll, Trouble> {
    let client = trial.client("device", Style::Basic)?;
    let poll = trial.run(client.device()?.scope(&trial.scenario.scope)?)?;
    let reply = trial.adapter.send(poll.request(UnixTime::now())?)?;
    match poll.receive(&reply, UnixTime::now()) {
        Err(Failure::Again { state, wait, error }) => {
            let is_pending = error.code() == Some(&ErrorCode::AuthorizationPending);
            ensure(is_pending, &format!("the server waits for the user ({error})"))?;
            ensure(wait >= Duration::from_secs(1), "the device has to wait")?;
            Ok(*state)
        }
        Err(failure) => Err(failure.to_string().into()),
        Ok(_) => Err("the server did not wait for the user".into()),
    }
}
