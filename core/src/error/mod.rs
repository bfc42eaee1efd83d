//! What can go wrong, sorted by whose doing it is.

mod callback;
mod challenge;
mod code;
mod config;
mod protocol;
mod refusal;
mod stored;
mod text;

use core::fmt;

pub use callback::CallbackError;
pub(crate) use challenge::is_tchar;
pub use challenge::{Challenge, Challenged};
pub use code::ErrorCode;
pub use config::{ConfigError, UrlProblem};
pub use protocol::ProtocolError;
pub use refusal::Refusal;
pub(crate) use refusal::Said;
pub use stored::StoredError;
pub use text::ServerText;
pub(crate) use text::{holds, without};

/// Everything that a step of grantflow can fail with.
///
/// The variant says by whose doing; match on the value inside for the rule that was broken. No
/// error holds a body: of what a server sent, only `error`, `error_description`, `error_uri`, a
/// token type that is not understood and the challenges are kept, with the flow's own secrets
/// blanked. `Display` is one line.
///
/// ```
/// use grantflow::{Error, ConfigError, SecureUrl};
///
/// let error = SecureUrl::parse("http://as.example/token").unwrap_err();
/// assert!(matches!(error, Error::Config(ConfigError::Url { .. })));
/// assert_eq!(error.to_string(), "the URL must be https, or http to a loopback address");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// The application: its configuration, or what it asked for.
    Config(ConfigError),
    /// Storage: what was kept while the browser was away, or between two runs.
    Stored(StoredError),
    /// The browser: a callback that is forged, stray, late or damaged.
    Callback(CallbackError),
    /// The server said no, in the protocol's own words.
    Refused(Refusal),
    /// The resource server turned a call away with 401 or 403.
    Challenged(Challenged),
    /// The server broke the protocol.
    Protocol(ProtocolError),
}

impl Error {
    /// The protocol's error code, where the server gave one (RFC 6749 sections 4.1.2.1 and 5.2).
    #[must_use]
    pub fn code(&self) -> Option<&ErrorCode> {
        match self {
            Self::Refused(refusal) => Some(refusal.code()),
            _ => None,
        }
    }

    /// Whether only a new login helps: the grant is expired, revoked or used up, or there is no
    /// refresh token.
    ///
    /// ```
    /// # use grantflow::*;
    /// # let client = Client::public(AuthorizationServer::new("https://as.example/t".parse()?), "id").build()?;
    /// # let tokens = StoredTokens::import("at", TokenType::Bearer)?.with_refresh_token("rt")?;
    /// # let now = UnixTime::from_secs(0);
    /// let refresh = Flow::restore(&client, tokens)?.refresh().map_err(Failure::into_error)?;
    /// let json = [("content-type", "application/json")];
    /// let reply = Response::new(400, json, r#"{"error":"invalid_grant"}"#);
    /// assert!(refresh.receive(&reply, now).unwrap_err().error().must_reauthorize());
    /// # Ok::<(), Error>(())
    /// ```
    #[must_use]
    pub fn must_reauthorize(&self) -> bool {
        self.code() == Some(&ErrorCode::InvalidGrant)
            || *self == Self::Config(ConfigError::NoRefreshToken)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Config(error) => error.fmt(f),
            Self::Stored(error) => error.fmt(f),
            Self::Callback(error) => error.fmt(f),
            Self::Refused(error) => error.fmt(f),
            Self::Challenged(error) => error.fmt(f),
            Self::Protocol(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for Error {}

impl From<ConfigError> for Error {
    fn from(error: ConfigError) -> Self {
        Self::Config(error)
    }
}

impl From<StoredError> for Error {
    fn from(error: StoredError) -> Self {
        Self::Stored(error)
    }
}

impl From<CallbackError> for Error {
    fn from(error: CallbackError) -> Self {
        Self::Callback(error)
    }
}

impl From<ProtocolError> for Error {
    fn from(error: ProtocolError) -> Self {
        Self::Protocol(error)
    }
}
