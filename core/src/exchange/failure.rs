//! A step that did not come through, and what is left of it.

use crate::error::Error;
use alloc::boxed::Box;
use core::{fmt, time::Duration};

/// A step that did not come through.
///
/// What was not spent comes back as `state`. Where nobody cares for it, `?` turns a failure into
/// its [`Error`].
#[must_use]
pub enum Failure<S> {
    /// The protocol asks to go on: send `state`'s next request after `wait`.
    /// [`drive`](crate::drive) does so by itself.
    Again {
        /// What goes on.
        state: Box<S>,
        /// How long to wait first; often zero.
        wait: Duration,
        /// Why the server did not answer yet.
        error: Error,
    },
    /// Nothing need be spent. The caller decides whether and when to try `state` again.
    Later {
        /// What can be tried again.
        state: Box<S>,
        /// How long the server asks to wait, at most an hour.
        wait: Option<Duration>,
        /// What went wrong.
        error: Error,
    },
    /// The attempt is finished.
    Over(Error),
}

impl<S> Failure<S> {
    pub(crate) fn later(state: S, error: impl Into<Error>) -> Self {
        Self::Later { state: Box::new(state), wait: None, error: error.into() }
    }

    pub(crate) fn over(error: impl Into<Error>) -> Self {
        Self::Over(error.into())
    }

    /// What went wrong.
    #[must_use]
    pub fn error(&self) -> &Error {
        match self {
            Self::Again { error, .. } | Self::Later { error, .. } | Self::Over(error) => error,
        }
    }

    /// What went wrong, giving up what is left.
    #[must_use]
    pub fn into_error(self) -> Error {
        match self {
            Self::Again { error, .. } | Self::Later { error, .. } | Self::Over(error) => error,
        }
    }

    /// What is left: `None` if the attempt is finished.
    #[must_use]
    pub fn into_state(self) -> Option<S> {
        match self {
            Self::Again { state, .. } | Self::Later { state, .. } => Some(*state),
            Self::Over(_) => None,
        }
    }
}

impl<S> From<Failure<S>> for Error {
    fn from(failure: Failure<S>) -> Self {
        failure.into_error()
    }
}

impl<S> fmt::Debug for Failure<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self {
            Self::Again { .. } => "Again",
            Self::Later { .. } => "Later",
            Self::Over(_) => "Over",
        };
        f.debug_tuple(name).field(self.error()).finish()
    }
}

impl<S> fmt::Display for Failure<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error().fmt(f)
    }
}

impl<S> core::error::Error for Failure<S> {}
