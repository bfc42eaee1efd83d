//! Proof Key for Code Exchange, S256 only (RFC 7636).

use super::Unguessable;
use sha2::{Digest, Sha256};

/// A `code_verifier` (RFC 7636 section 4.1).
#[derive(Clone)]
pub(crate) struct CodeVerifier(Unguessable);

impl CodeVerifier {
    pub(crate) fn from_octets(octets: &[u8; 32]) -> Self {
        Self(Unguessable::from_octets(octets))
    }

    /// Takes up a stored verifier: 43 to 128 unreserved characters.
    pub(crate) fn from_stored(text: &str) -> Option<Self> {
        let is_legal = matches!(text.len(), 43..=128) && text.bytes().all(is_unreserved);
        is_legal.then(|| Self(Unguessable::from_stored(text)))
    }

    pub(crate) fn expose(&self) -> &str {
        self.0.expose()
    }

    /// The `code_challenge` by S256 (RFC 7636 section 4.2).
    pub(crate) fn challenge(&self) -> Unguessable {
        Unguessable::from_octets(&Sha256::digest(self.expose()).into())
    }
}

/// The unreserved characters of RFC 3986 section 2.3.
pub(crate) fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rfc_7636_appendix_b() {
        let verifier = CodeVerifier::from_octets(&[
            116, 24, 223, 180, 151, 153, 224, 37, 79, 250, 96, 125, 216, 173, 187, 186, 22, 212,
            37, 77, 105, 214, 191, 240, 91, 88, 5, 88, 83, 132, 141, 121,
        ]);
        assert_eq!(verifier.expose(), "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
        assert_eq!(verifier.challenge().expose(), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    #[test]
    fn a_stored_verifier_is_43_to_128_unreserved_characters() {
        for (length, legal) in [(42, false), (43, true), (128, true), (129, false)] {
            assert_eq!(CodeVerifier::from_stored(&"~".repeat(length)).is_some(), legal, "{length}");
        }
        for byte in ["+", " ", "!", "=", "é"] {
            assert!(CodeVerifier::from_stored(&("a".repeat(43) + byte)).is_none(), "{byte}");
        }
    }
}
