//! `device`: a device asks for a code and polls until its user has decided.

use super::{
    exchange::{self, Ended},
    expect::{Expect, Stopped},
    fault::Fault,
    members::Members,
    quirks, reply, stage,
};
use grantflow::{
    Client, DeviceAuthorization, DevicePoll, Exchange, Failure, Quirks, Response, UnixTime,
};
use serde_json::{Value, json};

/// What came of it.
struct Device {
    interval: u64,
    expires_at: u64,
    verification_uri: String,
}

/// The replies to a device that polls, and how long it was told to wait after each.
struct Polled {
    waits: Vec<u64>,
    ended: Result<(), Stopped>,
}

pub(super) fn run(mut input: Members, expect: Expect) -> Result<(), Fault> {
    let now = UnixTime::from_secs(input.optional("now")?.unwrap_or(stage::NOW));
    let response = authorization(&mut input)?;
    let polls = replies(&mut input)?;
    let quirks = quirks::take(&mut input)?;
    input.finish()?;
    let Ended { outcome, .. } = exchange::run_started(start(quirks), &response, now)?;
    let (outcome, waits) = match outcome {
        Ok(waiting) => {
            let device = Device::of(&waiting);
            let polled = poll(waiting, &polls, now);
            (polled.ended.map(|()| device), polled.waits)
        }
        Err(stopped) => (Err(stopped), Vec::new()),
    };
    let mut judged = expect.judge(outcome)?;
    judged.success("interval", |device| device.interval.into())?;
    judged.success("expires_at", |device| device.expires_at.into())?;
    judged.success("verification_uri", |device| device.verification_uri.as_str().into())?;
    judged.either("waits", |_| waits.into())?;
    judged.either("terminal", |outcome| match outcome {
        Ok(_) => true.into(),
        Err(stopped) => (!stopped.is_back).into(),
    })?;
    judged.status(polls.last().or(Some(&response)))?;
    judged.finish()
}

/// The reply that gives the code. Where the case is about polling alone, any will do that has the
/// case's interval.
fn authorization(input: &mut Members) -> Result<Response, Fault> {
    let interval: Option<Value> = input.optional("interval")?;
    match (reply::optional(input, "response")?, interval) {
        (Some(response), None) => Ok(response),
        (Some(_), Some(_)) => Err(Fault::not_understood("an interval beside a response")),
        (None, interval) => {
            let body = json!({
                "device_code": "the-device-code-of-the-vectors",
                "user_code": "WDJB-MJHT",
                "verification_uri": "https://as.example/device",
                "expires_in": 1_000_000_000,
                "interval": interval,
            });
            let headers = [("Content-Type", "application/json")];
            Ok(Response::new(200, headers, body.to_string()))
        }
    }
}

fn replies(input: &mut Members) -> Result<Vec<Response>, Fault> {
    let polls: Option<Vec<Value>> = input.optional("poll_sequence")?;
    let read = |reply: Value| {
        let mut one = Members::new("input", json!({ "poll_sequence": reply }))?;
        reply::required(&mut one, "poll_sequence")
    };
    polls.unwrap_or_default().into_iter().map(read).collect()
}

fn start(quirks: Quirks) -> Result<DeviceAuthorization, Stopped> {
    let endpoint = "https://as.example/device_authorization".parse()?;
    let server = stage::server()?.with_device_authorization_endpoint(endpoint);
    Ok(Client::public(server, "vectors").quirks(quirks).build()?.device()?)
}

impl Device {
    fn of(waiting: &DevicePoll) -> Self {
        Self {
            interval: waiting.interval().as_secs(),
            expires_at: waiting.expires_at().as_secs(),
            verification_uri: waiting.verification_uri().as_str().to_owned(),
        }
    }
}

/// Polls once for each reply, letting the time pass that it is told to wait.
fn poll(mut waiting: DevicePoll, polls: &[Response], mut now: UnixTime) -> Polled {
    let mut waits = Vec::new();
    for (index, reply) in polls.iter().enumerate() {
        if let Err(error) = waiting.request(now) {
            return Polled { waits, ended: Err(error.into()) };
        }
        let Err(failure) = waiting.receive(reply, now) else {
            return Polled { waits, ended: Ok(()) };
        };
        if let Failure::Again { wait, .. } = &failure {
            waits.push(wait.as_secs());
            now = now.saturating_add(*wait);
        }
        let stopped = Stopped::from(&failure);
        match failure.into_state() {
            // A server in trouble is asked again where the case has it answer again.
            Some(state) if index + 1 < polls.len() => waiting = state,
            _ => return Polled { waits, ended: Err(stopped) },
        }
    }
    Polled { waits, ended: Ok(()) }
}
