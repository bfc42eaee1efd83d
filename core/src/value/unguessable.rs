//! Values that nobody can guess.

use super::Secret;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use subtle::ConstantTimeEq;
use zeroize::{Zeroize, ZeroizeOnDrop};

/// The length of 32 octets in base64url.
const LEN: usize = 43;

/// A `state`, `code_verifier` or `nonce`: our own 43 characters, kept without an allocation, or
/// any text that came back from storage.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub(crate) enum Unguessable {
    Own([u8; LEN]),
    Stored(Secret),
}

impl Unguessable {
    /// 32 octets in base64url, without padding (RFC 7636 appendix B).
    pub(crate) fn from_octets(octets: &[u8; 32]) -> Self {
        let mut text = [b'A'; LEN];
        // 43 characters are what 32 octets take; a shorter buffer is the only error there is.
        let _ = URL_SAFE_NO_PAD.encode_slice(octets, &mut text);
        Self::Own(text)
    }

    pub(crate) fn from_stored(text: &str) -> Self {
        match text.as_bytes().try_into() {
            Ok(own) => Self::Own(own),
            Err(_) => Self::Stored(text.into()),
        }
    }

    pub(crate) fn expose(&self) -> &str {
        match self {
            Self::Own(text) => core::str::from_utf8(text).unwrap_or_default(),
            Self::Stored(text) => text.expose(),
        }
    }

    /// Compares without telling by the time taken where two texts differ.
    pub(crate) fn matches(&self, text: &str) -> bool {
        self.expose().as_bytes().ct_eq(text.as_bytes()).into()
    }
}
