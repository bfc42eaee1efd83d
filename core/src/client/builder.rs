//! Building a client: everything is checked, parsed and written once, here.

use super::{
    AuthorizationServer, Client, ClientAuth, Pkce, Policy, Quirks,
    auth::{Kind, basic_header},
    config::Config,
};
use crate::{
    error::{ConfigError, Error},
    value::{RedirectUri, SecureUrl},
    wire::percent::{self, Space, encode_into},
};
use alloc::{boxed::Box, string::String, sync::Arc, vec::Vec};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};
use url::Position;

/// A client in the making; [`Client::public`] and [`Client::confidential`] begin one.
#[derive(Debug)]
#[must_use = "a client is made by `build`"]
pub struct ClientBuilder {
    server: AuthorizationServer,
    id: Box<str>,
    auth: ClientAuth,
    redirect_uri: Option<RedirectUri>,
    resource_origins: Vec<SecureUrl>,
    policy: Policy,
    quirks: Quirks,
}

impl ClientBuilder {
    pub(super) fn new(server: AuthorizationServer, id: Box<str>, auth: ClientAuth) -> Self {
        Self {
            server,
            id,
            auth,
            redirect_uri: None,
            resource_origins: Vec::new(),
            policy: Policy::default(),
            quirks: Quirks::default(),
        }
    }

    /// Sets where the browser comes back to. A native application that listens on a port of the
    /// moment sets it on each flow instead.
    pub fn redirect_uri(mut self, uri: RedirectUri) -> Self {
        self.redirect_uri = Some(uri);
        self
    }

    /// Binds the tokens to the origin of a URL: calls go nowhere but to the origins that are set
    /// so. May be given several times; without it, a call may go to any [`SecureUrl`].
    pub fn resource_origin(mut self, origin: SecureUrl) -> Self {
        self.resource_origins.push(origin);
        self
    }

    /// Sets the rules to keep.
    pub fn policy(mut self, policy: Policy) -> Self {
        self.policy = policy;
        self
    }

    /// Sets the deviations of the provider.
    pub fn quirks(mut self, quirks: Quirks) -> Self {
        self.quirks = quirks;
        self
    }

    /// Makes the client.
    ///
    /// # Errors
    /// [`ConfigError::ClientId`] for an empty id, [`ConfigError::RawClientId`] for one that Basic
    /// cannot carry, [`ConfigError::PkceOff`], [`ConfigError::PkceUnsupported`] and
    /// [`ConfigError::PkceNotAdvertised`] where PKCE would be weakened,
    /// [`ConfigError::IssuerRequired`] if the policy or the server demands `iss` and no issuer is
    /// configured, [`ConfigError::ReservedParameter`] if the authorization endpoint's own query
    /// holds a parameter of the protocol.
    pub fn build(self) -> Result<Client, Error> {
        self.check()?;
        let basic = match &self.auth.0 {
            Kind::Basic(secret) => Some(basic_header(&self.id, secret, &self.quirks)?),
            _ => None,
        };
        let (authorization_url, pushed_url) = match &self.server.authorization_endpoint {
            Some(endpoint) => {
                let url = |fixed| self.authorization_url(endpoint, fixed).map(Some);
                (url("response_type=code&")?, url("")?)
            }
            None => (None, None),
        };
        let config = Config {
            digest: self.digest(),
            authorization_url,
            pushed_url,
            basic,
            server: match self.auth.is_by_certificate() {
                true => self.server.at_mtls_aliases(),
                false => self.server,
            },
            id: self.id,
            auth: self.auth,
            redirect_uri: self.redirect_uri,
            resource_origins: self.resource_origins,
            policy: self.policy,
            quirks: self.quirks,
        };
        Ok(Client { config: Arc::new(config), binding: None })
    }

    fn check(&self) -> Result<(), ConfigError> {
        if self.id.is_empty() {
            return Err(ConfigError::ClientId);
        }
        let needs_pkce = self.auth.is_none() || self.policy.require_pkce_advertised;
        if self.quirks.pkce == Pkce::Off && needs_pkce {
            return Err(ConfigError::PkceOff);
        }
        match &self.server.code_challenge_methods {
            Some(methods) if !methods.iter().any(|method| method == "S256") => {
                return Err(ConfigError::PkceUnsupported);
            }
            None if self.policy.require_pkce_advertised => {
                return Err(ConfigError::PkceNotAdvertised);
            }
            _ => {}
        }
        let renamed = [self.quirks.client_id_param, self.quirks.client_secret_param];
        let renamed = renamed.into_iter().chain([self.quirks.code_param]).flatten();
        if let Some(name) = renamed.into_iter().find(|name| RESERVED.contains(name)) {
            return Err(ConfigError::ReservedParameter(name.into()));
        }
        let needs_issuer = self.policy.require_iss || self.server.iss_required;
        if needs_issuer && self.server.issuer.is_none() {
            return Err(ConfigError::IssuerRequired);
        }
        Ok(())
    }

    /// The part of the authorization URL that all flows share: the endpoint with its own query,
    /// kept once, and the client.
    fn authorization_url(&self, endpoint: &SecureUrl, fixed: &str) -> Result<Box<str>, Error> {
        let mut url = String::from(&endpoint.as_url()[..Position::AfterPath]);
        url.push('?');
        let query = endpoint.as_url().query().unwrap_or_default();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let name = pair.split('=').next().unwrap_or_default();
            let name = percent::decode(name).unwrap_or_default();
            if is_reserved(&name, &self.quirks) {
                return Err(ConfigError::ReservedParameter(name.into()).into());
            }
            url.extend([pair, "&"]);
        }
        url.push_str(fixed);
        url.push_str(self.quirks.client_id_param.unwrap_or("client_id"));
        url.push('=');
        encode_into(&mut url, &self.id, Space::Percent20);
        Ok(url.into())
    }

    /// 128 bits of SHA-256 over what must not change between two halves of a flow.
    fn digest(&self) -> Arc<str> {
        let server = match &self.server.issuer {
            Some(issuer) => issuer.as_str(),
            None => self.server.token_endpoint.as_str(),
        };
        let digest = Sha256::new_with_prefix(&*self.id).chain_update([0]).chain_update(server);
        let digest = digest.finalize();
        let half: &[u8] = digest.first_chunk::<16>().map_or(&[], |half| half);
        URL_SAFE_NO_PAD.encode(half).into()
    }
}

/// The parameters of the protocol.
const RESERVED: [&str; 22] = [
    "authorization_details",
    "client_assertion",
    "client_assertion_type",
    "client_id",
    "client_secret",
    "code",
    "code_challenge",
    "code_challenge_method",
    "code_verifier",
    "dpop_jkt",
    "error",
    "grant_type",
    "iss",
    "nonce",
    "redirect_uri",
    "request",
    "request_uri",
    "resource",
    "response_mode",
    "response_type",
    "scope",
    "state",
];

/// Whether a parameter belongs to the protocol and is never an extra one.
pub(crate) fn is_reserved(name: &str, quirks: &Quirks) -> bool {
    RESERVED.contains(&name)
        || quirks.client_id_param == Some(name)
        || quirks.client_secret_param == Some(name)
}
