//! What is asked for, and what is granted.

use crate::error::{ConfigError, Error};
use alloc::{collections::BTreeSet, string::String, sync::Arc, vec::Vec};
use core::{fmt, str::FromStr};

/// A set of scope tokens, in order (RFC 6749 section 3.3).
///
/// It stays one text and is split on iteration; cloning shares it.
///
/// ```
/// # use grantflow::Scope;
/// let scope: Scope = "read_photos list_albums".parse()?;
/// assert_eq!(scope.iter().collect::<Vec<_>>(), ["read_photos", "list_albums"]);
/// assert!(scope.contains("read_photos"));
/// assert!("täglich".parse::<Scope>().is_err());
/// # Ok::<(), grantflow::Error>(())
/// ```
#[derive(Clone, Default)]
pub struct Scope {
    text: Option<Arc<str>>,
    /// What stands between two tokens, where it is not a space.
    separator: Option<char>,
}

impl Scope {
    /// Parses scope tokens with spaces between them; none at all is the empty scope.
    ///
    /// # Errors
    /// [`ConfigError::Scope`] if a token holds a character outside the alphabet of RFC 6749
    /// section 3.3: printable ASCII without `"` and `\`.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let is_legal = |byte| matches!(byte, b' '..=b'!' | b'#'..=b'[' | b']'..=b'~');
        if !text.bytes().all(is_legal) {
            return Err(ConfigError::Scope.into());
        }
        let tokens = || text.split(' ').filter(|token| !token.is_empty());
        let scope = |text: &str| Self { text: Some(text.into()), separator: None };
        // One space between two tokens, and none elsewhere, is what the grammar allows.
        let is_plain = !text.starts_with(' ') && !text.ends_with(' ') && !text.contains("  ");
        Ok(match text {
            _ if text.trim_matches(' ').is_empty() => Self::default(),
            _ if is_plain => scope(text),
            _ => scope(&joined(tokens(), text.len(), ' ')),
        })
    }

    /// What a server said, as data: any text, with the separator that its provider uses.
    pub(crate) fn granted(text: &str, separator: char) -> Self {
        Self { text: Some(text.into()), separator: (separator != ' ').then_some(separator) }
    }

    /// The text as it was given or received.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.text.as_deref().unwrap_or_default()
    }

    /// The tokens in order; empty ones between two separators are dropped.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.as_str().split(self.separator.unwrap_or(' ')).filter(|token| !token.is_empty())
    }

    /// Whether there is no token.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }

    /// Whether a token is among these.
    #[must_use]
    pub fn contains(&self, token: &str) -> bool {
        self.iter().any(|known| known == token)
    }

    /// The tokens of this scope that the other lacks.
    pub fn without<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = &'a str> {
        // A set, for a server may grant as many tokens as a reply can hold.
        let other: BTreeSet<_> = other.iter().collect();
        self.iter().filter(move |token| !other.contains(token))
    }

    /// The tokens of this scope, and those that the other has beyond them.
    ///
    /// ```
    /// # use grantflow::Scope;
    /// let (asked, more) = (Scope::parse("read_photos")?, Scope::parse("print read_photos")?);
    /// assert_eq!(asked.union(&more)?.as_str(), "read_photos print");
    /// # Ok::<(), grantflow::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ConfigError::Scope`] if a server's own scope has a character that no scope has.
    pub fn union(&self, other: &Self) -> Result<Self, Error> {
        let all: Vec<_> = self.iter().chain(other.without(self)).collect();
        Self::parse(&all.join(" "))
    }

    /// What stands between two tokens, where it is not a space.
    pub(crate) fn separator(&self) -> Option<char> {
        self.separator
    }

    /// The tokens in the form that a provider's separator wants them in.
    pub(crate) fn join(&self, separator: char) -> alloc::borrow::Cow<'_, str> {
        if self.separator.unwrap_or(' ') == separator {
            return self.as_str().into();
        }
        joined(self.iter(), self.as_str().len(), separator).into()
    }
}

/// Tokens of so many octets at most, with a separator between two.
fn joined<'a>(tokens: impl Iterator<Item = &'a str>, length: usize, separator: char) -> String {
    let mut joined = String::with_capacity(length);
    for token in tokens {
        if !joined.is_empty() {
            joined.push(separator);
        }
        joined.push_str(token);
    }
    joined
}

impl FromStr for Scope {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::parse(text)
    }
}

/// Two scopes are equal if they hold the same tokens, in any order.
impl PartialEq for Scope {
    fn eq(&self, other: &Self) -> bool {
        self.without(other).next().is_none() && other.without(self).next().is_none()
    }
}

impl Eq for Scope {}

impl fmt::Debug for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        crate::error::ServerText::from(self.as_str()).fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_tokens_are_dropped() {
        let scope = Scope::parse("  foo bar  baz ").unwrap();
        assert_eq!(scope.iter().collect::<Vec<_>>(), ["foo", "bar", "baz"]);
        assert_eq!(scope.as_str(), "foo bar baz");
        assert!(Scope::parse("  ").unwrap().is_empty());
        assert_eq!(Scope::parse("  ").unwrap().as_str(), "");
    }

    #[test]
    fn the_alphabet_is_rfc_6749s() {
        for legal in ["!", "#", "[", "]", "~", "https://a.example/b.c:d,e"] {
            assert!(Scope::parse(legal).is_ok(), "{legal}");
        }
        for illegal in ["\"", "\\", "\t", "\u{7f}", "ä", "a\nb"] {
            assert!(Scope::parse(illegal).is_err(), "{illegal:?}");
        }
    }

    #[test]
    fn a_comma_separates_only_where_the_provider_says_so() {
        let text = "repo,gist";
        assert_eq!(Scope::granted(text, ' ').iter().collect::<Vec<_>>(), ["repo,gist"]);
        assert_eq!(Scope::granted(text, ',').iter().collect::<Vec<_>>(), ["repo", "gist"]);
        assert_eq!(Scope::parse("a b").unwrap().join(','), "a,b");
    }

    #[test]
    fn order_does_not_matter_to_equality() {
        assert_eq!(Scope::parse("a b").unwrap(), Scope::parse("b a").unwrap());
        assert_ne!(Scope::parse("a b").unwrap(), Scope::parse("a").unwrap());
    }
}
