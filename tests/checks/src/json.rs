//! JSON as `serde_json` reads it: the other opinion.

use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, MapAccess, Visitor},
};
use serde_json::Value;

/// The members of one object in the order in which they stand, repeated ones included.
pub(crate) struct Object(pub(crate) Vec<(String, Value)>);

impl Object {
    /// What `serde_json` makes of a body, after a byte order mark. It refuses half a surrogate
    /// pair, numbers that no double holds, and what is nested more than 127 deep.
    pub(crate) fn read(body: &[u8]) -> Option<Self> {
        serde_json::from_slice(without_mark(body)).ok()
    }

    /// The one member of a name; `null` is absent.
    ///
    /// # Panics
    /// If there are two.
    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        let mut named = self.0.iter().filter(|(known, _)| known == name);
        let value = named.next().map(|(_, value)| value);
        assert!(named.next().is_none(), "{name} twice was accepted");
        value.filter(|value| !value.is_null())
    }

    /// How often a member stands there.
    pub(crate) fn count(&self, name: &str) -> usize {
        self.0.iter().filter(|(known, _)| known == name).count()
    }

    /// A text; an empty one is absent.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.get(name).and_then(Value::as_str).filter(|text| !text.is_empty())
    }

    /// The texts of an array.
    pub(crate) fn texts(&self, name: &str) -> Option<Vec<String>> {
        self.get(name).map(|value| Vec::deserialize(value).expect("an array of texts"))
    }
}

/// Whether a body is one JSON object, at any depth.
pub(crate) fn is_object(body: &[u8]) -> bool {
    let text = without_mark(body);
    core::str::from_utf8(text).is_ok()
        && text.trim_ascii_start().starts_with(b"{")
        && serde_json::from_slice::<IgnoredAny>(text).is_ok()
}

/// A number of seconds as the text of a reply means it, next to what was made of it.
pub(crate) fn is_seconds(value: &Value, read: u64) -> bool {
    match value {
        Value::String(digits) => digits.parse() == Ok(read),
        // A double does not tell large numbers apart.
        Value::Number(number) => match (number.as_u64(), number.as_f64()) {
            (Some(exact), _) => exact == read,
            (None, Some(double)) => double >= 0.0 && near(double, read),
            (None, None) => false,
        },
        _ => false,
    }
}

fn near(double: f64, read: u64) -> bool {
    // It saturates, as the reader does.
    let whole = double as u64;
    whole.abs_diff(read) <= 1 + (whole >> 50)
}

/// A body without its byte order mark.
pub(crate) fn without_mark(body: &[u8]) -> &[u8] {
    body.strip_prefix("\u{feff}".as_bytes()).unwrap_or(body)
}

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;
        impl<'de> Visitor<'de> for Members {
            type Value = Object;

            fn expecting(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Object(members))
            }
        }
        deserializer.deserialize_map(Members)
    }
}
