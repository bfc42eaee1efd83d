//! JSON Web Signatures in their compact form (RFC 7515 section 7.1): the only file that knows
//! them.

use super::ProofKey;
use crate::{
    error::Error,
    value::{Unguessable, UnixTime},
};
use alloc::{format, string::String};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use core::sync::atomic::{AtomicU32, Ordering};
use serde::Serialize;
use sha2::{Digest, Sha256};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// Writes a header once, for all signatures that carry it. `jwk` is JSON already.
pub(crate) fn header(typ: &str, key: &dyn ProofKey, with: Header) -> String {
    let text = |text: &str| serde_json::to_string(text).unwrap_or_default();
    let (typ, alg) = (text(typ), text(key.algorithm()));
    URL_SAFE_NO_PAD.encode(match (with, key.key_id()) {
        (Header::PublicJwk, _) => {
            format!(r#"{{"typ":{typ},"alg":{alg},"jwk":{}}}"#, key.public_jwk().as_json())
        }
        (Header::KeyId, Some(kid)) => {
            format!(r#"{{"typ":{typ},"alg":{alg},"kid":{}}}"#, text(kid))
        }
        (Header::KeyId, None) => format!(r#"{{"typ":{typ},"alg":{alg}}}"#),
    })
}

/// What a header says about the key.
#[derive(Clone, Copy)]
pub(crate) enum Header {
    KeyId,
    PublicJwk,
}

/// Signs claims under a header that [`header`] wrote.
pub(crate) fn sign(
    header: &str,
    claims: &impl Serialize,
    key: &dyn ProofKey,
) -> Result<String, Error> {
    // Serialising our own structures of texts and numbers into memory cannot fail.
    let claims = serde_json::to_vec(claims).unwrap_or_default();
    let length = header.len().saturating_add(claims.len().saturating_mul(2)).saturating_add(128);
    let mut jws = String::with_capacity(length);
    jws.push_str(header);
    jws.push('.');
    URL_SAFE_NO_PAD.encode_string(claims, &mut jws);
    let signature = Zeroizing::new(key.sign(jws.as_bytes())?);
    jws.push('.');
    URL_SAFE_NO_PAD.encode_string(&*signature, &mut jws);
    Ok(jws)
}

/// Makes values that never repeat, for `jti`: they need not be secret, only different.
#[derive(Zeroize, ZeroizeOnDrop)]
pub(crate) struct Unique {
    seed: [u8; 32],
    #[zeroize(skip)]
    made: AtomicU32,
}

impl Unique {
    pub(crate) fn new(seed: &[u8; 32]) -> Self {
        Self { seed: *seed, made: AtomicU32::new(0) }
    }

    /// The time tells two values apart that are four thousand million apart.
    pub(crate) fn next(&self, now: UnixTime) -> Unguessable {
        let count = self.made.fetch_add(1, Ordering::Relaxed);
        let digest = Sha256::new_with_prefix(self.seed)
            .chain_update(count.to_be_bytes())
            .chain_update(now.as_secs().to_be_bytes());
        Unguessable::from_octets(&digest.finalize().into())
    }
}
