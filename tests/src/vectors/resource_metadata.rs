//! `resource_metadata`: from a resource to its metadata.

use super::{
    exchange::{self, Ended},
    expect::{Expect, Stopped},
    fault::Fault,
    members::Members,
    reply, request, stage,
};
use grantflow::{DiscoverResource, UnixTime};

pub(super) fn run(mut input: Members, expect: Expect) -> Result<(), Fault> {
    let resource: String = input.required("resource")?;
    let response = reply::optional(&mut input, "response")?;
    input.finish()?;
    let started = resource.parse().and_then(DiscoverResource::new).map_err(Stopped::from);
    let now = UnixTime::from_secs(stage::NOW);
    let Ended { requests, outcome } = exchange::run_or_ask(started, response.as_ref(), now)?;
    let mut judged = expect.judge(outcome)?;
    judged.status(response.as_ref())?;
    request::check(judged.members(), requests.first())?;
    judged.finish()
}
