//! Named members of a reply, each read as the type that it must have.

use super::{Members, Text, Value, members, texts};
use crate::{error::ProtocolError, value::SecureUrl};
use alloc::{string::String, vec::Vec};

type Read<T> = Result<T, ProtocolError>;

/// The named members of one object. A member that is `null` is absent; one of another type than
/// asked for is an error that names it.
pub(crate) struct Fields<'a, const N: usize> {
    names: &'static [&'static str; N],
    values: Members<'a, N>,
}

impl<'a, const N: usize> Fields<'a, N> {
    /// Reads the object that `body` is.
    pub(crate) fn read(body: &'a [u8], names: &'static [&'static str; N]) -> Read<Self> {
        Ok(Self { names, values: members(body, names)? })
    }

    /// Takes over members that were read before.
    pub(crate) fn new(names: &'static [&'static str; N], values: Members<'a, N>) -> Self {
        Self { names, values }
    }

    /// A member as it stands.
    pub(crate) fn get(&self, name: &'static str) -> Option<Value<'a>> {
        let mut members = self.names.iter().zip(self.values);
        let value = members.find_map(|(known, value)| (*known == name).then_some(value))?;
        value.filter(|value| *value != Value::Null)
    }

    /// A text; an empty one counts as absent.
    pub(crate) fn text(&self, name: &'static str) -> Read<Option<String>> {
        match self.get(name) {
            None => Ok(None),
            Some(Value::Text(text)) if text.raw().is_empty() => Ok(None),
            Some(Value::Text(text)) => text.decode().map(Some).ok_or(ProtocolError::Invalid(name)),
            Some(_) => Err(ProtocolError::Invalid(name)),
        }
    }

    /// A text that must be there.
    pub(crate) fn required(&self, name: &'static str) -> Read<String> {
        self.text(name)?.ok_or(ProtocolError::Missing(name))
    }

    /// A [`SecureUrl`].
    pub(crate) fn url(&self, name: &'static str) -> Read<Option<SecureUrl>> {
        let url = self.text(name)?.map(|text| SecureUrl::parse(&text));
        url.transpose().map_err(|_| ProtocolError::Invalid(name))
    }

    /// A boolean; an absent one is false.
    pub(crate) fn flag(&self, name: &'static str) -> Read<bool> {
        match self.get(name) {
            None => Ok(false),
            Some(Value::Bool(flag)) => Ok(flag),
            Some(_) => Err(ProtocolError::Invalid(name)),
        }
    }

    /// The named members of an object within.
    pub(crate) fn object<const M: usize>(
        &self,
        name: &'static str,
        names: &'static [&'static str; M],
    ) -> Read<Option<Fields<'a, M>>> {
        match self.get(name) {
            None => Ok(None),
            Some(Value::Object(object)) => Fields::read(object.as_bytes(), names).map(Some),
            Some(_) => Err(ProtocolError::Invalid(name)),
        }
    }

    /// An array of texts.
    pub(crate) fn texts(&self, name: &'static str) -> Read<Option<Vec<String>>> {
        match self.get(name) {
            None => Ok(None),
            Some(Value::Array(array)) => {
                // Counted first: a list that grew would take three times its place.
                let mut all = Vec::with_capacity(texts(array).take_while(Result::is_ok).count());
                for text in texts(array) {
                    let text = text.ok().and_then(Text::decode);
                    all.push(text.ok_or(ProtocolError::Invalid(name))?);
                }
                Ok(Some(all))
            }
            Some(_) => Err(ProtocolError::Invalid(name)),
        }
    }
}
