//! From a resource's challenge to its authorization server (RFC 9728 section 5).

use super::resource;
use crate::{
    expect::{Done, ensure},
    trial::Trial,
};
use grantflow::{DiscoverResource, Error, Issuer, RunError};

pub(super) fn leads_to_the_server(trial: &Trial<'_>) -> Done {
    let call = resource::with_bad_token(trial)?;
    let result = trial.adapter.run(call);
    let Some(Error::Challenged(challenged)) = result.as_ref().err().and_then(RunError::error)
    else {
        return Err("the resource gave no challenge".into());
    };
    let challenge = challenged.of("bearer").ok_or("the challenge is no bearer's")?;
    let resource = trial.scenario.resource.parse()?;
    let discover = DiscoverResource::from_challenge(challenge, resource);
    let metadata = trial.run(discover.ok_or("the challenge names no metadata")?)?;
    let issuers: Vec<_> = metadata.authorization_servers().iter().map(Issuer::as_str).collect();
    ensure(issuers == [&trial.scenario.issuer], "it leads to the server")
}
