//! The one place that secrets live in.

use crate::error::{ConfigError, Error};
use alloc::string::String;
use core::fmt;
use subtle::ConstantTimeEq;
use zeroize::{Zeroize, ZeroizeOnDrop};

/// A secret text: a token, a client secret, a code.
///
/// `Debug` shows nothing of it, there is no `Display` and no `Serialize`, comparison takes the
/// same time wherever two secrets of one length differ, and the memory is wiped on drop.
///
/// ```
/// # use grantflow::Secret;
/// let secret = Secret::new("gX1fBat3bV");
/// assert_eq!(format!("{secret:?}"), "Secret");
/// assert_eq!(secret.expose(), "gX1fBat3bV");
/// ```
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Secret(String);

impl Secret {
    /// Takes a text over. A `String` is not copied, so no second copy is left behind.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself. Every use of a secret outside the core reads this word.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Hands the text over to another owner, who wipes it.
    pub(crate) fn into_text(mut self) -> String {
        core::mem::take(&mut self.0)
    }

    /// A token from elsewhere: 1*VSCHAR (RFC 6749 appendix A.12).
    pub(crate) fn token(text: impl Into<String>) -> Result<Self, Error> {
        let token = Self::new(text);
        if is_vschar(token.expose()) { Ok(token) } else { Err(ConfigError::Token.into()) }
    }
}

/// Whether a text is 1*VSCHAR: what codes, states and tokens are made of (RFC 6749 appendix A).
pub(crate) fn is_vschar(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        self.0.as_bytes().ct_eq(other.0.as_bytes()).into()
    }
}

impl Eq for Secret {}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}
