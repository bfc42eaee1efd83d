//! The grant is made.

use super::Flow;
use crate::{
    client::Client,
    error::{ConfigError, Error},
    exchange::Call,
    token::{StoredTokens, Tokens},
    value::{StepUps, Unguessable, UnixTime},
    wire::Request,
};

/// The last state: the tokens are there.
pub struct Authorized {
    pub(super) tokens: Tokens,
    pub(super) nonce: Option<Unguessable>,
    pub(super) step_ups: StepUps,
}

impl Authorized {
    /// Without a browser there is no nonce, and no step-up led here.
    pub(super) fn without_browser(tokens: Tokens) -> Self {
        Self { tokens, nonce: None, step_ups: StepUps::NONE }
    }
}

impl Flow<Authorized> {
    /// Comes back to tokens that were stored.
    ///
    /// # Errors
    /// [`StoredError::Client`](crate::StoredError::Client) if they are another client's, or the
    /// same client's at another issuer, [`StoredError::Key`](crate::StoredError::Key) if they are
    /// bound to another key than the client, or only one of the two is bound.
    pub fn restore(client: &Client, stored: StoredTokens) -> Result<Self, Error> {
        let (tokens, step_ups) = stored.open(&client.config().digest, client.thumbprint())?;
        let state = Authorized { tokens, nonce: None, step_ups };
        Ok(Self { client: client.clone(), state })
    }

    /// Makes the form in which the application stores the tokens.
    #[must_use]
    pub fn store(&self) -> StoredTokens {
        StoredTokens::new(&self.client.config().digest, &self.state.tokens, self.state.step_ups)
    }

    /// The tokens.
    #[must_use]
    pub fn tokens(&self) -> &Tokens {
        &self.state.tokens
    }

    /// The `nonce` that the ID token must carry, if [`with_nonce`](Flow::with_nonce) sent one
    /// (OpenID Connect Core section 3.1.3.7). It is not stored.
    #[must_use]
    pub fn nonce(&self) -> Option<&str> {
        self.state.nonce.as_ref().map(Unguessable::expose)
    }

    /// Whether the access token has ended, or ends within
    /// [`Policy::expiry_leeway`](crate::Policy::expiry_leeway).
    #[must_use]
    pub fn needs_refresh(&self, now: UnixTime) -> bool {
        self.tokens().expires_within(self.client.policy().expiry_leeway, now)
    }

    /// Makes a call to a resource server: the request, with the access token attached.
    ///
    /// # Errors
    /// [`ConfigError::Origin`] if the client's tokens are bound to other origins,
    /// [`ConfigError::ReservedHeader`] if the request has an `Authorization` header already,
    /// [`ConfigError::Token`] if the token cannot stand in a header.
    pub fn call(&self, request: Request) -> Result<Call, Error> {
        Call::new(&self.client, self.tokens(), request)
    }

    /// Makes a call to the server's userinfo endpoint (OpenID Connect Core section 5.3).
    ///
    /// # Errors
    /// [`ConfigError::Missing`] if no such endpoint is configured; otherwise as
    /// [`call`](Self::call).
    pub fn userinfo(&self) -> Result<Call, Error> {
        let endpoint = self.client.server().userinfo_endpoint();
        let endpoint = endpoint.ok_or(ConfigError::Missing("userinfo endpoint"))?;
        self.call(Request::get(endpoint.clone()).with_header("Accept", "application/json")?)
    }
}
