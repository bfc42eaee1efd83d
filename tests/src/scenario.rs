//! A login in memory: CloudVault, a client of it, and the way to any state of the flow.
//!
//! ```
//! use grantflow_tests::scenario::Scenario;
//!
//! let scenario = Scenario::new();
//! let flow = scenario.authorized();
//! let photos = scenario.run(flow.call(scenario.get("/photos")).unwrap()).unwrap();
//! assert_eq!(photos.status(), 200);
//! ```

use crate::cloudvault::{
    self, AuthenticationMethod, ClientAuthentication, Clock, CloudVault, Config, PeerCertificate,
    RegisteredClient, Visitor,
};
use grantflow::{
    AuthorizationServer, AuthorizationUrl, Authorized, AwaitingCallback, Callback, Client,
    ClientAuth, ClientBuilder, CodeReceived, Entropy, Es256Key, Exchange, Flow, Request, Response,
    RunError, UnixTime, Unstarted, drive,
};
use std::{convert::Infallible, sync::Arc, time::Duration};

/// Where the vault of a scenario is.
pub const ISSUER: &str = "https://vault.example";
/// Where the browser comes back to.
pub const REDIRECT_URI: &str = "https://app.example/callback";
/// The client's id.
pub const CLIENT_ID: &str = "printmypics";
/// The client's secret.
pub const CLIENT_SECRET: &str = "a secret: of 31 + characters & é";

/// One client at one CloudVault, both in memory, with a clock that only the test moves.
pub struct Scenario {
    /// The server.
    pub vault: CloudVault,
    /// The client.
    pub client: Client,
    certificate: Option<PeerCertificate>,
    clock: Clock,
}

impl Scenario {
    /// A client that authenticates by `client_secret_basic`.
    #[must_use]
    pub fn new() -> Self {
        Self::with(ClientAuthentication::SecretBasic(CLIENT_SECRET.into()), |client| client)
    }

    /// A client that the vault knows by the given authentication, with settings of its own.
    ///
    /// # Panics
    /// If the client cannot be built.
    #[must_use]
    pub fn with(
        authentication: ClientAuthentication,
        configure: impl FnOnce(ClientBuilder) -> ClientBuilder,
    ) -> Self {
        let auth = match &authentication {
            ClientAuthentication::None => None,
            ClientAuthentication::SecretBasic(secret) => Some(ClientAuth::basic(secret.as_str())),
            ClientAuthentication::SecretPost(secret) => Some(ClientAuth::post(secret.as_str())),
        };
        Self::of(authentication.into(), auth, |_| {}, configure)
    }

    /// A client that the vault knows by one method and that authenticates by `auth`, with
    /// settings of its own, at a vault with settings of its own.
    ///
    /// # Panics
    /// If the client cannot be built.
    #[must_use]
    pub fn of(
        authentication: AuthenticationMethod,
        auth: Option<ClientAuth>,
        set_up: impl FnOnce(&mut Config),
        configure: impl FnOnce(ClientBuilder) -> ClientBuilder,
    ) -> Self {
        let clock = Clock::fixed(1_700_000_000);
        let builder = match auth {
            None => Client::public(server(), CLIENT_ID),
            Some(auth) => Client::confidential(server(), CLIENT_ID, auth),
        };
        let builder = builder.redirect_uri(REDIRECT_URI.parse().expect("a redirect URI"));
        let registered = RegisteredClient::web(CLIENT_ID, authentication, REDIRECT_URI);
        let mut config = Config::new(ISSUER).client(registered);
        config.clock = clock.clone();
        set_up(&mut config);
        Self {
            vault: CloudVault::new(config),
            client: configure(builder).build().expect("a client"),
            certificate: None,
            clock,
        }
    }

    /// The same vault, and the client bound to a key.
    ///
    /// # Panics
    /// If the system has no entropy.
    #[must_use]
    pub fn bound_to(mut self, key: Es256Key) -> Self {
        let entropy = Entropy::from_os().expect("entropy");
        self.client = self.client.bound_to(Arc::new(key), entropy);
        self
    }

    /// The same vault, and the client on connections with that certificate, or with none.
    #[must_use]
    pub fn presenting(mut self, certificate: Option<PeerCertificate>) -> Self {
        self.certificate = certificate;
        self
    }

    /// The time, for the flow and for the vault.
    #[must_use]
    pub fn now(&self) -> UnixTime {
        UnixTime::from_secs(self.clock.now())
    }

