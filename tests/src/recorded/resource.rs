//! Calls to a resource, and its challenges (RFC 6750, RFC 9449).

use super::{
    expected,
    fixture::{Recorded, now},
    outcome, party,
    said::Said,
    secrets, sent,
};
use crate::vectors::fault::{Fault, equal};
use grantflow::{Error, Exchange, Failure, Flow, Request};

/// A call with the recorded token.
pub(super) fn call(recorded: &Recorded) -> Result<(), Fault> {
    let token = recorded.request.credential().unwrap_or("a-token-of-no-case");
    // A header that is none is not to be had from grantflow, nor a token with a space.
    let token = if token.contains(' ') { "a-token-of-no-case" } else { token };
    let stored = party::stored(recorded, token)?;
    let url = recorded.request.endpoint().parse()?;
    let call = Flow::restore(&party::client(recorded)?, stored)?.call(Request::get(url))?;
    let said = said(recorded);
    expected::check(recorded, &said)?;
    sent::check(recorded, &call.request(now())?)?;
    let result = call.receive(&recorded.response(), now());
    let shown = match &result {
        Ok(response) => vec![format!("{response:?}")],
        Err(failure) => vec![format!("{failure:?}"), failure.to_string()],
    };
    secrets::check(recorded, &shown)?;
    match result {
        Ok(response) if !is_turned_away(recorded) => {
            equal("the status", &recorded.status(), &response.status())?;
            equal("the body", &recorded.body().as_bytes(), &response.body())
        }
        Ok(response) => Err(Fault::differs("the outcome", &said, response)),
        Err(failure) => {
            check_challenge(recorded, failure.error())?;
            match failure {
                Failure::Again { state, .. } => outcome::check_nonce(recorded, &*state),
                _ => equal("a nonce", &None, &recorded.header("dpop-nonce")),
            }
        }
    }
}

/// The call is answered, turned away with an error, or has some other status.
fn said(recorded: &Recorded) -> Said {
    let challenge = challenge(recorded).map_or("", |(_, params)| params);
    match recorded.status() {
        200 => Said::Yes,
        status if is_turned_away(recorded) => {
            param(challenge, "error").map_or(Said::Status(status), Said::no)
        }
        status => Said::Status(status),
    }
}

fn is_turned_away(recorded: &Recorded) -> bool {
    matches!(recorded.status(), 401 | 403)
}

/// The scheme and all that it says are in the error.
fn check_challenge(recorded: &Recorded, error: &Error) -> Result<(), Fault> {
    let Error::Challenged(challenged) = error else {
        return Err(Fault::differs("the outcome", "a challenge", error));
    };
    equal("the status", &recorded.status(), &challenged.status())?;
    let Some((scheme, params)) = challenge(recorded) else {
        return equal("no challenge", &0, &challenged.challenges().len());
    };
    let challenge = challenged.of(&scheme.to_ascii_lowercase());
    let challenge = challenge.ok_or_else(|| Fault::new(format!("there is no {scheme}")))?;
    for name in ["algs", "error", "error_description", "realm", "resource_metadata", "scope"] {
        let found = challenge.param(name).map(|text| text.as_str().to_owned());
        equal(name, &param(params, name).map(str::to_owned), &found)?;
    }
    Ok(())
}

/// The scheme and the parameters of the challenge, where there is one. Of the recorded ones some
/// have no scheme, and some no comma between two parameters (RFC 9110 section 11.6.1).
fn challenge(recorded: &Recorded) -> Option<(&str, &str)> {
    let header = recorded.header("www-authenticate")?;
    let (scheme, params) = header.split_once(' ').unwrap_or((header, ""));
    let has_commas = !params.contains("\" ");
    (!scheme.contains('=') && has_commas).then_some((scheme, params))
}

/// A parameter in quotation marks; in none of the recorded ones is there another within.
fn param<'a>(challenge: &'a str, name: &str) -> Option<&'a str> {
    let start = format!("{name}=\"");
    let is_start = |at: &usize| *at == 0 || challenge[..*at].ends_with([' ', ',']);
    let at = challenge.match_indices(&start).map(|(at, _)| at).find(is_start)?;
    let value = &challenge[at + start.len()..];
    value.split_once('"').map(|(value, _)| value)
}
