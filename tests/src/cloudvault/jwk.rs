//! Public keys: P-256 points as JSON Web Keys (RFC 7517, RFC 7518 section 6.2).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use p256::ecdsa::signature::Verifier as _;
use p256::ecdsa::{Signature, VerifyingKey};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

/// Members that only a private or a symmetric key has.
const PRIVATE: [&str; 8] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

/// A key that verifies ES256 signatures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicJwk(VerifyingKey);

impl PublicJwk {
    /// Reads a public P-256 key. `None` when it is of another kind, not on the curve, or private.
    #[must_use]
    pub fn from_json(jwk: &Value) -> Option<Self> {
        let jwk = jwk.as_object()?;
        let has_private_part = PRIVATE.iter().any(|name| jwk.contains_key(*name));
        let kind = (jwk.get("kty")?.as_str()?, jwk.get("crv")?.as_str()?);
        if has_private_part || kind != ("EC", "P-256") {
            return None;
        }
        let (x, y) = (coordinate(jwk, "x")?, coordinate(jwk, "y")?);
        let point = [&[4], x.as_slice(), y.as_slice()].concat();
        VerifyingKey::from_sec1_bytes(&point).ok().map(Self)
    }

    /// The key with the members that it must have, and no other.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let (x, y) = self.coordinates();
        json!({ "kty": "EC", "crv": "P-256", "x": x, "y": y })
    }

    /// The SHA-256 thumbprint (RFC 7638).
    #[must_use]
    pub fn thumbprint(&self) -> String {
        let (x, y) = self.coordinates();
        let canonical = format!(r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#);
        URL_SAFE_NO_PAD.encode(Sha256::digest(canonical))
    }

    pub(super) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        Signature::from_slice(signature)
            .is_ok_and(|signature| self.0.verify(message, &signature).is_ok())
    }

    fn coordinates(&self) -> (String, String) {
        let point = self.0.to_sec1_point(false);
        let (x, y) = point.as_bytes()[1..].split_at(32);
        (URL_SAFE_NO_PAD.encode(x), URL_SAFE_NO_PAD.encode(y))
    }
}

/// Whether that could be the thumbprint of a key: 32 octets in base64url without padding.
pub(super) fn is_thumbprint(text: &str) -> bool {
    URL_SAFE_NO_PAD.decode(text).is_ok_and(|digest| digest.len() == 32)
}

fn coordinate(jwk: &Map<String, Value>, name: &str) -> Option<[u8; 32]> {
    URL_SAFE_NO_PAD.decode(jwk.get(name)?.as_str()?).ok()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 9449 section 4.1, whose thumbprint section 6.1 gives.
    fn example() -> Value {
        json!({
            "kty": "EC", "crv": "P-256",
            "x": "l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs",
            "y": "9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA",
        })
    }

    #[test]
    fn the_thumbprint_is_that_of_rfc_9449() {
        let key = PublicJwk::from_json(&example()).unwrap();
        assert_eq!(key.thumbprint(), "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I");
        assert!(is_thumbprint(&key.thumbprint()));
        assert_eq!(key.to_json(), example());
    }

    #[test]
    fn only_public_points_on_the_curve_are_keys() {
        for (name, value) in
            [("d", "AA"), ("kty", "RSA"), ("crv", "P-384"), ("x", "AA"), ("y", "AA=="), ("k", "AA")]
        {
            let mut jwk = example();
            jwk[name] = value.into();
            assert_eq!(PublicJwk::from_json(&jwk), None, "{name}");
        }
        let mut off_the_curve = example();
        off_the_curve["y"] = off_the_curve["x"].clone();
        assert_eq!(PublicJwk::from_json(&off_the_curve), None);
    }
}