    /// Lets time pass.
    pub fn wait(&self, duration: Duration) {
        self.clock.advance(duration);
    }

    /// A flow that asks for both of the vault's scopes.
    ///
    /// # Panics
    /// Never: the scopes are legal.
    pub fn unstarted(&self) -> Flow<Unstarted> {
        Flow::new(&self.client).scope("read_photos list_albums").expect("legal scopes")
    }

    /// A flow whose browser is away.
    ///
    /// # Panics
    /// If the system has no entropy.
    pub fn awaiting(&self) -> (AuthorizationUrl, Flow<AwaitingCallback>) {
        let entropy = Entropy::from_os().expect("entropy");
        self.unstarted().redirect(entropy, self.now()).expect("a complete client")
    }

    /// What the browser brings back after alice signed in and allowed everything.
    ///
    /// # Panics
    /// If the vault shows a page that leads nowhere.
    #[must_use]
    pub fn callback(&self, url: &AuthorizationUrl) -> cloudvault::Callback {
        self.visit(url, Visitor::new(|request| self.vault.handle(request)))
    }

    /// What the browser brings back after alice said no.
    ///
    /// # Panics
    /// If the vault shows a page that leads nowhere.
    #[must_use]
    pub fn denied_callback(&self, url: &AuthorizationUrl) -> cloudvault::Callback {
        self.visit(url, Visitor::new(|request| self.vault.handle(request)).denying())
    }

    /// A flow whose code is verified and not yet spent.
    ///
    /// # Panics
    /// If the callback is refused.
    pub fn code_received(&self) -> Flow<CodeReceived> {
        let (url, awaiting) = self.awaiting();
        self.arrive(&url, awaiting)
    }

    /// Takes a flow that waits for its browser past the callback.
    ///
    /// # Panics
    /// If the callback is refused.
    pub fn arrive(
        &self,
        url: &AuthorizationUrl,
        awaiting: Flow<AwaitingCallback>,
    ) -> Flow<CodeReceived> {
        let callback = Callback::from_url(&self.callback(url).url).expect("a callback");
        awaiting.receive(callback, self.now()).expect("a verified code")
    }

    /// A flow with tokens.
    ///
    /// # Panics
    /// If the vault refuses the code.
    pub fn authorized(&self) -> Flow<Authorized> {
        self.run(self.code_received()).expect("tokens")
    }

    /// A request to one of the vault's own paths.
    ///
    /// # Panics
    /// If the path makes no URL.
    pub fn get(&self, path: &str) -> Request {
        Request::get(format!("{ISSUER}{path}").parse().expect("a path"))
    }

    /// Takes an exchange to its end, over nothing but function calls.
    ///
    /// # Errors
    /// As [`drive`].
    pub fn run<E: Exchange>(&self, exchange: E) -> Result<E::Output, RunError<E>> {
        let send = |request| Ok::<_, Infallible>(self.send(request));
        drive(exchange, || self.now(), send, |wait| self.wait(wait))
    }

    /// Lets the vault answer one request.
    ///
    /// # Panics
    /// If the request is none of HTTP's.
    #[must_use]
    pub fn send(&self, request: Request) -> Response {
        let mut request: http::Request<_> = request.try_into().expect("an HTTP request");
        if let Some(certificate) = &self.certificate {
            request.extensions_mut().insert(certificate.clone());
        }
        self.vault.handle(request).into()
    }

    fn visit<S>(&self, url: &AuthorizationUrl, mut visitor: Visitor<S>) -> cloudvault::Callback
    where
        S: FnMut(http::Request<Vec<u8>>) -> http::Response<Vec<u8>>,
    {
        visitor.visit(url.as_str(), REDIRECT_URI).expect("a page that leads on")
    }
}

impl Default for Scenario {
    fn default() -> Self {
        Self::new()
    }
}

/// CloudVault as a client is told of it.
fn server() -> AuthorizationServer {
    let at = |path: &str| format!("{ISSUER}{path}").parse().expect("a URL");
    AuthorizationServer::new(at("/token"))
        .with_issuer(ISSUER.parse().expect("an issuer"))
        .with_iss_required(true)
        .with_authorization_endpoint(at("/authorize"))
        .with_pushed_authorization_request_endpoint(at("/par"))
        .with_device_authorization_endpoint(at("/device_authorization"))
        .with_userinfo_endpoint(at("/me"))
        .with_code_challenge_methods_supported(["S256"])
}
