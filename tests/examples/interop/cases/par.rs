//! Pushing the authorization request ahead of the browser (RFC 9126).

use crate::{
    expect::{Done, ensure},
    scenario::Style,
    trial::{Trial, receive},
};
use grantflow::{Entropy, UnixTime};
use url::Url;

/// The browser carries a reference and nothing else.
pub(super) fn pushed(trial: &Trial<'_>) -> Done {
    let client = trial.client("par", Style::Basic)?;
    let push = trial.flow(&client)?.push(Entropy::from_os()?, UnixTime::now())?;
    let (url, awaiting) = trial.run(push)?;
    ensure(url.expires_at().is_some(), "the reference has an end")?;
    let names: Vec<_> =
        Url::parse(url.as_str())?.query_pairs().map(|(name, _)| name.into_owned()).collect();
    ensure(names == ["client_id", "request_uri"], "the URL holds the reference only")?;
    let back = trial.person().visit(url.as_str(), &trial.scenario.redirect_uri);
    let code = receive(awaiting, &back.map_err(|end| *end)?.url)?;
    trial.access(&trial.run(code)?)
}
