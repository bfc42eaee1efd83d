//! Client authentication by a signed assertion (RFC 7523 section 2.2).

use super::{
    AuthorizationServer, ProofKey,
    jws::{self, Unique},
};
use crate::{
    error::Error,
    value::{Entropy, UnixTime},
};
use alloc::{string::String, sync::Arc};
use serde::Serialize;

/// How long an assertion is good for, in seconds: as long as it takes to send it.
const LIFETIME: u64 = 60;

/// What signs the assertions of one client.
pub(crate) struct Assertion {
    key: Arc<dyn ProofKey + Send + Sync>,
    /// The encoded header, the same for all.
    header: String,
    unique: Unique,
}

#[derive(Serialize)]
struct Claims<'a> {
    iss: &'a str,
    sub: &'a str,
    /// The issuer as one text, never a list (FAPI 2.0 section 5.3.3.1).
    aud: &'a str,
    iat: u64,
    exp: u64,
    jti: &'a str,
}

impl Assertion {
    pub(crate) fn new(key: Arc<dyn ProofKey + Send + Sync>, entropy: &Entropy) -> Self {
        let header = jws::header("JWT", &*key, jws::Header::KeyId);
        Self { key, header, unique: Unique::new(entropy.state()) }
    }

    /// An assertion for one request.
    pub(crate) fn make(
        &self,
        client_id: &str,
        server: &AuthorizationServer,
        now: UnixTime,
    ) -> Result<String, Error> {
        let aud = match &server.issuer {
            Some(issuer) => issuer.as_str(),
            None => server.token_endpoint.as_str(),
        };
        let (iat, jti) = (now.as_secs(), self.unique.next(now));
        let exp = iat.saturating_add(LIFETIME);
        let claims = Claims { iss: client_id, sub: client_id, aud, iat, exp, jti: jti.expose() };
        jws::sign(&self.header, &claims, &*self.key)
    }
}
