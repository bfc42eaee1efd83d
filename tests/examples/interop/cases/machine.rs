//! The client acts for itself (RFC 6749 section 4.4).

use crate::{
    expect::{Done, ensure},
    scenario::Style,
    trial::Trial,
};
use grantflow::TokenType;

pub(super) fn client_credentials(trial: &Trial<'_>) -> Done {
    let client = trial.client("machine", Style::Basic)?;
    let flow = trial.run(client.client_credentials()?)?;
    ensure(flow.tokens().token_type() == TokenType::Bearer, "the token is a bearer's")?;
    ensure(flow.tokens().refresh_token().is_none(), "there is nothing to refresh it with")
}
