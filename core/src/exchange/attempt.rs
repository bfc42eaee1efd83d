//! One more try, with the nonce that a server demands (RFC 9449 section 8).

use super::{Failure, Rejection};
use crate::wire::Response;
use alloc::{boxed::Box, string::String};
use core::time::Duration;

/// Which try of a request this is: the second one carries the nonce that the first was refused
/// for, and there is no third.
#[derive(Clone, Default)]
pub(crate) struct Attempt {
    demanded: Option<String>,
}

impl Attempt {
    /// The nonce that the server has just demanded.
    pub(crate) fn demanded(&self) -> Option<&str> {
        self.demanded.as_deref()
    }

    /// Whether there is another try, now that the server demands a nonce.
    pub(crate) fn take_up(&mut self, response: &Response) -> bool {
        if self.demanded.is_some() {
            return false;
        }
        self.demanded = response.dpop_nonce().map(String::from);
        self.demanded.is_some()
    }
}

impl Rejection {
    /// The second try, if the server demands a nonce and this was the first. Otherwise the state
    /// is as new, for what its owner does with it later is another request, and `otherwise` says
    /// what is left of it.
    pub(crate) fn again_or<S>(
        self,
        otherwise: fn(Self, S) -> Failure<S>,
        mut state: S,
        response: &Response,
        attempt: impl FnOnce(&mut S) -> &mut Attempt,
    ) -> Failure<S> {
        let attempt = attempt(&mut state);
        if !self.demands_nonce() || !attempt.take_up(response) {
            *attempt = Attempt::default();
            return otherwise(self, state);
        }
        let state = Box::new(state);
        Failure::Again { state, wait: Duration::ZERO, error: self.error }
    }
}
