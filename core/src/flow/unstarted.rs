//! Before the browser leaves.

use super::{
    AuthorizationUrl, AwaitingCallback, Flow, ResponseMode, authorization_request::push_pair,
};
#[cfg(doc)]
use crate::token::Tokens;
use crate::{
    client::{Client, Pkce, is_reserved},
    error::{ConfigError, Error},
    value::{
        CodeVerifier, Entropy, RedirectUri, Resource, Scope, StepUps, Unguessable, UnixTime,
        authorization_details,
    },
    wire::percent,
};
use alloc::{string::String, vec::Vec};

/// The first state: collects what to ask for.
#[derive(Debug, Default)]
pub struct Unstarted {
    pub(super) scope: Scope,
    pub(super) resources: Vec<Resource>,
    redirect_uri: Option<RedirectUri>,
    response_mode: ResponseMode,
    nonce: bool,
    pub(super) step_ups: StepUps,
    /// Extra parameters, encoded, each with its `&`.
    extra: String,
}

impl Flow<Unstarted> {
    /// Begins a login.
    pub fn new(client: &Client) -> Self {
        Self { client: client.clone(), state: Unstarted::default() }
    }

    /// Sets what to ask for: scope tokens with spaces between them. Ask for little
    /// (RFC 6749 section 10.3).
    ///
    /// # Errors
    /// [`ConfigError::Scope`] for a character that no scope has.
    pub fn scope(mut self, scope: &str) -> Result<Self, Error> {
        self.state.scope = Scope::parse(scope)?;
        Ok(self)
    }

    /// Names what the tokens are to be used for (RFC 8707 section 2). May be given several times;
    /// it is sent on every leg: here, with the code, and with each refresh.
    pub fn resource(mut self, resource: Resource) -> Self {
        self.state.resources.push(resource);
        self
    }

