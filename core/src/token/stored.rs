//! Tokens on their way to and from the application's storage.

use super::{
    Scopes, TokenType, Tokens,
    stored_lists::{Resources, Scoped},
};
use crate::{
    error::{Error, StoredError},
    value::{Resource, Scope, Secret, StepUps, UnixTime, is_vschar},
};
use alloc::{
    string::{String, ToString},
    sync::Arc,
    vec::Vec,
};
use core::fmt;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use zeroize::Zeroizing;

/// The version of the stored form that this version writes.
const VERSION: u8 = 1;

/// Tokens in the form in which an application stores them, by explicit choice:
/// [`Flow::store`](crate::Flow::store) makes it, [`Flow::restore`](crate::Flow::restore) takes it
/// up again.
///
/// It serialises **with** the tokens in clear; encrypt it where it is kept. Members of the token
/// reply that grantflow does not know are not in it: read them with
/// [`Tokens::extra`](crate::Tokens::extra) first. `Debug` shows no token.
///
/// ```
/// # use grantflow::*;
/// # let client = Client::public(AuthorizationServer::new("https://as.example/t".parse()?), "id").build()?;
/// // Tokens that another library obtained.
/// let tokens = StoredTokens::import("2YotnFZFEjr1zCsicMWpAA", TokenType::Bearer)?
///     .with_refresh_token("tGzv3JOkF0XG5Qx2TlKWIA")?
///     .with_expires_at(UnixTime::from_secs(1_700_003_600))
///     .with_scope("read_photos".parse()?);
///
/// let flow = Flow::restore(&client, tokens)?;
/// let json = serde_json::to_string(&flow.store())?;
/// let flow = Flow::restore(&client, serde_json::from_str(&json)?)?;
/// assert_eq!(flow.tokens().scope().as_str(), "read_photos");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct StoredTokens {
    /// Whose they are; none for imported ones.
    client: Option<String>,
    tokens: Tokens,
    step_ups: StepUps,
}

impl StoredTokens {
    /// Takes over tokens that did not come from grantflow.
    ///
    /// # Errors
    /// [`ConfigError::Token`](crate::ConfigError::Token) if the token is empty or holds anything
    /// but printable ASCII.
    pub fn import(access_token: impl Into<String>, token_type: TokenType) -> Result<Self, Error> {
        let tokens = Tokens {
            access_token: Secret::token(access_token)?,
            token_type,
            expires_at: None,
            refresh_token: None,
            scopes: Scopes::default(),
            resources: Vec::new(),
            key: None,
            response: None,
        };
        Ok(Self { client: None, tokens, step_ups: StepUps::NONE })
    }

    /// Sets the refresh token.
    ///
    /// # Errors
    /// [`ConfigError::Token`](crate::ConfigError::Token), as for the access token.
    pub fn with_refresh_token(mut self, refresh_token: impl Into<String>) -> Result<Self, Error> {
        self.tokens.refresh_token = Some(Secret::token(refresh_token)?);
        Ok(self)
    }

    /// Sets when the access token ends.
    #[must_use]
    pub fn with_expires_at(mut self, end: UnixTime) -> Self {
        self.tokens.expires_at = Some(end);
        self
    }

    /// Sets the scope that was asked for and granted.
    #[must_use]
    pub fn with_scope(mut self, scope: Scope) -> Self {
        self.tokens.scopes =
            Scopes { requested: scope.clone(), consented: scope.clone(), granted: scope };
        self
    }

    /// Adds a resource that the tokens are for (RFC 8707).
    #[must_use]
    pub fn with_resource(mut self, resource: Resource) -> Self {
        self.tokens.resources.push(resource);
        self
    }

    pub(crate) fn new(client: &str, tokens: &Tokens, step_ups: StepUps) -> Self {
        let tokens = Tokens { response: None, ..tokens.clone() };
        Self { client: Some(client.into()), tokens, step_ups }
    }

