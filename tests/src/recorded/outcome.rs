//! Holds what became of an exchange against what the server said.

use super::{
    expected,
    fixture::{Recorded, now},
    said::Said,
    secrets, sent,
};
use crate::{
    jws::Jws,
    vectors::fault::{Fault, equal},
};
use grantflow::{Exchange, Failure};
use std::fmt::Debug;

/// Sends what a client would send, takes the reply in, and returns what a success is. The reply
/// must be one that the case allows, the outcome must be what the reply says, the request must be
/// the recorded one where that is a client's, and nothing that is secret may show.
pub(super) fn run<E>(
    recorded: &Recorded,
    said: &Said,
    exchange: E,
) -> Result<Option<E::Output>, Fault>
where
    E: Exchange,
    E::Output: Debug,
{
    expected::check(recorded, said)?;
    let request = exchange.request(now())?;
    sent::check(recorded, &request)?;
    let result = exchange.receive(&recorded.response(), now());
    let shown = match &result {
        Ok(output) => vec![format!("{output:?}")],
        Err(failure) => {
            vec![format!("{failure:?}"), failure.to_string(), format!("{:?}", failure.error())]
        }
    };
    secrets::check(recorded, &shown)?;
    match result {
        Ok(output) if *said == Said::Yes => Ok(Some(output)),
        Ok(output) => Err(Fault::differs("the outcome", said, output)),
        Err(failure) => {
            said.check(recorded, failure.error())?;
            check_what_is_left(recorded, said, failure)?;
            Ok(None)
        }
    }
}

/// grantflow goes on by itself where the protocol says so, and nowhere else; with a nonce that was
/// demanded, in the next proof.
fn check_what_is_left<E: Exchange>(
    recorded: &Recorded,
    said: &Said,
    failure: Failure<E>,
) -> Result<(), Fault> {
    let Said::No(code) = said else { return check_is_not_again(&failure) };
    match (&**code, failure) {
        ("authorization_pending" | "slow_down", Failure::Again { wait, .. }) => {
            equal("a wait", &false, &wait.is_zero())
        }
        ("use_dpop_nonce", Failure::Again { state, .. }) => check_nonce(recorded, &*state),
        ("authorization_pending" | "slow_down" | "use_dpop_nonce", failure) => {
            Err(Fault::differs("the outcome", "another try", failure))
        }
        (_, failure) => check_is_not_again(&failure),
    }
}

fn check_is_not_again<E>(failure: &Failure<E>) -> Result<(), Fault> {
    let is_again = matches!(failure, Failure::Again { .. });
    if is_again { Err(Fault::differs("the outcome", "an end", failure)) } else { Ok(()) }
}

/// The nonce that was demanded is in the next proof (RFC 9449 sections 8 and 9).
pub(super) fn check_nonce<E: Exchange>(recorded: &Recorded, exchange: &E) -> Result<(), Fault> {
    let proof = Jws::proof(&exchange.request(now())?);
    let proof = proof.ok_or_else(|| Fault::new("the next request has no proof"))?;
    equal("the nonce", &recorded.header("dpop-nonce"), &proof.claim("nonce"))
}
