//! The user says no.

use crate::{expect::Done, scenario::Style, trial::Trial};
use grantflow::ErrorCode;

pub(super) fn denied(trial: &Trial<'_>) -> Done {
    let client = trial.client("basic", Style::Basic)?;
    let (awaiting, back) = trial.visit(trial.person().denying(), trial.flow(&client)?)?;
    trial.denied(awaiting, &back, &ErrorCode::AccessDenied)
}
