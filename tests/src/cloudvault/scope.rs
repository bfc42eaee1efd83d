//! What a client may be allowed to do.

use std::collections::BTreeSet;
use std::fmt;

/// Every scope of this server, with the words that the consent page shows.
pub(super) const KNOWN: [(&str, &str); 2] =
    [("read_photos", "see your photos"), ("list_albums", "list your albums")];

/// A set of known scopes (RFC 6749 section 3.3: order and repetition carry no meaning).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Scope(BTreeSet<&'static str>);

impl Scope {
    /// What a request without `scope` gets.
    pub(super) fn default_scope() -> Self {
        Self(BTreeSet::from(["read_photos"]))
    }

    /// `None` when a scope is unknown or none is named.
    pub(super) fn parse(text: &str) -> Option<Self> {
        text.split(' ')
            .map(|token| {
                let (name, _) = KNOWN.iter().find(|(name, _)| *name == token)?;
                Some(*name)
            })
            .collect::<Option<_>>()
            .map(Self)
    }

    pub(super) fn contains(&self, name: &str) -> bool {
        self.0.contains(name)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn is_subset(&self, other: &Self) -> bool {
        self.0.is_subset(&other.0)
    }

    /// The permissions in a person's words.
    pub(super) fn in_words(&self) -> impl Iterator<Item = &'static str> {
        KNOWN.iter().filter(|(name, _)| self.contains(name)).map(|(_, words)| *words)
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, name) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str(" ")?;
            }
            f.write_str(name)?;
        }
        Ok(())
    }
}