    pub(crate) fn open(
        self,
        client: &str,
        key: Option<&Arc<str>>,
    ) -> Result<(Tokens, StepUps), Error> {
        let Self { client: owner, tokens, step_ups } = self;
        let is_bound = tokens.token_type == TokenType::DPoP;
        match owner {
            Some(owner) if owner != client => Err(StoredError::Client.into()),
            // A bound token has a key, and only a bound one has.
            _ if is_bound != key.is_some() => Err(StoredError::Key.into()),
            // Nobody knows the key of imported tokens.
            Some(_) if tokens.key.as_ref() != key => Err(StoredError::Key.into()),
            _ => Ok((Tokens { key: key.cloned(), ..tokens }, step_ups)),
        }
    }
}

impl fmt::Debug for StoredTokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("StoredTokens").field(&self.tokens).finish()
    }
}

/// A text of the stored form as it is read: wiped, should what follows it be unreadable.
type Wiped = Zeroizing<String>;

/// The stored form, version 1.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Form<Text, Scoped, Resources> {
    v: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    client: Option<Text>,
    access_token: Text,
    token_type: Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_at: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<Text>,
    scope: Scoped,
    requested: Scoped,
    consented: Scoped,
    #[serde(skip_serializing_if = "Option::is_none")]
    resources: Option<Resources>,
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<Text>,
    #[serde(default = "Option::default", skip_serializing_if = "Option::is_none")]
    step_ups: Option<String>,
}

impl Serialize for StoredTokens {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Tokens {
            access_token,
            token_type,
            expires_at,
            refresh_token,
            scopes,
            resources,
            key,
            ..
        } = &self.tokens;
        Form {
            v: VERSION,
            client: self.client.as_deref(),
            access_token: access_token.expose(),
            token_type: token_type.as_str(),
            expires_at: expires_at.map(UnixTime::as_secs),
            refresh_token: refresh_token.as_ref().map(Secret::expose),
            scope: Scoped::from(&scopes.granted),
            requested: Scoped::from(&scopes.requested),
            consented: Scoped::from(&scopes.consented),
            key: key.as_deref(),
            resources: (!resources.is_empty())
                .then(|| resources.iter().map(Resource::as_str).collect::<Vec<_>>()),
            step_ups: Some(self.step_ups)
                .filter(|it| *it != StepUps::NONE)
                .map(|it| it.to_string()),
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for StoredTokens {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // What serde says would repeat what it read.
        let form = Form::deserialize(deserializer);
        let form: Read = form.map_err(|_| D::Error::custom(StoredError::Unreadable))?;
        form.try_into().map_err(D::Error::custom)
    }
}

/// What a form is read as.
type Read = Form<Wiped, Scoped<String>, Resources>;

impl TryFrom<Read> for StoredTokens {
    type Error = StoredError;

    fn try_from(form: Read) -> Result<Self, StoredError> {
        let owned = |mut text: Wiped| core::mem::take(&mut *text);
        let access_token = Secret::new(owned(form.access_token));
        let refresh_token = form.refresh_token.map(owned).map(Secret::new);
        if form.v != VERSION {
            return Err(StoredError::Version);
        }
        if !refresh_token.iter().chain([&access_token]).all(|token| is_vschar(token.expose())) {
            return Err(StoredError::Unreadable);
        }
        let step_ups = match form.step_ups {
            None => StepUps::NONE,
            Some(text) => StepUps::from_stored(&text).ok_or(StoredError::Unreadable)?,
        };
        Ok(Self {
            client: form.client.map(owned),
            step_ups,
            tokens: Tokens {
                access_token,
                token_type: TokenType::parse(&form.token_type).ok_or(StoredError::Unreadable)?,
                expires_at: form.expires_at.map(UnixTime::from_secs),
                refresh_token,
                scopes: Scopes {
                    requested: form.requested.into(),
                    consented: form.consented.into(),
                    granted: form.scope.into(),
                },
                resources: form.resources.map(|Resources(all)| all).unwrap_or_default(),
                key: form.key.map(|key| key.as_str().into()),
                response: None,
            },
        })
    }
}
