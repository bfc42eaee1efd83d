//! Replies that break the protocol.

use super::ServerText;
use core::{fmt, time::Duration};

/// How a server's reply broke the protocol.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ProtocolError {
    /// The body is larger than [`Policy::max_body`](crate::Policy::max_body).
    BodyTooLarge {
        /// The limit, in bytes.
        limit: usize,
    },
    /// The client is bound to a key, and the token is not (RFC 9449 section 5).
    DpopDowngrade,
    /// A member that must not, or cannot, be as it is (RFC 6749 section 5.1).
    Invalid(&'static str),
    /// The document names another issuer than the one that was asked (RFC 8414 section 3.3).
    IssuerMismatch,
    /// The media type is none that this reply may have (RFC 6749 section 5.1).
    MediaType,
    /// A required member is missing (RFC 6749 section 5.1).
    Missing(&'static str),
    /// An error status whose body holds no OAuth error (RFC 6749 section 5.2).
    NotAnOAuthError {
        /// The HTTP status.
        status: u16,
    },
    /// The body is not one valid form.
    NotForm,
    /// The body is not one valid JSON object (RFC 8259).
    NotJson,
    /// A member occurs twice.
    Repeated(&'static str),
    /// The document describes another resource than the one that was asked for (RFC 9728
    /// section 3.3).
    ResourceMismatch,
    /// The resource server is not content after
    /// [`Policy::step_up_limit`](crate::Policy::step_up_limit) step-ups.
    StepUpLoop,
    /// The token is of a type that grantflow cannot use (RFC 6749 section 7.1).
    TokenType(ServerText),
    /// The server answered with a redirect, which is never followed (RFC 9700 section 4.12).
    UnexpectedRedirect {
        /// The HTTP status.
        status: u16,
    },
    /// A status that has no meaning here.
    UnexpectedStatus {
        /// The HTTP status.
        status: u16,
        /// What the server said in `Retry-After`, at most an hour.
        retry_after: Option<Duration>,
    },
}

impl ProtocolError {
    /// The HTTP status, where the status is what was wrong.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::NotAnOAuthError { status }
            | Self::UnexpectedRedirect { status }
            | Self::UnexpectedStatus { status, .. } => Some(*status),
            _ => None,
        }
    }
}

impl fmt::Display for ProtocolError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BodyTooLarge { limit } => {
                write!(f, "the server's reply is larger than {limit} bytes")
            }
            Self::DpopDowngrade => {
                f.write_str("the server gave a token that is not bound to the client's key")
            }
            Self::Invalid(name) => write!(f, "the server's reply has an invalid {name}"),
            Self::IssuerMismatch => f.write_str(
                "the server's metadata names another issuer than the one that was asked",
            ),
            Self::MediaType => f.write_str(
                "the server's reply has another media type than application/json; \
                 Quirks::body_sniff reads it all the same",
            ),
            Self::Missing(name) => write!(f, "the server's reply has no {name}"),
            Self::NotAnOAuthError { status } => {
                write!(f, "the server answered with status {status} and no OAuth error")
            }
            Self::NotForm => f.write_str("the server's reply is not a valid form"),
            Self::NotJson => f.write_str("the server's reply is not one valid JSON object"),
            Self::Repeated(name) => write!(f, "the server's reply has {name} twice"),
            Self::ResourceMismatch => f.write_str(
                "the resource's metadata describes another resource than the one asked for",
            ),
            Self::StepUpLoop => f.write_str(
                "the resource server demands step-up after step-up; a login of the user's own \
                 accord begins anew",
            ),
            Self::TokenType(text) => write!(
                f,
                "the server gave a token of type \"{text}\", which is not understood; \
                 Quirks::token_type_aliases names the types that mean Bearer"
            ),
            Self::UnexpectedRedirect { status } => {
                write!(f, "the server answered with the redirect {status}, which is not followed")
            }
            Self::UnexpectedStatus { status, retry_after: None } => {
                write!(f, "the server answered with the unexpected status {status}")
            }
            Self::UnexpectedStatus { status, retry_after: Some(wait) } => write!(
                f,
                "the server answered with the unexpected status {status}; \
                 try again in {} s",
                wait.as_secs()
            ),
        }
    }
}

impl core::error::Error for ProtocolError {}
