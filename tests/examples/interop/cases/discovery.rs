//! The server's description of itself.

use crate::{
    expect::{Done, ensure},
    trial::Trial,
};

/// It names the issuer that was asked, and survives being cached.
pub(super) fn metadata(trial: &Trial<'_>) -> Done {
    let server = trial.server()?;
    let issuer = server.issuer().ok_or("there is no issuer")?;
    ensure(issuer.as_str() == trial.scenario.issuer, "the issuer is the one that was asked")?;
    ensure(server.authorization_endpoint().is_some(), "there is an authorization endpoint")?;
    let cached = serde_json::from_str(&serde_json::to_string(&server)?)?;
    ensure(server == cached, "what was cached is the same")
}
