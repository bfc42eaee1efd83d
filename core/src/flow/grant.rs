//! Grants without a browser: one request, and the tokens are there.

use super::{Authorized, Flow};
use crate::{
    client::{Client, is_reserved},
    error::{ConfigError, Error},
    exchange::{Asked, Attempt, Exchange, Failure, Rejection, Reply, read_tokens, token_request},
    value::{Resource, Scope, Secret, UnixTime},
    wire::{Form, Request, Response},
};
use alloc::{boxed::Box, string::String, vec::Vec};
use core::fmt;

impl Client {
    /// Begins a client credentials grant: the client acts for itself (RFC 6749 section 4.4).
    ///
    /// # Errors
    /// [`ConfigError::PublicClient`] for a client that has nothing to authenticate with.
    pub fn client_credentials(&self) -> Result<Grant, Error> {
        if self.config().auth.is_none() {
            return Err(ConfigError::PublicClient.into());
        }
        Ok(Grant::new(self, "client_credentials"))
    }

    /// Begins a token exchange: one token for another (RFC 8693 section 2.1). `token_type` is the
    /// URN of what the token is, such as `urn:ietf:params:oauth:token-type:access_token`.
    /// `audience`, `requested_token_type`, `actor_token` and `actor_token_type` are set by
    /// [`Grant::param`].
    pub fn token_exchange(&self, token: impl Into<Secret>, token_type: &str) -> Grant {
        Grant::new(self, "urn:ietf:params:oauth:grant-type:token-exchange")
            .with("subject_token", token)
            .with("subject_token_type", token_type)
    }

    /// Begins a grant by a JWT that someone else signed (RFC 7523 section 2.1).
    pub fn jwt_bearer(&self, assertion: impl Into<Secret>) -> Grant {
        Grant::new(self, "urn:ietf:params:oauth:grant-type:jwt-bearer").with("assertion", assertion)
    }

    /// Begins any other extension grant, by its URI (RFC 6749 section 4.5); its parameters are
    /// set by [`Grant::param`].
    pub fn extension_grant(&self, grant_type: &str) -> Grant {
        Grant::new(self, grant_type)
    }
}

/// A grant on its way; the methods of [`Client`] make it.
///
/// ```
/// # use grantflow::*;
/// # let server = AuthorizationServer::new("https://as.example/token".parse()?);
/// # let client = Client::confidential(server, "batch", ClientAuth::post("secret")).build()?;
/// let grant = client.client_credentials()?.scope("reports")?;
/// let request = grant.request(UnixTime::from_secs(0))?;
/// assert_eq!(
///     request.body(),
///     b"grant_type=client_credentials&scope=reports&client_id=batch&client_secret=secret"
/// );
/// # Ok::<(), Error>(())
/// ```
#[derive(Clone)]
#[must_use = "a grant does nothing until it is sent"]
pub struct Grant {
    client: Client,
    grant_type: Box<str>,
    params: Vec<(String, Secret)>,
    scope: Scope,
    resources: Vec<Resource>,
    attempt: Attempt,
}

impl Grant {
    fn new(client: &Client, grant_type: &str) -> Self {
        Self {
            client: client.clone(),
            grant_type: grant_type.into(),
            params: Vec::new(),
            scope: Scope::default(),
            resources: Vec::new(),
            attempt: Attempt::default(),
        }
    }

    fn with(mut self, name: &str, value: impl Into<Secret>) -> Self {
        self.params.push((name.into(), value.into()));
        self
    }

    /// Sets what to ask for: scope tokens with spaces between them.
    ///
    /// # Errors
    /// [`ConfigError::Scope`] for a character that no scope has.
    pub fn scope(mut self, scope: &str) -> Result<Self, Error> {
        self.scope = Scope::parse(scope)?;
        Ok(self)
    }

    /// Names what the tokens are to be used for (RFC 8707). May be given several times.
    pub fn resource(mut self, resource: Resource) -> Self {
        self.resources.push(resource);
        self
    }

    /// Adds a parameter of the grant.
    ///
    /// # Errors
    /// [`ConfigError::ReservedParameter`] for one that grantflow sends itself,
    /// [`ConfigError::RepeatedParameter`] for one that is there already.
    pub fn param(self, name: &str, value: impl Into<Secret>) -> Result<Self, Error> {
        if name.is_empty() || is_reserved(name, &self.client.config().quirks) {
            return Err(ConfigError::ReservedParameter(name.into()).into());
        }
        if self.params.iter().any(|(known, _)| known == name) {
            return Err(ConfigError::RepeatedParameter(name.into()).into());
        }
        Ok(self.with(name, value))
    }
}

impl Exchange for Grant {
    type Output = Flow<Authorized>;

    fn request(&self, now: UnixTime) -> Result<Request, Error> {
        let mut form = Form::new(&[("grant_type", &self.grant_type)]);
        for (name, value) in &self.params {
            form.push(name.as_str(), value.expose());
        }
        form.push_scope(&self.scope, self.client.config().quirks.separator());
        token_request(&self.client, form, &self.resources, &self.attempt, now)
    }

    /// # Errors
    /// [`Failure::Later`] for 429 and 5xx, [`Failure::Over`] for anything else.
    fn receive(
        self,
        response: &Response,
        now: UnixTime,
    ) -> Result<Flow<Authorized>, Failure<Self>> {
        let secrets: Vec<_> = self.params.iter().map(|(_, value)| value.expose()).collect();
        let reply = Reply {
            client: &self.client,
            response: &self.client.rewrite(response),
            now,
            secrets: &secrets,
        };
        let asked = Asked {
            requested: &self.scope,
            implied: &self.scope,
            resources: &self.resources,
            consented: None,
            refresh_token: None,
        };
        match read_tokens(&reply, &asked) {
            Ok(tokens) => {
                Ok(Flow { client: self.client.clone(), state: Authorized::without_browser(tokens) })
            }
            Err(rejection) => {
                Err(rejection
                    .again_or(Rejection::into_failure, self, response, |grant| &mut grant.attempt))
            }
        }
    }
}

impl fmt::Debug for Grant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Grant").field(&self.grant_type).finish()
    }
}
