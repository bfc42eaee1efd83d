//! Keys, signatures and DPoP proofs as a client makes them, and as it should not.

use std::sync::atomic::{AtomicU64, Ordering};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use grantflow_tests::cloudvault::PublicJwk;
use hmac::{Hmac, KeyInit as _, Mac as _};
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::scene::ISSUER;

/// A key pair for ES256.
pub(crate) struct Key(SigningKey);

impl Key {
    /// The same key for the same number, which is not 0.
    pub(crate) fn new(number: u8) -> Self {
        Self(SigningKey::from_slice(&[number; 32]).unwrap())
    }

    pub(crate) fn jwk(&self) -> Value {
        let point = self.0.verifying_key().to_sec1_point(false);
        let (x, y) = point.as_bytes()[1..].split_at(32);
        json!({
            "kty": "EC", "crv": "P-256",
            "x": URL_SAFE_NO_PAD.encode(x), "y": URL_SAFE_NO_PAD.encode(y),
        })
    }

    pub(crate) fn public(&self) -> PublicJwk {
        PublicJwk::from_json(&self.jwk()).unwrap()
    }

    pub(crate) fn thumbprint(&self) -> String {
        self.public().thumbprint()
    }

    pub(crate) fn sign(&self, header: &Value, claims: &Value) -> String {
        let signed = signed_part(header, claims);
        let signature: Signature = self.0.sign(signed.as_bytes());
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature.to_bytes()))
    }
}

/// A token that is signed by HS256.
pub(crate) fn hs256(secret: &str, claims: &Value) -> String {
    hs256_as(secret, "HS256", claims)
}

/// The same, whatever it says about its algorithm.
pub(crate) fn hs256_as(secret: &str, alg: &str, claims: &Value) -> String {
    let signed = signed_part(&json!({ "alg": alg }), claims);
    let mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap().chain_update(&signed);
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
}

/// A token that nobody signed.
pub(crate) fn unsigned(claims: &Value) -> String {
    signed_part(&json!({ "alg": "none" }), claims) + "."
}

/// An identifier that no other token of this process has.
pub(crate) fn fresh_jti() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    format!("jti-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// The parts of a DPoP proof, right until a test changes them.
pub(crate) struct Proof<'a> {
    key: &'a Key,
    pub(crate) header: Value,
    pub(crate) claims: Value,
}

impl<'a> Proof<'a> {
    pub(crate) fn new(key: &'a Key, method: &str, path: &str, now: u64) -> Self {
        Self {
            key,
            header: json!({ "typ": "dpop+jwt", "alg": "ES256", "jwk": key.jwk() }),
            claims: json!({
                "jti": fresh_jti(), "htm": method, "htu": format!("{ISSUER}{path}"), "iat": now,
            }),
        }
    }

    /// With the hash of the access token that goes along.
    pub(crate) fn of_token(mut self, access_token: &str) -> Self {
        self.claims["ath"] = URL_SAFE_NO_PAD.encode(Sha256::digest(access_token)).into();
        self
    }

    pub(crate) fn nonce(mut self, nonce: &str) -> Self {
        self.claims["nonce"] = nonce.into();
        self
    }

    pub(crate) fn sign(&self) -> String {
        self.key.sign(&self.header, &self.claims)
    }
}

fn signed_part(header: &Value, claims: &Value) -> String {
    let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}", encode(header), encode(claims))
}
