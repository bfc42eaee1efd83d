//! What a token is for.

use crate::error::{ConfigError, Error, UrlProblem};
use alloc::boxed::Box;
use core::{fmt, str::FromStr};

/// A resource indicator: an absolute URI without a fragment (RFC 8707 section 2).
///
/// It keeps the exact text; comparison is byte by byte (RFC 9728 section 3.3). Name the most
/// specific URI that covers what the token is to be used for.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Resource(Box<str>);

impl Resource {
    /// Parses a resource indicator.
    ///
    /// # Errors
    /// [`ConfigError::Url`] with what is wrong.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let refuse = |problem| Err(ConfigError::Url { what: "resource", problem }.into());
        let scheme = text.split(':').next().unwrap_or_default();
        let is_scheme = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
            && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
        let is_uri = |byte: u8| matches!(byte, b'!'..=b'~') && !b"\"<>\\^`{|}".contains(&byte);
        if !is_scheme || text.len() <= scheme.len().saturating_add(1) {
            return refuse(UrlProblem::NotAbsolute);
        }
        if text.contains('#') {
            return refuse(UrlProblem::Fragment);
        }
        if !text.bytes().all(is_uri) {
            return refuse(UrlProblem::Rewritten);
        }
        Ok(Self(text.into()))
    }

    /// The text as it was given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Resource {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::parse(text)
    }
}

impl fmt::Debug for Resource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_resource_is_an_absolute_uri_without_a_fragment() {
        for text in ["https://api.example", "https://api.example/?a=b", "urn:example:photos"] {
            assert_eq!(Resource::parse(text).unwrap().as_str(), text);
        }
        for text in
            ["", "/photos", "photos", ":x", "https:", "https://a/#", "https://a/ b", "https://ä/"]
        {
            assert!(Resource::parse(text).is_err(), "{text}");
        }
    }
}
