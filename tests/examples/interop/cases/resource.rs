//! Calls to the resource.

use crate::{
    expect::{Done, Trouble, turned_away},
    scenario::Style,
    trial::Trial,
};
use grantflow::{Call, Flow, StoredTokens, TokenType};

/// Also after the tokens were stored.
pub(super) fn good_token(trial: &Trial<'_>) -> Done {
    let client = trial.client("basic", Style::Basic)?;
    let flow = trial.login(&client)?;
    trial.access(&flow)?;
    let stored = serde_json::to_string(&flow.store())?;
    trial.access(&Flow::restore(&client, serde_json::from_str(&stored)?)?)
}

pub(super) fn bad_token(trial: &Trial<'_>) -> Done {
    turned_away(trial.adapter.run(with_bad_token(trial)?), 401)
}

pub(super) fn with_bad_token(trial: &Trial<'_>) -> Result<Call, Trouble> {
    let client = trial.client("basic", Style::Basic)?;
    let stored = StoredTokens::import("no-token-of-this-server", TokenType::Bearer)?;
    Ok(Flow::restore(&client, stored)?.call(trial.question()?)?)
}
