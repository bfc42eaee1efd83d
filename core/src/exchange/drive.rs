//! The loop around an exchange, written once for every HTTP stack.

use super::{Exchange, Failure, transport::BoxError};
use crate::{
    error::Error,
    value::UnixTime,
    wire::{Request, Response},
};
use alloc::boxed::Box;
use core::{fmt, time::Duration};

/// Runs an exchange over a blocking HTTP stack: sends, receives, and goes on where the protocol
/// asks to.
///
/// `send` sends one request, follows no redirect and treats every status as a reply.
///
/// ```
/// use grantflow::{Exchange, Request, Response, RunError, UnixTime, drive};
///
/// fn run<E: Exchange>(
///     exchange: E,
///     send: impl FnMut(Request) -> std::io::Result<Response>,
/// ) -> Result<E::Output, RunError<E>> {
///     drive(exchange, UnixTime::now, send, std::thread::sleep)
/// }
/// ```
///
/// # Errors
/// [`RunError`], with all that is left.
pub fn drive<E: Exchange, T: Into<BoxError>>(
    mut exchange: E,
    clock: impl Fn() -> UnixTime,
    mut send: impl FnMut(Request) -> Result<Response, T>,
    mut sleep: impl FnMut(Duration),
) -> Result<E::Output, RunError<E>> {
    loop {
        let request = match exchange.request(clock()) {
            Ok(request) => request,
            Err(error) => return Err(RunError::request(exchange, error)),
        };
        let response = match send(request) {
            Ok(response) => response,
            Err(error) => return Err(RunError::transport(exchange, error)),
        };
        match settle(exchange, response, clock()) {
            Next::Done(result) => return result,
            Next::Again(next, wait) => {
                sleep(wait);
                exchange = *next;
            }
        }
    }
}

/// As [`drive`], over an asynchronous HTTP stack. The future is `Send` if what it is given is.
///
/// # Errors
/// [`RunError`], with all that is left. A dropped future drops the exchange.
pub async fn drive_async<E, T, Sending, Sleeping>(
    mut exchange: E,
    clock: impl Fn() -> UnixTime,
    mut send: impl FnMut(Request) -> Sending,
    mut sleep: impl FnMut(Duration) -> Sleeping,
) -> Result<E::Output, RunError<E>>
where
    E: Exchange,
    T: Into<BoxError>,
    Sending: Future<Output = Result<Response, T>>,
    Sleeping: Future,
{
    loop {
        let request = match exchange.request(clock()) {
            Ok(request) => request,
            Err(error) => return Err(RunError::request(exchange, error)),
        };
        let response = match send(request).await {
            Ok(response) => response,
            Err(error) => return Err(RunError::transport(exchange, error)),
        };
        match settle(exchange, response, clock()) {
            Next::Done(result) => return result,
            Next::Again(next, wait) => {
                sleep(wait).await;
                exchange = *next;
            }
        }
    }
}

enum Next<E: Exchange> {
    Done(Result<E::Output, RunError<E>>),
    Again(Box<E>, Duration),
}

fn settle<E: Exchange>(exchange: E, response: Response, now: UnixTime) -> Next<E> {
    match exchange.receive(&response, now) {
        Ok(output) => Next::Done(Ok(output)),
        Err(Failure::Again { state, wait, .. }) => Next::Again(state, wait),
        Err(failure) => Next::Done(Err(RunError::Protocol { failure, response })),
    }
}

/// Why an exchange did not run through, with all that is left of it.
#[non_exhaustive]
pub enum RunError<E> {
    /// The request could not be made. Nothing was sent.
    Request {
        /// The exchange, untouched.
        exchange: Box<E>,
        /// What is wrong.
        error: Error,
    },
    /// The HTTP stack failed. Whether the request arrived is unknown, so nothing is sent again
    /// by itself.
    Transport {
        /// The exchange, untouched.
        exchange: Box<E>,
        /// What the HTTP stack said.
        error: BoxError,
    },
    /// The server answered, and the answer is no success.
    Protocol {
        /// What is left of the exchange.
        failure: Failure<E>,
        /// The server's answer.
        response: Response,
    },
}

impl<E> RunError<E> {
    fn request(exchange: E, error: Error) -> Self {
        Self::Request { exchange: Box::new(exchange), error }
    }

    fn transport(exchange: E, error: impl Into<BoxError>) -> Self {
        Self::Transport { exchange: Box::new(exchange), error: error.into() }
    }

    /// What is left: the exchange, unless it is finished.
    #[must_use]
    pub fn into_exchange(self) -> Option<E> {
        match self {
            Self::Request { exchange, .. } | Self::Transport { exchange, .. } => Some(*exchange),
            Self::Protocol { failure, .. } => failure.into_state(),
        }
    }

    /// The protocol's error: `None` if the HTTP stack failed.
    #[must_use]
    pub fn error(&self) -> Option<&Error> {
        match self {
            Self::Request { error, .. } => Some(error),
            Self::Transport { .. } => None,
            Self::Protocol { failure, .. } => Some(failure.error()),
        }
    }
}

impl<E> fmt::Debug for RunError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request { error, .. } => f.debug_tuple("Request").field(error).finish(),
            Self::Transport { error, .. } => f.debug_tuple("Transport").field(error).finish(),
            Self::Protocol { failure, response } => {
                f.debug_tuple("Protocol").field(failure).field(response).finish()
            }
        }
    }
}

impl<E> fmt::Display for RunError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request { error, .. } => error.fmt(f),
            Self::Transport { error, .. } => write!(f, "no reply from the server: {error}"),
            Self::Protocol { failure, .. } => failure.fmt(f),
        }
    }
}

impl<E> core::error::Error for RunError<E> {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            // Its own text is part of this one's.
            Self::Transport { error, .. } => error.source(),
            Self::Request { .. } | Self::Protocol { .. } => None,
        }
    }
}
