//! What was stored does not fit.

use core::fmt;

/// Why a pending flow or stored tokens were not taken up.
///
/// What is in storage is untouched; decide there whether to keep it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StoredError {
    /// Another browser session started the flow (login CSRF, RFC 6749 section 10.12).
    Binding,
    /// Another client, or the same client at another issuer, made it.
    Client,
    /// It is bound to another key than the client, or the client to none (RFC 9449).
    Key,
    /// It is not in a form that grantflow writes.
    Unreadable,
    /// The code verifier is missing or malformed (RFC 7636 section 4.1).
    Verifier,
    /// A version of grantflow wrote it that this one does not know.
    Version,
}

impl fmt::Display for StoredError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Binding => "the pending flow belongs to another browser session",
            Self::Client => "the stored value belongs to another client or issuer",
            Self::Key => "the stored value is bound to another key than the client",
            Self::Unreadable => "the stored value is not in a form that grantflow writes",
            Self::Verifier => "the pending flow's code verifier is missing or malformed",
            Self::Version => "the stored value was written by an unknown version of grantflow",
        })
    }
}

impl core::error::Error for StoredError {}
