//! Binding a client's tokens to a key (RFC 9449).

use super::{
    Client, ProofKey,
    jws::{self, Unique},
    nonces::{AUTHORIZATION_SERVER, Nonces},
};
use crate::{
    error::Error,
    value::{Entropy, Secret, SecureUrl, Unguessable, UnixTime},
    wire::{Method, Response},
};
use alloc::{string::String, sync::Arc};
use serde::Serialize;
use sha2::{Digest, Sha256};
use url::Position;

/// What a bound client has beyond a plain one.
pub(crate) struct Binding {
    key: Arc<dyn ProofKey + Send + Sync>,
    thumbprint: Arc<str>,
    /// The encoded header, the same for all proofs.
    header: String,
    unique: Unique,
    nonces: Nonces,
}

/// RFC 9449 section 4.2.
#[derive(Serialize)]
struct Claims<'a> {
    jti: &'a str,
    htm: &'a str,
    htu: &'a str,
    iat: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    ath: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    nonce: Option<&'a str>,
}

impl Client {
    /// Binds everything that is made from the result to a key: each request for tokens, each
    /// pushed request, each refresh and each call carries a fresh proof, and a token that is not
    /// bound is refused (RFC 9449).
    ///
    /// One key for each user's session is the common case, and cheap: the configuration is
    /// shared. What is stored, pending flows and tokens, can be taken up again under the same
    /// key only. Nonces that servers give are kept, for each server apart, by the result and its
    /// clones. `entropy` makes each proof's `jti` unique.
    ///
    /// ```
    /// # #[cfg(feature = "es256")] {
    /// # use grantflow::*;
    /// # use std::sync::Arc;
    /// # fn login(client: &Client) -> Result<(), Error> {
    /// let key = Es256Key::generate(Entropy::from_os()?)?;
    /// let client = client.bound_to(Arc::new(key), Entropy::from_os()?);
    /// let (url, awaiting) = Flow::new(&client).redirect(Entropy::from_os()?, UnixTime::now())?;
    /// assert!(url.as_str().contains("&dpop_jkt="));
    /// # Ok(()) }
    /// # }
    /// ```
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "entropy is spent, so it cannot serve twice")]
    pub fn bound_to(&self, key: Arc<dyn ProofKey + Send + Sync>, entropy: Entropy) -> Self {
        let binding = Binding {
            thumbprint: key.public_jwk().thumbprint().into(),
            header: jws::header("dpop+jwt", &*key, jws::Header::PublicJwk),
            unique: Unique::new(entropy.nonce()),
            nonces: Nonces::new(),
            key,
        };
        Self { config: self.config.clone(), binding: Some(Arc::new(binding)) }
    }
}

impl Binding {
    /// The key's thumbprint (RFC 7638).
    pub(crate) fn thumbprint(&self) -> &Arc<str> {
        &self.thumbprint
    }

    /// A proof for one request, with the newest nonce of its server or the one that the server
    /// has just demanded.
    pub(crate) fn proof(
        &self,
        method: &Method,
        url: &SecureUrl,
        token: Option<&Secret>,
        demanded: Option<&str>,
        now: UnixTime,
    ) -> Result<Secret, Error> {
        let server = if token.is_some() { url.origin() } else { AUTHORIZATION_SERVER };
        let known = if demanded.is_none() { self.nonces.get(server) } else { None };
        let jti = self.unique.next(now);
        let ath = token.map(|token| Sha256::digest(token.expose()).into());
        let ath = ath.map(|digest: [u8; 32]| Unguessable::from_octets(&digest));
        let claims = Claims {
            jti: jti.expose(),
            htm: method.as_str(),
            htu: &url.as_url()[..Position::AfterPath],
            iat: now.as_secs(),
            ath: ath.as_ref().map(Unguessable::expose),
            nonce: demanded.or(known.as_deref()),
        };
        Ok(jws::sign(&self.header, &claims, &*self.key)?.into())
    }

    /// Keeps the nonce that a reply of the authorization server brings, be it a success or not.
    pub(crate) fn learn(&self, response: &Response) {
        self.keep(AUTHORIZATION_SERVER, response);
    }

    /// Keeps the nonce that a resource server's reply brings.
    pub(crate) fn learn_from(&self, url: &SecureUrl, response: &Response) {
        self.keep(url.origin(), response);
    }

    fn keep(&self, server: &str, response: &Response) {
        if let Some(nonce) = response.dpop_nonce() {
            self.nonces.set(server, nonce);
        }
    }
}
