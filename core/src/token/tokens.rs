//! The tokens of one grant.

use crate::{
    value::{Scope, Secret, UnixTime},
    wire::{MediaType, Response, percent},
};
use core::{fmt, time::Duration};
use serde::de::{DeserializeOwned, Error as _, value::MapDeserializer};

/// What an authorization server granted (RFC 6749 section 5.1). `Debug` shows no token.
#[derive(Clone)]
pub struct Tokens {
    pub(crate) access_token: Secret,
    pub(crate) token_type: TokenType,
    pub(crate) expires_at: Option<UnixTime>,
    pub(crate) refresh_token: Option<Secret>,
    pub(crate) scopes: Scopes,
    /// The reply that they came with; none after they were stored.
    pub(crate) response: Option<Response>,
}

/// The three scopes of a grant.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scopes {
    /// What the application asked for.
    pub(crate) requested: Scope,
    /// What the user granted; a refresh may narrow its token, but never widen this.
    pub(crate) consented: Scope,
    /// What the access token at hand is good for.
    pub(crate) granted: Scope,
}

/// How an access token is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TokenType {
    /// Whoever bears it may use it (RFC 6750).
    Bearer,
}

impl TokenType {
    /// The type's canonical spelling, which is also its authentication scheme.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Bearer => "Bearer",
        }
    }

    /// Reads a type as servers write it, in any case (RFC 6749 section 5.1). `None`: it is not
    /// understood, and its token must not be used (RFC 6749 section 7.1).
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        text.eq_ignore_ascii_case("bearer").then_some(Self::Bearer)
    }
}

impl Tokens {
    /// The access token. Let [`Flow::call`](crate::Flow::call) attach it where that is possible;
    /// its inside is not for the client to read (RFC 9068 section 6).
    #[must_use]
    pub fn access_token(&self) -> &Secret {
        &self.access_token
    }

    /// How the access token is used.
    #[must_use]
    pub fn token_type(&self) -> TokenType {
        self.token_type
    }

    /// The refresh token, if there is one.
    #[must_use]
    pub fn refresh_token(&self) -> Option<&Secret> {
        self.refresh_token.as_ref()
    }

    /// When the access token ends: `None` if the server did not say. It may end earlier at any
    /// time; a 401 is what tells.
    #[must_use]
    pub fn expires_at(&self) -> Option<UnixTime> {
        self.expires_at
    }

    /// Whether the access token ends within `leeway` from `now`. A token of unknown end does not.
    #[must_use]
    pub fn expires_within(&self, leeway: Duration, now: UnixTime) -> bool {
        self.expires_at.is_some_and(|end| end <= now.saturating_add(leeway))
    }

    /// The scope that the access token is good for; as requested, where the server did not say
    /// (RFC 6749 section 5.1).
    #[must_use]
    pub fn scope(&self) -> &Scope {
        &self.scopes.granted
    }

    /// The scope that was asked for. What was granted may be less, or more:
    ///
    /// ```
    /// # use grantflow::*;
    /// # fn warn(tokens: &Tokens) {
    /// for missing in tokens.requested_scope().without(tokens.scope()) {
    ///     println!("the user did not grant {missing}");
    /// }
    /// # }
    /// ```
    #[must_use]
    pub fn requested_scope(&self) -> &Scope {
        &self.scopes.requested
    }

    /// Reads the reply's members, also those that grantflow does not know, into the caller's own
    /// type: `id_token`, `instance_url`, `team`. The body was parsed once to find the tokens and
    /// is parsed again on each call of this.
    ///
    /// ```
    /// # use grantflow::*;
    /// #[derive(serde::Deserialize)]
    /// struct Salesforce {
    ///     instance_url: String,
    /// }
    ///
    /// # fn salesforce(tokens: &Tokens) -> Result<(), serde_json::Error> {
    /// let extra: Salesforce = tokens.extra()?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// What `serde_json` says; also for tokens that come from storage, which keeps no members
    /// that grantflow does not know.
    pub fn extra<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        let Some(response) = &self.response else {
            return Err(serde_json::Error::custom("stored tokens have no further members"));
        };
        let body = response.body();
        if MediaType::is_form(response, true) == Some(true) {
            let decode = |text| percent::decode(text).unwrap_or_default();
            let body = core::str::from_utf8(body).unwrap_or_default();
            let pairs = percent::pairs(body).map(|(name, value)| (decode(name), decode(value)));
            return T::deserialize(MapDeserializer::new(pairs));
        }
        response.json()
    }
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens")
            .field("token_type", &self.token_type)
            .field("expires_at", &self.expires_at)
            .field("has_refresh_token", &self.refresh_token.is_some())
            .field("scope", self.scope())
            .finish_non_exhaustive()
    }
}
