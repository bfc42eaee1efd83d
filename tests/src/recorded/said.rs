//! What a server said, read from its reply by other means than grantflow's.

use super::{fixture::Recorded, secrets};
use crate::vectors::fault::Fault;
use grantflow::{CallbackError, Error, ErrorCode, ProtocolError, Refusal, ServerText};
use serde_json::Value;
use std::{borrow::Cow, fmt};

/// What a reply says to a client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// What was asked for.
    Yes,
    /// No, with a code of the protocol.
    No(Cow<'static, str>),
    /// A status, and nothing of the protocol.
    Status(u16),
    /// Ask elsewhere.
    Redirect(u16),
    /// Something, in a media type that is not asked for.
    MediaType,
    /// Yes, without a member that the protocol requires.
    Lacks(&'static str),
    /// A callback that no flow takes.
    Unusable(CallbackError),
    /// Yes, for another issuer than the one that was asked.
    OtherIssuer,
}

/// No, with this code.
pub(super) const fn no(code: &'static str) -> Said {
    Said::No(Cow::Borrowed(code))
}

impl Said {
    /// No, with the code that the reply holds.
    pub(super) fn no(code: &str) -> Self {
        Self::No(Cow::Owned(code.to_owned()))
    }

    /// What an endpoint of the authorization server said whose success is a JSON object under
    /// `success`.
    pub(super) fn of(recorded: &Recorded, success: u16) -> Self {
        let status = recorded.status();
        let json = recorded.json();
        match json.get("error") {
            _ if (300..400).contains(&status) => Self::Redirect(status),
            Some(Value::String(code)) => Self::no(code),
            _ if status != success => Self::Status(status),
            _ if json.is_object() => Self::Yes,
            _ => Self::MediaType,
        }
    }

    /// As [`of`](Self::of), where success is the status alone.
    pub(super) fn of_status(recorded: &Recorded, success: u16) -> Self {
        if recorded.status() == success { Self::Yes } else { Self::of(recorded, success) }
    }

    /// Holds an error of grantflow's against what was said.
    pub(super) fn check(&self, recorded: &Recorded, error: &Error) -> Result<(), Fault> {
        let status = recorded.status();
        let is_same = match (self, error) {
            (Self::No(code), Error::Refused(refusal)) => {
                *refusal.code() == ErrorCode::from(&**code) && is_in_full(recorded, refusal)
            }
            (Self::Status(_) | Self::Redirect(_), Error::Protocol(error)) => {
                error.status() == Some(status)
                    && matches!(
                        (status, error),
                        (300..400, ProtocolError::UnexpectedRedirect { .. })
                            | (400..500, ProtocolError::NotAnOAuthError { .. })
                            // Where documents are, no OAuth errors are.
                            | (404, ProtocolError::UnexpectedStatus { .. })
                            | (200..300 | 500.., ProtocolError::UnexpectedStatus { .. })
                    )
            }
            (Self::MediaType, Error::Protocol(error)) => *error == ProtocolError::MediaType,
            (Self::Lacks(name), Error::Protocol(error)) => *error == ProtocolError::Missing(name),
            (Self::Unusable(reason), Error::Callback(error)) => error == reason,
            (Self::OtherIssuer, Error::Protocol(error)) => *error == ProtocolError::IssuerMismatch,
            _ => false,
        };
        if is_same { Ok(()) } else { Err(Fault::differs("the outcome", self, error)) }
    }
}

/// What came by HTTP has its status and the server's words; what came by the browser has no status.
fn is_in_full(recorded: &Recorded, refusal: &Refusal) -> bool {
    let json = recorded.json();
    let Some(status) = refusal.status() else { return json.get("error").is_none() };
    let description = json.get("error_description").and_then(Value::as_str);
    let description = description.map(|text| secrets::blanked(recorded, text));
    status == recorded.status()
        && refusal.description().map(ServerText::as_str) == description.as_deref()
}

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Yes => f.write_str("yes"),
            Self::No(code) => write!(f, "no: {code}"),
            Self::Status(status) => write!(f, "status {status}"),
            Self::Redirect(status) => write!(f, "redirect {status}"),
            Self::MediaType => f.write_str("another media type"),
            Self::Lacks(name) => write!(f, "lacks {name}"),
            Self::Unusable(error) => error.fmt(f),
            Self::OtherIssuer => f.write_str("another issuer"),
        }
    }
}
