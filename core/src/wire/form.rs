//! The body of a token request.

use super::{
    json,
    percent::{Space, encode_into, encoded_len},
};
use crate::value::{Resource, Scope};
use alloc::{borrow::Cow, string::String, vec::Vec};
use zeroize::{Zeroize, Zeroizing};

/// The parameters of a request to the authorization server, before they are encoded.
///
/// A custom client authentication may read them: some providers want a secret hashed together
/// with the code.
pub struct Form<'a>(Vec<(Cow<'a, str>, Cow<'a, str>)>);

impl<'a> Form<'a> {
    pub(crate) fn new(pairs: &[(&'a str, &'a str)]) -> Self {
        // Room for what client authentication and options add, so that pushing stays free.
        let mut all = Vec::with_capacity(pairs.len().saturating_add(4));
        all.extend(pairs.iter().map(|(name, value)| ((*name).into(), (*value).into())));
        Self(all)
    }

    pub(crate) fn push(&mut self, name: impl Into<Cow<'a, str>>, value: impl Into<Cow<'a, str>>) {
        self.0.push((name.into(), value.into()));
    }

    /// Adds `scope`, as the provider separates it; an empty one is not sent.
    pub(crate) fn push_scope(&mut self, scope: &'a Scope, separator: char) {
        if !scope.is_empty() {
            self.push("scope", scope.join(separator));
        }
    }

    /// Adds `resource`, once for each (RFC 8707 section 2).
    pub(crate) fn push_resources(&mut self, resources: &'a [Resource]) {
        for resource in resources {
            self.push("resource", resource.as_str());
        }
    }

    /// Adds a parameter unless it is there already.
    pub(crate) fn push_once(&mut self, name: &'a str, value: &'a str) {
        if self.get(name).is_none() {
            self.push(name, value);
        }
    }

    /// The value of a parameter.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter().find_map(|(known, value)| (known == name).then_some(value))
    }

    /// The parameters in the order in which they are sent.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_ref(), value.as_ref()))
    }

    /// The body as `application/x-www-form-urlencoded`, in one allocation.
    pub(crate) fn to_urlencoded(&self) -> Zeroizing<Vec<u8>> {
        let length = self.iter().fold(0_usize, |sum, (name, value)| {
            sum.saturating_add(encoded_len(name))
                .saturating_add(encoded_len(value))
                .saturating_add(2)
        });
        let mut body = String::with_capacity(length);
        for (name, value) in self.iter() {
            if !body.is_empty() {
                body.push('&');
            }
            encode_into(&mut body, name, Space::Plus);
            body.push('=');
            encode_into(&mut body, value, Space::Plus);
        }
        Zeroizing::new(body.into_bytes())
    }

    /// The body as one JSON object of strings, in one allocation: a buffer that grew would leave
    /// secrets behind.
    pub(crate) fn to_json(&self) -> Zeroizing<Vec<u8>> {
        let length = self.iter().fold(2_usize, |sum, (name, value)| {
            let pair = json::quoted_len(name).saturating_add(json::quoted_len(value));
            sum.saturating_add(pair).saturating_add("[]:,".len())
        });
        let mut body = String::with_capacity(length);
        body.push('{');
        for (index, (name, _)) in self.iter().enumerate() {
            if self.iter().take(index).any(|(earlier, _)| earlier == name) {
                continue;
            }
            if index != 0 {
                body.push(',');
            }
            json::quote_into(&mut body, name);
            body.push(':');
            // `resource` is the one parameter that may repeat.
            let all = || self.iter().filter(|(known, _)| *known == name).map(|(_, value)| value);
            let is_list = all().nth(1).is_some();
            for (index, value) in all().enumerate() {
                match (is_list, index) {
                    (false, _) => {}
                    (true, 0) => body.push('['),
                    (true, _) => body.push(','),
                }
                json::quote_into(&mut body, value);
            }
            if is_list {
                body.push(']');
            }
        }
        body.push('}');
        Zeroizing::new(body.into_bytes())
    }
}

/// Owned values may be secrets that a custom client authentication made.
impl Drop for Form<'_> {
    fn drop(&mut self) {
        for (_, value) in &mut self.0 {
            if let Cow::Owned(text) = value {
                text.zeroize();
            }
        }
    }
}

impl core::fmt::Debug for Form<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Form")
    }
}
