//! The headers of a request.

use super::method::is_token;
use crate::{
    error::{ConfigError, Error},
    value::Secret,
};
use alloc::{borrow::Cow, string::String, vec::Vec};

/// The headers of a request, in order. Values may be secret, so none is shown.
#[derive(Clone, Default)]
pub(crate) struct Headers(Vec<(Cow<'static, str>, Value)>);

#[derive(Clone)]
enum Value {
    Fixed(&'static str),
    Given(Secret),
}

impl Headers {
    /// Adds a header that grantflow itself writes.
    pub(crate) fn push_fixed(&mut self, name: &'static str, value: &'static str) {
        self.0.push((name.into(), Value::Fixed(value)));
    }

    /// Adds a header from outside.
    pub(crate) fn push(
        &mut self,
        name: impl Into<Cow<'static, str>>,
        value: Secret,
    ) -> Result<(), Error> {
        let name = name.into();
        // RFC 9110 section 5.5; an octet above 127 would depend on the reader's character set.
        let is_legal = |byte| matches!(byte, b' '..=b'~' | b'\t');
        if !is_token(&name) || !value.expose().bytes().all(is_legal) {
            return Err(ConfigError::Header.into());
        }
        self.0.push((name, Value::Given(value)));
        Ok(())
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| {
            let value = match value {
                Value::Fixed(text) => text,
                Value::Given(secret) => secret.expose(),
            };
            (name.as_ref(), value)
        })
    }

    pub(crate) fn contains(&self, name: &str) -> bool {
        self.iter().any(|(known, _)| known.eq_ignore_ascii_case(name))
    }
}

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for Headers {
    /// Headers that were checked before, by the type that they come from.
    fn from_iter<I: IntoIterator<Item = (N, V)>>(pairs: I) -> Self {
        let checked =
            |(name, value): (N, V)| (Cow::Owned(name.into()), Value::Given(Secret::new(value)));
        Self(pairs.into_iter().map(checked).collect())
    }
}
