//! Documents that a server publishes about itself: a GET, a 200, one JSON object.

use super::{Exchange, Failure, Rejection};
use crate::{
    client::Policy,
    error::{Error, ProtocolError},
    value::{SecureUrl, UnixTime},
    wire::{MediaType, Request, Response},
};
use alloc::boxed::Box;
use core::time::Duration;

/// Asks for a document.
pub(crate) fn get(url: SecureUrl) -> Result<Request, Error> {
    let request = Request::get(url).with_reply_limit(Policy::default().max_body);
    request.with_header("Accept", "application/json")
}

/// The body of a document, or why there is none.
pub(crate) fn body(response: &Response, now: UnixTime) -> Result<&[u8], Rejection> {
    let reject = |error: ProtocolError| Rejection::new(error, response, now);
    let (status, limit) = (response.status(), Policy::default().max_body);
    match MediaType::is_form(response, false) {
        _ if response.body().len() > limit => Err(reject(ProtocolError::BodyTooLarge { limit })),
        _ if (300..400).contains(&status) => {
            Err(reject(ProtocolError::UnexpectedRedirect { status }))
        }
        _ if status != 200 => {
            let retry_after = response.retry_after(now);
            Err(reject(ProtocolError::UnexpectedStatus { status, retry_after }))
        }
        Some(false) => Ok(response.body()),
        Some(true) | None => Err(reject(ProtocolError::MediaType)),
    }
}

/// Where the document was not found, goes on with the next place, if there is one.
pub(crate) fn go_on<E: Exchange>(rejection: Rejection, this: E, next: Option<E>) -> Failure<E> {
    match next {
        Some(next) if rejection.is_not_found() => {
            Failure::Again { state: Box::new(next), wait: Duration::ZERO, error: rejection.error }
        }
        _ => rejection.into_failure(this),
    }
}
