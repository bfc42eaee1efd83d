//! Callbacks that are forged, stray, late or damaged.

use super::ErrorCode;
use core::fmt;

/// Why a callback was turned away.
///
/// Nothing that the callback carried is repeated here before `state` and `iss` are verified.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CallbackError {
    /// `code` holds characters outside RFC 6749 appendix A.11.
    CodeInvalid,
    /// There is neither a `code` nor an `error`.
    CodeMissing,
    /// A parameter is not validly percent-encoded UTF-8.
    Encoding,
    /// The callback came after the pending flow's lifetime.
    Expired,
    /// `iss` is not the configured issuer (RFC 9207 section 2.4).
    IssuerMismatch,
    /// `iss` is missing, though the server promised it or the policy demands it (RFC 9207
    /// section 2.4).
    IssuerMissing {
        /// The error code that the callback carried: from whom is not verified. Some servers
        /// leave `iss` out of error redirects. Always `None` under
        /// [`Policy::mcp`](crate::Policy::mcp).
        unverified: Option<ErrorCode>,
    },
    /// A form_post body is not `application/x-www-form-urlencoded`.
    MediaType,
    /// The callback is not at the path of the flow's loopback redirect URI (RFC 8252 section 8.10).
    Path,
    /// A parameter occurs twice (RFC 6749 section 3.1); it is named if it is one of the protocol's.
    Repeated(&'static str),
    /// The callback came by the query where form_post was asked for, or the other way round.
    ResponseMode,
    /// `state` is another flow's, or forged (RFC 6749 section 10.12).
    StateMismatch,
    /// There is no `state` (RFC 6749 section 4.1.2).
    StateMissing,
    /// The callback is larger than 64 KiB.
    TooLarge,
    /// The callback has more than 64 parameters.
    TooManyParameters,
    /// A parameter that has no place in a code flow's callback: a token, or a JARM response.
    Unexpected(&'static str),
}

impl fmt::Display for CallbackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::CodeInvalid => "the callback's code holds characters that RFC 6749 forbids",
            Self::CodeMissing => "the callback has neither a code nor an error",
            Self::Encoding => "the callback is not validly percent-encoded UTF-8",
            Self::Expired => "the callback came too late; start the login again",
            Self::IssuerMismatch => "the callback's iss is not the issuer that was asked",
            Self::IssuerMissing { unverified: None } => "the callback has no iss",
            Self::IssuerMissing { unverified: Some(code) } => {
                return write!(
                    f,
                    "the callback has no iss; it carries the unverified error {code}"
                );
            }
            Self::MediaType => "the callback's body is not application/x-www-form-urlencoded",
            Self::Path => "the callback is not at the path of the redirect URI",
            Self::Repeated(name) => return write!(f, "the callback has {name} twice"),
            Self::ResponseMode => {
                "the callback did not come by the response mode that was asked for"
            }
            Self::StateMismatch => "the callback's state is not this flow's",
            Self::StateMissing => "the callback has no state",
            Self::TooLarge => "the callback is larger than 64 KiB",
            Self::TooManyParameters => "the callback has more than 64 parameters",
            Self::Unexpected(name) => {
                return write!(f, "the callback has {name}, which has no place in a code flow");
            }
        })
    }
}

impl core::error::Error for CallbackError {}
