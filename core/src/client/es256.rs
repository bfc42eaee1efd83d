//! ES256 by a P-256 key in memory (RFC 7518 section 3.4).

use super::{ProofKey, PublicJwk};
use crate::{
    error::{ConfigError, Error},
    value::{Entropy, Secret},
    wire::json::Fields,
};
use alloc::{string::String, vec::Vec};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use core::fmt;
use p256::ecdsa::{Signature, SigningKey, signature::Signer};
use zeroize::Zeroizing;

/// A P-256 private key in memory. It is wiped on drop; `Debug` shows the public half.
///
/// ```
/// # use grantflow::{Entropy, Es256Key, ProofKey};
/// let key = Es256Key::generate(Entropy::from_os()?)?;
/// // Keep it where secrets are kept; the session goes on after a restart.
/// let jwk = key.to_jwk();
/// let same = Es256Key::from_jwk(jwk.expose())?;
/// assert_eq!(same.public_jwk().thumbprint(), key.public_jwk().thumbprint());
/// # Ok::<(), grantflow::Error>(())
/// ```
#[derive(Clone)]
pub struct Es256Key {
    key: SigningKey,
    public: PublicJwk,
    id: Option<String>,
}

impl Es256Key {
    /// Makes a key of fresh randomness.
    ///
    /// # Errors
    /// [`ConfigError::Key`] once in 2^32 tries: the octets make no key. Try again.
    #[expect(clippy::needless_pass_by_value, reason = "entropy is spent, so it cannot serve twice")]
    pub fn generate(entropy: Entropy) -> Result<Self, Error> {
        Self::from_octets(entropy.verifier())
    }

    /// Takes a private key up from a JWK, with its `kid` if it has one.
    ///
    /// # Errors
    /// [`ConfigError::Key`] if it is no P-256 private key, or its halves are not of one key.
    pub fn from_jwk(jwk: &str) -> Result<Self, Error> {
        let members = Fields::read(jwk.as_bytes(), &["kty", "crv", "x", "y", "d", "kid"]);
        let members = members.map_err(|_| ConfigError::Key)?;
        let text = |name| members.required(name).map_err(|_| ConfigError::Key);
        let d = Zeroizing::new(text("d")?);
        let octets = URL_SAFE_NO_PAD.decode(&*d).map(Zeroizing::new);
        let octets = octets.map_err(|_| ConfigError::Key)?;
        // The full length of the curve, zeros in front included (RFC 7518 section 6.2.2.1).
        let octets: &[u8; 32] = octets.as_slice().try_into().map_err(|_| ConfigError::Key)?;
        let key = Self::from_octets(octets)?;
        let public = [text("x")?, text("y")?];
        let [x, y] = public.map(|half| URL_SAFE_NO_PAD.decode(half).unwrap_or_default());
        let is_whole = text("kty")? == "EC" && PublicJwk::ec(&text("crv")?, &x, &y) == key.public;
        let id = members.text("kid").map_err(|_| ConfigError::Key)?;
        if is_whole { Ok(Self { id, ..key }) } else { Err(ConfigError::Key.into()) }
    }

    /// Sets the name that the key has in the client's registered key set.
    #[must_use]
    pub fn with_key_id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// The private key as a JWK, for storage. It is a secret.
    #[must_use]
    pub fn to_jwk(&self) -> Secret {
        let d = Zeroizing::new(URL_SAFE_NO_PAD.encode(self.key.to_bytes()));
        let public = self.public.as_json().trim_end_matches('}');
        let kid = self.id.as_ref().map(serde_json::to_string).and_then(Result::ok);
        let kid = kid.map(|kid| alloc::format!(r#","kid":{kid}"#)).unwrap_or_default();
        let pieces = [public, ",\"d\":\"", &d, "\"", &kid, "}"];
        Secret::new(pieces.concat())
    }

    fn from_octets(octets: &[u8]) -> Result<Self, Error> {
        let key = SigningKey::from_slice(octets).map_err(|_| ConfigError::Key)?;
        let point = key.verifying_key().to_sec1_point(false);
        let (Some(x), Some(y)) = (point.x(), point.y()) else {
            return Err(ConfigError::Key.into());
        };
        let public = PublicJwk::ec("P-256", x, y);
        Ok(Self { key, public, id: None })
    }
}

impl ProofKey for Es256Key {
    fn algorithm(&self) -> &str {
        "ES256"
    }

    fn public_jwk(&self) -> &PublicJwk {
        &self.public
    }

    fn key_id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, Error> {
        let signature: Signature = self.key.try_sign(message).map_err(|_| ConfigError::Signing)?;
        Ok(signature.to_bytes().to_vec())
    }
}

impl fmt::Debug for Es256Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Es256Key").field(&self.public).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;

    #[test]
    fn a_jwk_comes_back_as_it_was() {
        let key = Es256Key::generate(Entropy::from_bytes([7; 96])).unwrap();
        for key in [key.clone(), key.with_key_id("a \"name\"")] {
            let same = Es256Key::from_jwk(key.to_jwk().expose()).unwrap();
            assert_eq!(same.key_id(), key.key_id());
            assert_eq!(same.public_jwk(), key.public_jwk());
            assert_eq!(same.to_jwk().expose(), key.to_jwk().expose());
        }
    }

    #[test]
    fn only_a_whole_p256_key_is_taken() {
        let key = Es256Key::generate(Entropy::from_bytes([7; 96])).unwrap();
        let other = Es256Key::generate(Entropy::from_bytes([8; 96])).unwrap();
        let jwk = key.to_jwk();
        let d = format!(r#","d":"{}""#, URL_SAFE_NO_PAD.encode([7; 32]));
        assert!(jwk.expose().contains(&d));
        for broken in [
            jwk.expose().replace("P-256", "P-384"),
            jwk.expose().replace("EC", "OKP"),
            jwk.expose().replace(&d, ""),
            jwk.expose().replace(&d, r#","d":"""#),
            jwk.expose().replace(&d, &format!(r#","d":"{}""#, URL_SAFE_NO_PAD.encode([7; 31]))),
            jwk.expose().replace(&d, &format!(r#","d":"{}""#, URL_SAFE_NO_PAD.encode([0; 32]))),
            jwk.expose().replace(&d, &format!(r#","d":"{}""#, URL_SAFE_NO_PAD.encode([255; 32]))),
            format!("{}{d}}}", other.public_jwk().as_json().trim_end_matches('}')),
            key.public_jwk().as_json().into(),
            "{".into(),
        ] {
            let error = Es256Key::from_jwk(&broken).unwrap_err();
            assert!(matches!(error, Error::Config(ConfigError::Key)), "{broken}");
        }
        assert!(Es256Key::generate(Entropy::from_bytes([0; 96])).is_err());
        assert!(!format!("{key:?}").contains(&*URL_SAFE_NO_PAD.encode([7; 32])));
    }
}
