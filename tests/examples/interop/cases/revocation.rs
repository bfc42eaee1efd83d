//! Giving a grant back (RFC 7009).

use crate::{
    expect::{Done, turned_away},
    scenario::Style,
    trial::Trial,
};
use grantflow::{Failure, Flow};

/// The access token ends with the grant.
pub(super) fn ends_access(trial: &Trial<'_>) -> Done {
    let client = trial.client("basic", Style::Basic)?;
    let flow = trial.login(&client)?;
    trial.access(&flow)?;
    let stored = flow.store();
    trial.run(flow.revoke().map_err(Failure::into_error)?)?;
    let flow = Flow::restore(&client, stored)?;
    turned_away(trial.adapter.run(flow.call(trial.question()?)?), 401)
}
