//! The server said no.

use super::{Error, ErrorCode, ServerText};
use alloc::boxed::Box;
use core::{fmt, time::Duration};

/// A server's refusal, in the protocol's own words (RFC 6749 sections 4.1.2.1 and 5.2).
///
/// Further members of the error body are in the response, which stays with the caller.
#[derive(Clone, PartialEq, Eq)]
pub struct Refusal(Box<Said>);

/// What the server said; boxed, because errors travel in every `Result`.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) code: ErrorCode,
    pub(crate) description: Option<ServerText>,
    pub(crate) uri: Option<ServerText>,
    pub(crate) status: Option<u16>,
    pub(crate) retry_after: Option<Duration>,
}

impl Refusal {
    /// The error code.
    #[must_use]
    pub fn code(&self) -> &ErrorCode {
        &self.0.code
    }

    /// `error_description`: for the developer, not for the user.
    #[must_use]
    pub fn description(&self) -> Option<&ServerText> {
        self.0.description.as_ref()
    }

    /// `error_uri`: a page about the error. It is the server's text, not a checked URL.
    #[must_use]
    pub fn uri(&self) -> Option<&ServerText> {
        self.0.uri.as_ref()
    }

    /// The HTTP status, or `None` where the refusal came by the callback.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.0.status
    }

    /// What the server said in `Retry-After`, at most an hour.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }
}

impl From<Said> for Error {
    fn from(said: Said) -> Self {
        Self::Refused(Refusal(Box::new(said)))
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the server refused: {}", self.code())?;
        if let Some(description) = self.description() {
            write!(f, " ({description})")?;
        }
        match self.code() {
            ErrorCode::InvalidClient => {
                f.write_str("; check the client id and secret, and Quirks::basic_encoding")
            }
            ErrorCode::InvalidGrant => f.write_str("; the user must sign in again"),
            _ => Ok(()),
        }
    }
}

impl fmt::Debug for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Refusal")
            .field("code", self.code())
            .field("description", &self.description())
            .field("uri", &self.uri())
            .field("status", &self.status())
            .field("retry_after", &self.retry_after())
            .finish()
    }
}

impl core::error::Error for Refusal {}
