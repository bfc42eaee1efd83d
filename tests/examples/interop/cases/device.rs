//! A device whose user has a browser elsewhere (RFC 8628).

use crate::{
    expect::{Done, Trouble, ensure, refused, told},
    person::Person,
    scenario::Style,
    trial::Trial,
    watched::Watched,
};
use grantflow::{DevicePoll, Error, ErrorCode};
use std::cell::RefCell;

pub(super) fn allowed(trial: &Trial<'_>) -> Done {
    let poll = poll(trial)?;
    let user = User::new(trial.person(), &poll);
    let goes_on = |error: &Error| user.decide(error);
    let result = trial.adapter.run(Watched::new(poll, &goes_on));
    user.has_decided()?;
    trial.access(&result.map_err(|error| told(&error))?)
}

pub(super) fn denied(trial: &Trial<'_>) -> Done {
    let poll = poll(trial)?;
    let user = User::new(trial.person().denying(), &poll);
    let goes_on = |error: &Error| user.decide(error);
    let result = trial.adapter.run(Watched::new(poll, &goes_on));
    user.has_decided()?;
    refused(result, &ErrorCode::AccessDenied)
}

fn poll(trial: &Trial<'_>) -> Result<DevicePoll, Trouble> {
    let client = trial.client("device", Style::Basic)?;
    trial.run(client.device()?.scope(&trial.scenario.scope)?)
}

/// Somebody who takes up the browser when the device was told to wait.
struct User {
    verification_uri: String,
    user_code: String,
    /// Until then.
    person: RefCell<Option<Person>>,
    outcome: RefCell<Option<Done>>,
}

impl User {
    fn new(person: Person, poll: &DevicePoll) -> Self {
        Self {
            verification_uri: poll.verification_uri().as_str().to_owned(),
            user_code: poll.user_code().as_str().to_owned(),
            person: RefCell::new(Some(person)),
            outcome: RefCell::default(),
        }
    }

    /// Returns whether there is a point in asking again.
    fn decide(&self, error: &Error) -> bool {
        let Some(mut person) = self.person.take() else { return true };
        let is_pending = error.code() == Some(&ErrorCode::AuthorizationPending);
        let is_pending = ensure(is_pending, &format!("the server waits for the user ({error})"));
        let end = person.enter_code(&self.verification_uri, &self.user_code);
        let outcome = is_pending.and(end.map(drop).map_err(|end| (*end).into()));
        let has_decided = outcome.is_ok();
        self.outcome.replace(Some(outcome));
        has_decided
    }

    fn has_decided(&self) -> Done {
        self.outcome.take().unwrap_or_else(|| Err("the server did not wait for the user".into()))
    }
}
