//! Keys that sign, wherever they are kept.

use crate::error::Error;
use alloc::{format, string::String, vec::Vec};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

/// A private key that signs for the client, by an asymmetric algorithm.
///
/// The core knows no cryptography but SHA-256: a key may be a P-256 key in memory
/// (`Es256Key`, feature `es256`), or sit in a hardware module or behind a service that answers at
/// once.
pub trait ProofKey {
    /// The algorithm, as JWS names it: `ES256`, `PS256`, `EdDSA` (RFC 7518 section 3.1). `none`
    /// and the algorithms with a shared secret are no proof and are refused by servers.
    fn algorithm(&self) -> &str;

    /// The public half.
    fn public_jwk(&self) -> &PublicJwk;

    /// The key's name in the client's registered key set, if it has one (RFC 7515 section 4.1.4).
    fn key_id(&self) -> Option<&str> {
        None
    }

    /// Signs a message: the octets of a JWS signature (RFC 7518 section 3).
    ///
    /// # Errors
    /// [`ConfigError::Signing`](crate::ConfigError::Signing) if the key cannot be used now.
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, Error>;
}

/// A public key, as JSON with exactly the members that name it (RFC 7638 section 3.2). There is
/// no way to put a private member in.
///
/// ```
/// # use grantflow::PublicJwk;
/// let jwk = PublicJwk::okp("Ed25519", &[0; 32]);
/// assert!(jwk.as_json().starts_with(r#"{"crv":"Ed25519","kty":"OKP","x":"AAAA"#));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicJwk(String);

impl PublicJwk {
    /// An elliptic-curve key: `crv` is `P-256`, `P-384` or `P-521`, the coordinates are of the
    /// curve's full length (RFC 7518 section 6.2).
    #[must_use]
    pub fn ec(crv: &str, x: &[u8], y: &[u8]) -> Self {
        let (crv, x, y) = (quoted(crv), URL_SAFE_NO_PAD.encode(x), URL_SAFE_NO_PAD.encode(y));
        Self(format!(r#"{{"crv":{crv},"kty":"EC","x":"{x}","y":"{y}"}}"#))
    }

    /// An octet key pair's public key: `crv` is `Ed25519` or `Ed448` (RFC 8037 section 2).
    #[must_use]
    pub fn okp(crv: &str, x: &[u8]) -> Self {
        let (crv, x) = (quoted(crv), URL_SAFE_NO_PAD.encode(x));
        Self(format!(r#"{{"crv":{crv},"kty":"OKP","x":"{x}"}}"#))
    }

    /// An RSA key: modulus and exponent, big-endian, without zeros in front (RFC 7518 section 6.3).
    #[must_use]
    pub fn rsa(n: &[u8], e: &[u8]) -> Self {
        let (n, e) = (URL_SAFE_NO_PAD.encode(n), URL_SAFE_NO_PAD.encode(e));
        Self(format!(r#"{{"e":"{e}","kty":"RSA","n":"{n}"}}"#))
    }

    /// The key as JSON: its required members in the order of their names, no space between.
    #[must_use]
    pub fn as_json(&self) -> &str {
        &self.0
    }

    /// The thumbprint: base64url of the SHA-256 of [`as_json`](Self::as_json) (RFC 7638).
    #[must_use]
    pub fn thumbprint(&self) -> String {
        URL_SAFE_NO_PAD.encode(Sha256::digest(&self.0))
    }
}

/// A text as JSON, so that no curve's name can bring a member of its own.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_curve_brings_no_member() {
        let crv = r#"P-256","d":"AA"#;
        for jwk in [PublicJwk::ec(crv, &[1], &[2]), PublicJwk::okp(crv, &[1])] {
            let members: serde_json::Value = serde_json::from_str(jwk.as_json()).unwrap();
            assert_eq!(members["crv"], crv);
            assert_eq!(members.get("d"), None);
        }
    }

    #[test]
    fn rfc_7638_section_3_1() {
        let n = "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw";
        let jwk = PublicJwk::rsa(&URL_SAFE_NO_PAD.decode(n).unwrap(), &[1, 0, 1]);
        assert_eq!(jwk.thumbprint(), "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
    }
}
