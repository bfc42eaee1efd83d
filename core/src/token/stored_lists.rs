//! The lists in the stored form, read in the place that they take: what serde derives would keep
//! all that stands there first.

use crate::{
    error::StoredError,
    value::{Resource, Scope},
};
use alloc::{string::String, vec::Vec};
use core::fmt;
use serde::{
    Deserialize, Deserializer, Serialize,
    de::{Error as _, SeqAccess, Visitor},
};

/// A scope: its text, and what separates its tokens where it is not a space.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Scoped<Text> {
    Spaces(Text),
    Others(Text, char),
}

impl<'a> From<&'a Scope> for Scoped<&'a str> {
    fn from(scope: &'a Scope) -> Self {
        match scope.separator() {
            None => Self::Spaces(scope.as_str()),
            Some(separator) => Self::Others(scope.as_str(), separator),
        }
    }
}

impl<'de> Deserialize<'de> for Scoped<String> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Parts;
        impl<'de> Visitor<'de> for Parts {
            type Value = Scoped<String>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a scope")
            }

            fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Scoped::Spaces(text.into()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<Self::Value, A::Error> {
                match (parts.next_element()?, parts.next_element()?) {
                    (Some(text), Some(separator)) => Ok(Scoped::Others(text, separator)),
                    _ => Err(A::Error::custom(StoredError::Unreadable)),
                }
            }
        }
        deserializer.deserialize_any(Parts)
    }
}

/// Resources, read one by one.
pub(super) struct Resources(pub(super) Vec<Resource>);

impl<'de> Deserialize<'de> for Resources {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Texts;
        impl<'de> Visitor<'de> for Texts {
            type Value = Vec<Resource>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("resources")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut texts: A) -> Result<Self::Value, A::Error> {
                let mut all: Vec<Resource> = Vec::new();
                while let Some(text) = texts.next_element::<String>()? {
                    if all.len() == all.capacity() {
                        // By half: twice would take three times its place while it moves.
                        all.reserve_exact((all.len() / 2).saturating_add(4));
                    }
                    all.push(Resource::parse(&text).map_err(A::Error::custom)?);
                }
                Ok(all)
            }
        }
        deserializer.deserialize_seq(Texts).map(Self)
    }
}

impl From<Scoped<String>> for Scope {
    fn from(stored: Scoped<String>) -> Self {
        match stored {
            Scoped::Spaces(text) => Self::granted(&text, ' '),
            Scoped::Others(text, separator) => Self::granted(&text, separator),
        }
    }
}
