//! The members of a JSON object, each taken once, none left over.

use super::fault::Fault;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// A JSON object of a case. Whoever reads it takes what it understands; [`finish`](Self::finish)
/// makes a fault of the rest, so that nothing in a case is ever overlooked.
#[derive(Debug)]
pub(super) struct Members {
    place: String,
    map: Map<String, Value>,
}

impl Members {
    /// `place` says in faults where the object is.
    pub(super) fn new(place: &str, value: Value) -> Result<Self, Fault> {
        match value {
            Value::Object(map) => Ok(Self { place: place.to_owned(), map }),
            other => Err(Fault::differs(place, "an object", other)),
        }
    }

    /// A member that must be there.
    pub(super) fn required<T: DeserializeOwned>(&mut self, name: &str) -> Result<T, Fault> {
        let value = self.map.remove(name);
        let value = value.ok_or_else(|| Fault::new(format!("{} has no {name}", self.place)))?;
        self.read(name, value)
    }

    /// A member that may be missing or null, which is the same.
    pub(super) fn optional<T: DeserializeOwned>(&mut self, name: &str) -> Result<Option<T>, Fault> {
        match self.map.remove(name) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => self.read(name, value).map(Some),
        }
    }

    /// A member that may be missing; null is a value like any other.
    pub(super) fn given<T: DeserializeOwned>(&mut self, name: &str) -> Result<Option<T>, Fault> {
        self.map.remove(name).map(|value| self.read(name, value)).transpose()
    }

    /// An object within, to be taken apart in its turn.
    pub(super) fn object(&mut self, name: &str) -> Result<Option<Self>, Fault> {
        let place = format!("{}.{name}", self.place);
        self.optional(name)?.map(|value| Self::new(&place, value)).transpose()
    }

    /// A text or a list of texts.
    pub(super) fn texts(&mut self, name: &str) -> Result<Vec<String>, Fault> {
        match self.optional(name)? {
            None => Ok(Vec::new()),
            Some(Value::String(text)) => Ok(vec![text]),
            Some(list) => self.read(name, list),
        }
    }

    /// Takes a member for what it tells people.
    pub(super) fn informative(&mut self, name: &str) {
        self.map.remove(name);
    }

    /// Everything at once, for objects whose names the case chooses.
    pub(super) fn into_pairs(self) -> Map<String, Value> {
        self.map
    }

    /// Nothing may be left.
    pub(super) fn finish(self) -> Result<(), Fault> {
        match self.map.keys().next() {
            None => Ok(()),
            Some(name) => Err(Fault::not_understood(format_args!("{}.{name}", self.place))),
        }
    }

    fn read<T: DeserializeOwned>(&self, name: &str, value: Value) -> Result<T, Fault> {
        serde_json::from_value(value)
            .map_err(|error| Fault::not_understood(format_args!("{}.{name} ({error})", self.place)))
    }
}
