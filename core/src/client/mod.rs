//! Who asks whom, under which rules: plain data, checked once when the client is built.

mod assertion;
mod auth;
mod binding;
mod builder;
mod client_metadata;
mod config;
mod endpoints;
#[cfg(feature = "es256")]
mod es256;
#[cfg(feature = "hs256")]
mod hs256;
mod jws;
mod metadata;
mod mtls_aliases;
mod nonces;
mod policy;
mod proof_key;
mod quirks;
mod resource_metadata;
mod server;

#[cfg(doc)]
use crate::error::ConfigError;
use crate::{error::Error, wire::Response};
use alloc::{boxed::Box, sync::Arc};
use core::fmt;

pub(crate) use auth::Kind;
pub use auth::{ClientAuth, Credentials};
use binding::Binding;
pub use builder::ClientBuilder;
pub(crate) use builder::is_reserved;
pub use client_metadata::{ApplicationType, ClientMetadata};
use config::Config;
#[cfg(feature = "es256")]
pub use es256::Es256Key;
pub use policy::Policy;
pub use proof_key::{ProofKey, PublicJwk};
pub use quirks::{BasicEncoding, Pkce, Quirks, TokenRequestBody};
pub use resource_metadata::ResourceMetadata;
pub use server::AuthorizationServer;

/// A registered client at one authorization server.
///
/// It holds no state of any flow: build it once, share it between threads, clone it freely (a
/// clone shares everything). No secret is in its `Debug`.
///
/// ```
/// use grantflow::{AuthorizationServer, Client, ClientAuth};
///
/// let server = AuthorizationServer::new("https://as.example/token".parse()?)
///     .with_issuer("https://as.example".parse()?)
///     .with_authorization_endpoint("https://as.example/authorize".parse()?);
/// let client = Client::confidential(server, "s6BhdRkqt3", ClientAuth::basic("gX1fBat3bV"))
///     .redirect_uri("https://client.example/cb".parse()?)
///     .build()?;
/// assert_eq!(client.id(), "s6BhdRkqt3");
/// # Ok::<(), grantflow::Error>(())
/// ```
#[derive(Clone)]
pub struct Client {
    config: Arc<Config>,
    binding: Option<Arc<Binding>>,
}

impl Client {
    /// Begins a client without a secret: a native or single-page application.
    pub fn public(server: AuthorizationServer, id: impl Into<Box<str>>) -> ClientBuilder {
        ClientBuilder::new(server, id.into(), ClientAuth::none())
    }

    /// Begins a client that can keep a secret.
    pub fn confidential(
        server: AuthorizationServer,
        id: impl Into<Box<str>>,
        auth: ClientAuth,
    ) -> ClientBuilder {
        ClientBuilder::new(server, id.into(), auth)
    }

    /// Begins a client that has several ways to authenticate, with the strongest that the server
    /// supports by its metadata: a certificate, then `private_key_jwt`, then `client_secret_jwt`,
    /// then `client_secret_basic`, then `client_secret_post`.
    /// [`authentication`](Self::authentication) says which it is.
    ///
    /// ```
    /// # use grantflow::*;
    /// # fn of(server: AuthorizationServer) -> Result<(), Error> {
    /// let offers = [ClientAuth::basic("gX1fBat3bV"), ClientAuth::post("gX1fBat3bV")];
    /// let client = Client::negotiated(server, "s6BhdRkqt3", offers)?.build()?;
    /// println!("{} authenticates by {}", client.id(), client.authentication());
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// [`ConfigError::NoCommonAuthentication`] if the server supports none of them.
    pub fn negotiated(
        server: AuthorizationServer,
        id: impl Into<Box<str>>,
        offers: impl IntoIterator<Item = ClientAuth>,
    ) -> Result<ClientBuilder, Error> {
        let auth = ClientAuth::strongest(offers, &server)?;
        Ok(ClientBuilder::new(server, id.into(), auth))
    }

    /// How the client authenticates, by the style's registered name (RFC 7591 section 2), or
    /// `custom`.
    #[must_use]
    pub fn authentication(&self) -> &'static str {
        self.config.auth.method()
    }

    /// The client id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.config.id
    }

    /// The authorization server.
    #[must_use]
    pub fn server(&self) -> &AuthorizationServer {
        &self.config.server
    }

    /// The rules that this client keeps.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.config.policy
    }

    pub(crate) fn config(&self) -> &Config {
        &self.config
    }

    /// The key that everything is bound to, if there is one.
    pub(crate) fn binding(&self) -> Option<&Binding> {
        self.binding.as_deref()
    }

    /// The thumbprint of that key.
    pub(crate) fn thumbprint(&self) -> Option<&Arc<str>> {
        self.binding().map(Binding::thumbprint)
    }

    /// The parameter of the callback that carries the code.
    pub(crate) fn code_param(&self) -> &'static str {
        self.config.quirks.code_param.unwrap_or("code")
    }

    /// The reply as the provider's rewrites leave it.
    pub(crate) fn rewrite(&self, response: &Response) -> Response {
        let rewrites = self.config.quirks.rewrites.iter();
        rewrites.fold(response.clone(), |response, rewrite| rewrite(response))
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("id", &self.config.id)
            .field("server", &self.config.server)
            .finish()
    }
}
