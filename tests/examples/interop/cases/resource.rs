//! Calls to the resource.

use crate::{
    expect::{Done, turned_away},
    scenario::Style,
    trial::Trial,
};
use grantflow::{Flow, StoredTokens, TokenType};

/// Also after the tokens were stored.
pub(super) fn good_token(trial: &Trial<'_>) -> Done {
    let client = trial.client("basic", Style::Basic)?;
    let flow = trial.login(&client)?;
    trial.access(&flow)?;
    let stored = serde_json::to_string(&flow.store())?;
    trial.access(&Flow::restore(&client, serde_json::from_str(&stored)?)?)
}

pub(super) fn bad_token(trial: &Trial<'_>) -> Done {
    let client = trial.client("basic", Style::Basic)?;
    let stored = StoredTokens::import("no-token-of-this-server", TokenType::Bearer)?;
    let flow = Flow::restore(&client, stored)?;
    turned_away(trial.adapter.run(flow.call(trial.question()?)?), 401)
}
