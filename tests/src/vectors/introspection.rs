//! `introspection`: a resource server asks whether a token is good.

use super::{
    exchange::{self, Ended},
    expect::{Expect, Stopped},
    fault::Fault,
    members::Members,
    quirks, reply, stage,
};
use grantflow::{Client, ClientAuth, Introspect, Introspection, Quirks, UnixTime};

pub(super) fn run(mut input: Members, expect: Expect) -> Result<(), Fault> {
    let response = reply::required(&mut input, "response")?;
    let quirks = quirks::take(&mut input)?;
    input.finish()?;
    let now = UnixTime::from_secs(stage::NOW);
    let Ended { outcome, .. } = exchange::run_started(start(quirks), &response, now)?;
    let mut judged = expect.judge(outcome)?;
    judged.success("active", |answer| matches!(answer, Introspection::Active(_)).into())?;
    judged.status(Some(&response))?;
    judged.finish()
}

fn start(quirks: Quirks) -> Result<Introspect, Stopped> {
    let endpoint = "https://as.example/introspect".parse()?;
    let server = stage::server()?.with_introspection_endpoint(endpoint);
    let auth = ClientAuth::basic("the-secret-of-the-vectors");
    let client = Client::confidential(server, "vectors", auth).quirks(quirks).build()?;
    Ok(client.introspect("the-token-of-the-vectors")?)
}