    /// Asks for exactly what the caller's own types say (RFC 9396): each serialises to an object
    /// with a `type` that the server knows. [`Tokens::authorization_details`] tells what was
    /// granted.
    ///
    /// ```
    /// # use grantflow::*;
    /// # let server = AuthorizationServer::new("https://as.example/t".parse()?);
    /// # let client = Client::public(server, "id").build()?;
    /// #[derive(serde::Serialize)]
    /// struct PhotoAccess<'a> {
    ///     r#type: &'a str,
    ///     albums: &'a [&'a str],
    /// }
    ///
    /// let details = [PhotoAccess { r#type: "photo_access", albums: &["Winter"] }];
    /// let flow = Flow::new(&client).authorization_details(&details)?;
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ConfigError::AuthorizationDetails`] if one is no such object,
    /// [`ConfigError::RepeatedParameter`] if some were set already.
    pub fn authorization_details(self, details: &[impl serde::Serialize]) -> Result<Self, Error> {
        self.add("authorization_details", &authorization_details(details)?)
    }

    /// Sets the redirect URI of this login, in the place of the client's: for a native
    /// application that listens on a port of the moment (RFC 8252 section 7.3).
    pub fn redirect_uri(mut self, uri: RedirectUri) -> Self {
        self.state.redirect_uri = Some(uri);
        self
    }

    /// Sets how the callback comes back.
    pub fn response_mode(mut self, mode: ResponseMode) -> Self {
        self.state.response_mode = mode;
        self
    }

    /// Sends an OpenID Connect `nonce` too. [`Flow::nonce`] tells it after the exchange, for
    /// whoever checks the ID token; grantflow itself does not read ID tokens.
    pub fn with_nonce(mut self) -> Self {
        self.state.nonce = true;
        self
    }

    /// Adds `prompt`: `none`, `login`, `consent`, `select_account`.
    ///
    /// # Errors
    /// [`ConfigError::RepeatedParameter`] if it is there already.
    pub fn prompt(self, prompt: &str) -> Result<Self, Error> {
        self.param("prompt", prompt)
    }

    /// Adds `login_hint`: whom the server should expect.
    ///
    /// # Errors
    /// [`ConfigError::RepeatedParameter`] if it is there already.
    pub fn login_hint(self, hint: &str) -> Result<Self, Error> {
        self.param("login_hint", hint)
    }

    /// Adds a parameter that the provider wants: `access_type`, `audience`, `duration`.
    ///
    /// # Errors
    /// [`ConfigError::ReservedParameter`] for one that grantflow sends itself,
    /// [`ConfigError::RepeatedParameter`] for one that is there already, also in the endpoint's
    /// own query (RFC 6749 section 3.1).
    pub fn param(self, name: &str, value: &str) -> Result<Self, Error> {
        if name.is_empty() || is_reserved(name, &self.client.config().quirks) {
            return Err(ConfigError::ReservedParameter(name.into()).into());
        }
        self.add(name, value)
    }

    pub(super) fn add(mut self, name: &str, value: &str) -> Result<Self, Error> {
        let endpoint = self.client.server().authorization_endpoint.as_ref();
        let own_query = endpoint.and_then(|url| url.as_url().query()).unwrap_or_default();
        let known = percent::pairs(own_query).chain(percent::pairs(&self.state.extra));
        if known.into_iter().any(|(known, _)| percent::decode(known).as_deref() == Ok(name)) {
            return Err(ConfigError::RepeatedParameter(name.into()).into());
        }
        push_pair(&mut self.state.extra, name, value);
        Ok(self)
    }

    /// Adds parameters from any type that serialises to a flat list of names and values.
    ///
    /// ```
    /// # use grantflow::*;
    /// # let server = AuthorizationServer::new("https://as.example/t".parse()?);
    /// # let client = Client::public(server, "id").build()?;
    /// #[derive(serde::Serialize)]
    /// struct Google {
    ///     access_type: &'static str,
    ///     include_granted_scopes: bool,
    /// }
    ///
    /// let extra = Google { access_type: "offline", include_granted_scopes: true };
    /// let flow = Flow::new(&client).params(&extra)?;
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ConfigError::Parameters`] if it does not serialise so; otherwise as
    /// [`param`](Self::param).
    #[cfg(feature = "std")]
    pub fn params(self, params: &impl serde::Serialize) -> Result<Self, Error> {
        let encoded = serde_urlencoded::to_string(params).map_err(|_| ConfigError::Parameters)?;
        percent::pairs(&encoded).try_fold(self, |flow, (name, value)| {
            let decode = |text| percent::decode(text).map_err(|_| ConfigError::Parameters);
            flow.param(&decode(name)?, &decode(value)?)
        })
    }

    /// Starts the login: gives the URL to send the browser to, and the flow that waits for the
    /// browser to come back.
    ///
    /// `state` and PKCE are inside, made from `entropy`. Answer the user's POST with a 303 to
    /// the URL. For servers of which this is not known before, [`start`](Self::start) decides
    /// between this and [`push`](Self::push).
    ///
    /// # Errors
    /// [`ConfigError::Missing`] if the client has no authorization endpoint or no redirect URI,
    /// [`ConfigError::PushRequired`] if the server or the policy takes pushed requests only, and
    /// [`ConfigError::ResourceRequired`] and [`ConfigError::PrivateUseRedirect`] as the policy
    /// has it.
    pub fn redirect(
        self,
        entropy: Entropy,
        now: UnixTime,
    ) -> Result<(AuthorizationUrl, Flow<AwaitingCallback>), Error> {
        if self.must_push() {
            return Err(ConfigError::PushRequired.into());
        }
        let (flow, extra) = self.depart(entropy, now)?;
        let config = flow.client.config();
        let shared = config.authorization_url.as_deref();
        let shared = shared.ok_or(ConfigError::Missing("authorization endpoint"))?;
        let separator = config.quirks.separator();
        Ok((flow.state.authorization_url(shared, &extra, separator), flow))
    }

    /// Whether the server or the policy takes nothing but pushed requests.
    pub(super) fn must_push(&self) -> bool {
        self.client.server().require_pushed_authorization_requests
            || self.client.policy().require_push
    }

    /// Makes what waits for the browser, and the extra parameters to send with it. What is
    /// missing is found in the order in which `redirect` and `push` document it.
    #[expect(clippy::needless_pass_by_value, reason = "entropy is spent, so it cannot serve twice")]
    pub(super) fn depart(
        self,
        entropy: Entropy,
        now: UnixTime,
    ) -> Result<(Flow<AwaitingCallback>, String), Error> {
        let Self { client, state: asked } = self;
        let config = client.config();
        if config.server.authorization_endpoint.is_none() {
            return Err(ConfigError::Missing("authorization endpoint").into());
        }
        let redirect_uri = asked.redirect_uri.or_else(|| config.redirect_uri.clone());
        let redirect_uri = redirect_uri.ok_or(ConfigError::Missing("redirect URI"))?;
        config.policy.check_resources(&asked.resources)?;
        if redirect_uri.is_private_use() && !config.policy.private_use_redirects {
            return Err(ConfigError::PrivateUseRedirect.into());
        }
        let state = AwaitingCallback {
            state: Unguessable::from_octets(entropy.state()),
            verifier: match config.quirks.pkce {
                Pkce::S256 => Some(CodeVerifier::from_octets(entropy.verifier())),
                Pkce::Off => None,
            },
            nonce: asked.nonce.then(|| Unguessable::from_octets(entropy.nonce())),
            redirect_uri,
            scope: asked.scope,
            resources: asked.resources,
            response_mode: asked.response_mode,
            key: client.thumbprint().cloned(),
            started: now,
            step_ups: asked.step_ups,
        };
        Ok((Flow { client, state }, asked.extra))
    }
}
