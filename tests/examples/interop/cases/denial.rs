//! The user says no.

use crate::{
    expect::{Done, ensure},
    scenario::Style,
    trial::{Trial, error_of},
};
use grantflow::{Callback, CallbackError, Error, ErrorCode, UnixTime};

pub(super) fn denied(trial: &Trial<'_>) -> Done {
    let client = trial.client("basic", Style::Basic)?;
    let (awaiting, back) = trial.visit(trial.person().denying(), trial.flow(&client)?)?;
    let error = error_of(awaiting.receive(Callback::from_url(&back)?, UnixTime::now()))?;
    let code = match &error {
        Error::Callback(CallbackError::IssuerMissing { unverified })
            if trial.scenario.denies_without_iss =>
        {
            unverified.as_ref()
        }
        error => error.code(),
    };
    ensure(code == Some(&ErrorCode::AccessDenied), &format!("access is denied ({error})"))
}
