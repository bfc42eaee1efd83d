//! The authorization server, as far as a client knows it.

use super::{endpoints::Endpoints, mtls_aliases::MtlsAliases};
use crate::value::{Issuer, IssuerMatch, SecureUrl};
use alloc::{string::String, vec::Vec};

/// An authorization server: its endpoints, and what its metadata says (RFC 8414 section 2).
///
/// An endpoint that may be missing is optional; a step that needs it says so.
///
/// ```
/// # use grantflow::AuthorizationServer;
/// let server = AuthorizationServer::new("https://as.example/token".parse()?)
///     .with_issuer("https://as.example".parse()?)
///     .with_iss_required(true)
///     .with_authorization_endpoint("https://as.example/authorize".parse()?)
///     .with_code_challenge_methods_supported(["S256"]);
/// # Ok::<(), grantflow::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthorizationServer {
    pub(crate) issuer: Option<Issuer>,
    pub(crate) issuer_match: IssuerMatch,
    pub(crate) iss_required: bool,
    pub(crate) authorization_endpoint: Option<SecureUrl>,
    pub(crate) token_endpoint: SecureUrl,
    pub(crate) code_challenge_methods: Option<Vec<String>>,
    pub(crate) token_endpoint_auth_methods: Option<Vec<String>>,
    pub(crate) dpop_signing_algs: Option<Vec<String>>,
    pub(crate) require_pushed_authorization_requests: bool,
    pub(crate) endpoints: Endpoints,
    pub(crate) mtls_aliases: MtlsAliases,
}

impl AuthorizationServer {
    /// A server of which only the token endpoint is known.
    #[must_use]
    pub fn new(token_endpoint: SecureUrl) -> Self {
        Self {
            issuer: None,
            issuer_match: IssuerMatch::Exact,
            iss_required: false,
            authorization_endpoint: None,
            token_endpoint,
            code_challenge_methods: None,
            token_endpoint_auth_methods: None,
            dpop_signing_algs: None,
            require_pushed_authorization_requests: false,
            endpoints: Endpoints::default(),
            mtls_aliases: MtlsAliases::default(),
        }
    }

    /// Sets the issuer. Every callback that carries `iss` is then held against it (RFC 9207).
    #[must_use]
    pub fn with_issuer(mut self, issuer: Issuer) -> Self {
        self.issuer = Some(issuer);
        self
    }

    /// Sets how an issuer that the server names is held against the configured one.
    #[must_use]
    pub fn with_issuer_match(mut self, how: IssuerMatch) -> Self {
        self.issuer_match = how;
        self
    }

    /// Sets whether the server promises `iss` in every callback
    /// (`authorization_response_iss_parameter_supported`, RFC 9207 section 3). A callback
    /// without it is then refused.
    #[must_use]
    pub fn with_iss_required(mut self, required: bool) -> Self {
        self.iss_required = required;
        self
    }

    /// Sets the authorization endpoint.
    #[must_use]
    pub fn with_authorization_endpoint(mut self, url: SecureUrl) -> Self {
        self.authorization_endpoint = Some(url);
        self
    }

    /// Sets the PKCE methods that the server lists. A list without S256 is refused when the
    /// client is built (RFC 9700 section 2.1.1).
    #[must_use]
    pub fn with_code_challenge_methods_supported<S: Into<String>>(
        mut self,
        methods: impl IntoIterator<Item = S>,
    ) -> Self {
        self.code_challenge_methods = Some(methods.into_iter().map(Into::into).collect());
        self
    }

    /// Sets whether the server takes pushed authorization requests only (RFC 9126 section 5), from
    /// any client or from this one. [`Flow::start`](crate::Flow::start) pushes then.
    #[must_use]
    pub fn with_require_pushed_authorization_requests(mut self, required: bool) -> Self {
        self.require_pushed_authorization_requests = required;
        self
    }

    /// The issuer, if one is configured.
    #[must_use]
    pub fn issuer(&self) -> Option<&Issuer> {
        self.issuer.as_ref()
    }

    /// The token endpoint.
    #[must_use]
    pub fn token_endpoint(&self) -> &SecureUrl {
        &self.token_endpoint
    }

    /// The authorization endpoint, if one is configured.
    #[must_use]
    pub fn authorization_endpoint(&self) -> Option<&SecureUrl> {
        self.authorization_endpoint.as_ref()
    }
}
