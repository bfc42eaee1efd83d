//! The authorization server's name.

use super::{SecureUrl, is_unreserved, split_host};
use crate::error::{ConfigError, Error, UrlProblem};
use alloc::{string::String, sync::Arc};
use core::{fmt, str::FromStr};

/// An issuer identifier: a [`SecureUrl`] without a query (RFC 8414 section 2).
///
/// It keeps the exact text, and comparison is byte by byte: a trailing slash, a port or the case
/// of a letter makes another issuer (RFC 8414 section 4, RFC 9207 section 2.4).
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Issuer(Arc<str>);

impl Issuer {
    /// Parses an issuer identifier.
    ///
    /// # Errors
    /// [`ConfigError::Url`] with what is wrong.
    pub fn parse(text: &str) -> Result<Self, Error> {
        SecureUrl::parse_as("issuer", text)?;
        if text.contains('?') {
            return Err(ConfigError::Url { what: "issuer", problem: UrlProblem::Query }.into());
        }
        Ok(Self(text.into()))
    }

    /// The text as it was given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Issuer {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::parse(text)
    }
}

impl fmt::Debug for Issuer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl fmt::Display for Issuer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How an issuer that a server names is held against the configured one.
///
/// Anything but [`Exact`](Self::Exact) is a deviation of one known server, chosen by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum IssuerMatch {
    /// Byte by byte.
    #[default]
    Exact,
    /// A single trailing slash more or less does not count.
    TrailingSlash,
    /// The server names itself by a template whose one `{...}` stands for a single path segment,
    /// any one: `https://login.microsoftonline.com/{tenantid}/v2.0`.
    Template(String),
}

impl IssuerMatch {
    pub(crate) fn accepts(&self, configured: &Issuer, named: &str) -> bool {
        let configured = configured.as_str();
        match self {
            Self::Exact => configured == named,
            Self::TrailingSlash => {
                configured.strip_suffix('/').unwrap_or(configured)
                    == named.strip_suffix('/').unwrap_or(named)
            }
            Self::Template(template) => configured == named || fits(template, named),
        }
    }
}

/// Whether `named` is the template itself, or the template with its one path segment filled in.
fn fits(template: &str, named: &str) -> bool {
    let segment = || {
        let (before, rest) = template.split_once('{')?;
        let (_, after) = rest.split_once('}')?;
        let (host, path) = split_host(before);
        let is_segment = path.ends_with('/') && (after.is_empty() || after.starts_with('/'));
        let is_template = is_segment && SecureUrl::parse(host).is_ok();
        named.strip_prefix(before)?.strip_suffix(after).filter(|_| is_template)
    };
    template == named
        || segment().is_some_and(|text| !text.is_empty() && text.bytes().all(is_unreserved))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn compares(how: &IssuerMatch, named: &str, expected: bool) {
        let configured = Issuer::parse("https://as.example/t").unwrap();
        assert_eq!(how.accepts(&configured, named), expected, "{named}");
    }

    #[test]
    fn nothing_is_normalised() {
        let how = IssuerMatch::Exact;
        compares(&how, "https://as.example/t", true);
        for other in [
            "https://as.example/t/",
            "https://AS.example/t",
            "https://as.example:443/t",
            "https://as.example/%74",
            "https://as.example/T",
            "",
        ] {
            compares(&how, other, false);
        }
    }

    #[test]
    fn one_trailing_slash_is_forgiven_by_name() {
        compares(&IssuerMatch::TrailingSlash, "https://as.example/t/", true);
        compares(&IssuerMatch::TrailingSlash, "https://as.example/t", true);
        compares(&IssuerMatch::TrailingSlash, "https://as.example/t//", false);
    }

    #[test]
    fn a_template_takes_one_segment() {
        let how = IssuerMatch::Template("https://as.example/{tenant}/v2".into());
        compares(&how, "https://as.example/{tenant}/v2", true);
        compares(&how, "https://as.example/a-1/v2", true);
        compares(&how, "https://as.example//v2", false);
        compares(&how, "https://as.example/a/b/v2", false);
        compares(&how, "https://evil.example/a/v2", false);
        for (template, named) in [
            ("https://as.example{x}", "https://as.example.evil.test"),
            ("https://{t}.example", "https://a.evil.example"),
            ("https://as.example/a{x}", "https://as.example/ab"),
            ("{a}", "x"),
        ] {
            compares(&IssuerMatch::Template(template.into()), named, false);
        }
    }

    #[test]
    fn an_issuer_has_no_query() {
        let error = Issuer::parse("https://as.example?x=1").unwrap_err();
        assert_eq!(alloc::format!("{error}"), "the issuer must not have a query");
    }
}
