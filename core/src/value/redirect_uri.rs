//! Where the browser comes back to.

use super::SecureUrl;
use crate::error::{ConfigError, Error, UrlProblem};
use alloc::sync::Arc;
use core::{fmt, str::FromStr};

/// The client's redirect URI (RFC 6749 section 3.1.2): an https URL, an http URL on a loopback
/// address, or a URI with a private-use scheme (RFC 8252 sections 7.1 to 7.3).
///
/// It keeps the exact text, because servers compare it byte by byte.
///
/// ```
/// # use grantflow::RedirectUri;
/// assert!(RedirectUri::parse("https://client.example/cb").is_ok());
/// assert!(RedirectUri::parse("http://127.0.0.1:51004/cb").is_ok());
/// assert!(RedirectUri::parse("com.example.app:/cb").is_ok());
/// assert!(RedirectUri::parse("http://client.example/cb").is_err());
/// assert!(RedirectUri::parse("myapp:/cb").is_err());
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct RedirectUri(Arc<str>);

impl RedirectUri {
    /// Parses a redirect URI.
    ///
    /// # Errors
    /// [`ConfigError::Url`] with what is wrong.
    pub fn parse(text: &str) -> Result<Self, Error> {
        if is_web(text) {
            SecureUrl::parse_as("redirect URI", text)?;
        } else {
            check_private_use(text)
                .map_err(|problem| ConfigError::Url { what: "redirect URI", problem })?;
        }
        Ok(Self(text.into()))
    }

    /// The text as it was given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the scheme is an application's own (RFC 8252 section 7.1).
    pub(crate) fn is_private_use(&self) -> bool {
        !is_web(&self.0)
    }

    /// The path of a loopback redirect URI: a native application's own listener.
    pub(crate) fn loopback_path(&self) -> Option<&str> {
        let (scheme, rest) = self.0.split_once("://")?;
        let after_host = rest.find(['/', '?']).and_then(|at| rest.get(at..)).unwrap_or_default();
        let path = after_host.split('?').next().unwrap_or_default();
        scheme.eq_ignore_ascii_case("http").then_some(if path.is_empty() { "/" } else { path })
    }
}

impl FromStr for RedirectUri {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::parse(text)
    }
}

impl fmt::Debug for RedirectUri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

fn scheme(text: &str) -> &str {
    text.split(':').next().unwrap_or_default()
}

fn is_web(text: &str) -> bool {
    let scheme = scheme(text);
    scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http")
}

/// The generic syntax of RFC 3986, with a scheme that is a reversed domain name.
fn check_private_use(text: &str) -> Result<(), UrlProblem> {
    let scheme = scheme(text);
    let is_scheme = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    let Some(rest) = text.strip_prefix(scheme).and_then(|rest| rest.strip_prefix(':')) else {
        return Err(UrlProblem::NotAbsolute);
    };
    if !is_scheme || rest.is_empty() {
        return Err(UrlProblem::NotAbsolute);
    }
    if !scheme.contains('.') || scheme.ends_with('.') || scheme.contains("..") {
        return Err(UrlProblem::PrivateUse);
    }
    if rest.contains('#') {
        return Err(UrlProblem::Fragment);
    }
    let is_uri = |byte: u8| matches!(byte, b'!'..=b'~') && !b"\"<>\\^`{|}".contains(&byte);
    if rest.bytes().all(is_uri) { Ok(()) } else { Err(UrlProblem::Rewritten) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn refuses(text: &str, problem: UrlProblem) {
        let expected = ConfigError::Url { what: "redirect URI", problem };
        assert_eq!(RedirectUri::parse(text), Err(expected.into()), "{text}");
    }

    #[test]
    fn each_kind_has_its_own_rule() {
        refuses("/cb", UrlProblem::NotAbsolute);
        refuses(":/cb", UrlProblem::NotAbsolute);
        refuses("com.example.app:", UrlProblem::NotAbsolute);
        refuses("myapp:/cb", UrlProblem::PrivateUse);
        refuses("javascript:alert(1)", UrlProblem::PrivateUse);
        refuses("com.example.app:/cb#", UrlProblem::Fragment);
        refuses("com.example.app:/c b", UrlProblem::Rewritten);
        refuses("https://client.example/cb#x", UrlProblem::Fragment);
        refuses("http://client.example/cb", UrlProblem::Scheme);
        refuses("HTTP://client.example/cb", UrlProblem::Scheme);
    }

    #[test]
    fn the_exact_text_is_kept() {
        let uri = RedirectUri::parse("HTTPS://Client.example:443").unwrap();
        assert_eq!(uri.as_str(), "HTTPS://Client.example:443");
    }

    #[test]
    fn only_a_loopback_uri_has_a_path_to_compare() {
        let path = |text| {
            RedirectUri::parse(text).unwrap().loopback_path().map(alloc::string::String::from)
        };
        assert_eq!(path("http://127.0.0.1:51004/cb?x=1").as_deref(), Some("/cb"));
        assert_eq!(path("http://[::1]:51004").as_deref(), Some("/"));
        assert_eq!(path("http://localhost?x=/y").as_deref(), Some("/"));
        assert_eq!(path("https://client.example/cb"), None);
        assert_eq!(path("com.example.app:/cb"), None);
    }
}
