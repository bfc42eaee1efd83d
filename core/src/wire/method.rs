//! HTTP methods.

use crate::error::{ConfigError, Error, is_tchar};
use alloc::{borrow::Cow, string::String};
use core::fmt;

/// An HTTP method (RFC 9110 section 9).
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Method(Cow<'static, str>);

impl Method {
    /// DELETE.
    pub const DELETE: Self = Self(Cow::Borrowed("DELETE"));
    /// GET.
    pub const GET: Self = Self(Cow::Borrowed("GET"));
    /// HEAD.
    pub const HEAD: Self = Self(Cow::Borrowed("HEAD"));
    /// OPTIONS.
    pub const OPTIONS: Self = Self(Cow::Borrowed("OPTIONS"));
    /// PATCH.
    pub const PATCH: Self = Self(Cow::Borrowed("PATCH"));
    /// POST.
    pub const POST: Self = Self(Cow::Borrowed("POST"));
    /// PUT.
    pub const PUT: Self = Self(Cow::Borrowed("PUT"));

    /// Any other method, such as `PROPFIND`. Methods are case-sensitive.
    ///
    /// # Errors
    /// [`ConfigError::Method`] if it is not a token of RFC 9110.
    pub fn new(text: impl Into<String>) -> Result<Self, Error> {
        let text = text.into();
        if is_token(&text) { Ok(Self(text.into())) } else { Err(ConfigError::Method.into()) }
    }

    /// The method as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Whether a text is 1*tchar (RFC 9110 section 5.6.2): a method or a header name.
pub(crate) fn is_token(text: &str) -> bool {
    !text.is_empty() && text.chars().all(is_tchar)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_method_is_a_token() {
        assert_eq!(Method::new("PROPFIND").unwrap().as_str(), "PROPFIND");
        for illegal in ["", "GET /", "GET\r\n", "GÉT"] {
            assert!(Method::new(illegal).is_err(), "{illegal:?}");
        }
    }
}
