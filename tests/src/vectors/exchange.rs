//! Runs an exchange against the replies of a case.

use super::{expect::Stopped, fault::Fault};
use grantflow::{Exchange, Failure, Request, Response, UnixTime};

/// What was sent, and how it ended.
pub(super) struct Run<E: Exchange> {
    pub(super) requests: Vec<Request>,
    pub(super) result: Result<E::Output, Failure<E>>,
}

/// What was sent, and the outcome, whatever the exchange was.
pub(super) struct Ended<T> {
    pub(super) requests: Vec<Request>,
    pub(super) outcome: Result<T, Stopped>,
}

/// Sends and receives for as long as the exchange asks to go on and there are further replies.
/// Where they run out, the last failure is the result.
pub(super) fn run<E: Exchange>(
    mut exchange: E,
    replies: &[Response],
    now: UnixTime,
) -> Result<Run<E>, Fault> {
    let mut requests = Vec::new();
    for (index, reply) in replies.iter().enumerate() {
        match exchange.request(now) {
            Ok(request) => requests.push(request),
            Err(error) => {
                let failure = Failure::Later { state: Box::new(exchange), wait: None, error };
                return Ok(Run { requests, result: Err(failure) });
            }
        }
        match exchange.receive(reply, now) {
            Err(Failure::Again { state, .. }) if index + 1 < replies.len() => exchange = *state,
            result => return Ok(Run { requests, result }),
        }
    }
    Err(Fault::new("there is no reply to run against"))
}

/// Runs an exchange if it could be started at all.
pub(super) fn run_started<E: Exchange>(
    started: Result<E, Stopped>,
    reply: &Response,
    now: UnixTime,
) -> Result<Ended<E::Output>, Fault> {
    match started {
        Ok(exchange) => {
            let Run { requests, result } = run(exchange, std::slice::from_ref(reply), now)?;
            Ok(Ended { requests, outcome: result.map_err(Stopped::from) })
        }
        Err(stopped) => Ok(Ended { requests: Vec::new(), outcome: Err(stopped) }),
    }
}

/// As [`run_started`]; without a reply only the request is made, and there is no output.
pub(super) fn run_or_ask<E: Exchange>(
    started: Result<E, Stopped>,
    reply: Option<&Response>,
    now: UnixTime,
) -> Result<Ended<Option<E::Output>>, Fault> {
    if let Some(reply) = reply {
        let Ended { requests, outcome } = run_started(started, reply, now)?;
        return Ok(Ended { requests, outcome: outcome.map(Some) });
    }
    Ok(match started.and_then(|exchange| Ok(exchange.request(now)?)) {
        Ok(request) => Ended { requests: vec![request], outcome: Ok(None) },
        Err(stopped) => Ended { requests: Vec::new(), outcome: Err(stopped) },
    })
}
