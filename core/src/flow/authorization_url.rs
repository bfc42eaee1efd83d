//! Where to send the browser.

use crate::value::UnixTime;
use alloc::string::String;
use core::fmt;
use url::{ParseError, Url};
use zeroize::Zeroizing;

/// The URL that the browser is sent to, as text, built in one allocation.
///
/// It holds `state`, which is for this browser only: answer with 303 or 302 to it, never log it.
/// `Debug` shows the part before the query; the memory is wiped on drop.
///
/// A desktop application opens it in the system's browser; hand it over as one argument and
/// never by way of a shell.
#[derive(Clone, PartialEq, Eq)]
pub struct AuthorizationUrl {
    text: Zeroizing<String>,
    expires_at: Option<UnixTime>,
}

impl AuthorizationUrl {
    pub(super) fn new(text: String) -> Self {
        Self { text: text.into(), expires_at: None }
    }

    /// The URL of a request that was pushed.
    pub(super) fn pushed(text: String, expires_at: UnixTime) -> Self {
        Self { text: text.into(), expires_at: Some(expires_at) }
    }

    /// The URL as text, ASCII only.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Until when the browser may open the URL, where the request was pushed; it may do so once
    /// (RFC 9126 section 4).
    #[must_use]
    pub fn expires_at(&self) -> Option<UnixTime> {
        self.expires_at
    }
}

impl AsRef<str> for AuthorizationUrl {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl From<AuthorizationUrl> for String {
    fn from(mut url: AuthorizationUrl) -> Self {
        core::mem::take(&mut url.text)
    }
}

impl TryFrom<AuthorizationUrl> for Url {
    type Error = ParseError;

    fn try_from(url: AuthorizationUrl) -> Result<Self, ParseError> {
        Self::parse(url.as_str())
    }
}

impl fmt::Debug for AuthorizationUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.text.split('?').next().unwrap_or_default(), f)
    }
}
