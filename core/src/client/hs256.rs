//! HS256 by the client's secret (RFC 7518 section 3.2), for `client_secret_jwt` alone.

use super::{ProofKey, PublicJwk};
use crate::{
    error::{ConfigError, Error},
    value::Secret,
};
use alloc::vec::Vec;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// A client secret in the role of a key. It has no public half, so it never leaves this crate and
/// never binds a token.
pub(crate) struct SharedSecret {
    secret: Secret,
    none: PublicJwk,
}

impl SharedSecret {
    pub(crate) fn new(secret: Secret) -> Self {
        Self { secret, none: PublicJwk::okp("", &[]) }
    }
}

impl ProofKey for SharedSecret {
    fn algorithm(&self) -> &str {
        "HS256"
    }

    fn public_jwk(&self) -> &PublicJwk {
        &self.none
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, Error> {
        let mac = Hmac::<Sha256>::new_from_slice(self.secret.expose().as_bytes());
        let mac = mac.map_err(|_| ConfigError::Signing)?.chain_update(message);
        Ok(mac.finalize().into_bytes().to_vec())
    }
}
