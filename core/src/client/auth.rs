//! Client authentication (RFC 6749 section 2.3): one style, in one place of the request.

use super::{AuthorizationServer, BasicEncoding, ProofKey, Quirks, assertion::Assertion};
use crate::{
    error::{ConfigError, Error},
    value::{Entropy, Secret, UnixTime},
    wire::{
        Form,
        percent::{Space, encode_into},
    },
};
use alloc::{borrow::Cow, string::String, sync::Arc, vec::Vec};
use base64::{Engine, engine::general_purpose::STANDARD};
use core::fmt;
use zeroize::Zeroizing;

/// How the client authenticates at the token endpoint.
///
/// One style, one request: grantflow never tries a second style when the first is refused,
/// because the code may be spent by then.
#[derive(Clone)]
pub struct ClientAuth(pub(crate) Kind);

#[derive(Clone)]
pub(crate) enum Kind {
    None,
    Basic(Secret),
    Post(Secret),
    Assertion { style: &'static str, assertion: Arc<Assertion> },
    Certificate { style: &'static str },
    Custom(Arc<Custom>),
}

type Custom = dyn Fn(&Form<'_>, UnixTime) -> Result<Credentials, Error> + Send + Sync;

impl ClientAuth {
    /// No authentication: the client id alone, in the body.
    pub(crate) const fn none() -> Self {
        Self(Kind::None)
    }

    /// `client_secret_basic`: the default for a client with a secret (RFC 6749 section 2.3.1).
    pub fn basic(secret: impl Into<Secret>) -> Self {
        Self(Kind::Basic(secret.into()))
    }

    /// `client_secret_post`: id and secret in the body, for servers that want them there.
    pub fn post(secret: impl Into<Secret>) -> Self {
        Self(Kind::Post(secret.into()))
    }

    /// `private_key_jwt`: an assertion that the client's own key signs, afresh for each request
    /// (RFC 7523 section 2.2). Its audience is the issuer; `entropy` makes its `jti` unique.
    #[expect(clippy::needless_pass_by_value, reason = "entropy is spent, so it cannot serve twice")]
    pub fn private_key_jwt(key: Arc<dyn ProofKey + Send + Sync>, entropy: Entropy) -> Self {
        let assertion = Arc::new(Assertion::new(key, &entropy));
        Self(Kind::Assertion { style: "private_key_jwt", assertion })
    }

    /// `client_secret_jwt`: as [`private_key_jwt`](Self::private_key_jwt), signed with the
    /// client's secret by HS256.
    #[cfg(feature = "hs256")]
    #[expect(clippy::needless_pass_by_value, reason = "entropy is spent, so it cannot serve twice")]
    pub fn secret_jwt(secret: impl Into<Secret>, entropy: Entropy) -> Self {
        let key = Arc::new(super::hs256::SharedSecret::new(secret.into()));
        let assertion = Arc::new(Assertion::new(key, &entropy));
        Self(Kind::Assertion { style: "client_secret_jwt", assertion })
    }

    /// `tls_client_auth`: by the certificate of a PKI that the HTTP client presents, and the client
    /// id (RFC 8705 section 2.1).
    ///
    /// The certificate belongs to the connection, so the HTTP client brings it: configure one, and
    /// give it to the adapter (`from_client`, `from_agent`). Use the same one for calls, since a
    /// server may bind the tokens to it (section 3). The client talks to the server's
    /// `mtls_endpoint_aliases` where it has some: in [`Client::server`](crate::Client::server)
    /// they stand in the endpoints' places.
    ///
    /// ```
    /// # use grantflow::*;
    /// # let server = AuthorizationServer::new("https://as.example/token".parse()?);
    /// let client = Client::confidential(server, "batch", ClientAuth::tls_client_auth()).build()?;
    /// let request = client.client_credentials()?.request(UnixTime::from_secs(0))?;
    /// assert_eq!(request.body(), b"grant_type=client_credentials&client_id=batch");
    /// # Ok::<(), Error>(())
    /// ```
    #[must_use]
    pub fn tls_client_auth() -> Self {
        Self(Kind::Certificate { style: "tls_client_auth" })
    }

    /// `self_signed_tls_client_auth`: as [`tls_client_auth`](Self::tls_client_auth), by a
    /// certificate that the client has registered itself (RFC 8705 section 2.2).
    #[must_use]
    pub fn self_signed_tls_client_auth() -> Self {
        Self(Kind::Certificate { style: "self_signed_tls_client_auth" })
    }

    /// Anything else: the caller supplies what identifies the client, afresh for each request,
    /// and may read the request's parameters to do so. Nothing else is added, not even
    /// `client_id`.
    ///
    /// ```
    /// # use grantflow::{ClientAuth, Credentials};
    /// // Stripe takes the secret as a Bearer token.
    /// let auth = ClientAuth::custom(|_form, _now| {
    ///     Ok(Credentials::default().with_header("Authorization", "Bearer sk_live_x"))
    /// });
    /// ```
    pub fn custom(
        credentials: impl Fn(&Form<'_>, UnixTime) -> Result<Credentials, Error> + Send + Sync + 'static,
    ) -> Self {
        Self(Kind::Custom(Arc::new(credentials)))
    }

    pub(crate) fn is_none(&self) -> bool {
        matches!(self.0, Kind::None)
    }

    pub(super) fn is_by_certificate(&self) -> bool {
        matches!(self.0, Kind::Certificate { .. })
    }

    /// The style's registered name (RFC 7591 section 2), or `custom`.
    #[must_use]
    pub fn method(&self) -> &'static str {
        match &self.0 {
            Kind::None => "none",
            Kind::Basic(_) => "client_secret_basic",
            Kind::Post(_) => "client_secret_post",
            Kind::Assertion { style, .. } | Kind::Certificate { style } => style,
            Kind::Custom(_) => "custom",
        }
    }

    /// How strong the style is: what is not sent cannot be stolen, and what changes cannot be
    /// used again.
    fn strength(&self) -> u8 {
        match &self.0 {
            Kind::None => 0,
            Kind::Custom(_) => 1,
            Kind::Post(_) => 2,
            Kind::Basic(_) => 3,
            Kind::Assertion { style: "client_secret_jwt", .. } => 4,
            Kind::Assertion { .. } => 5,
            Kind::Certificate { .. } => 6,
        }
    }

    /// The strongest of the styles that the client offers and the server supports.
    pub(crate) fn strongest(
        offers: impl IntoIterator<Item = Self>,
        server: &AuthorizationServer,
    ) -> Result<Self, Error> {
        let is_supported = |auth: &Self| match &server.token_endpoint_auth_methods {
            Some(methods) => methods.iter().any(|method| method == auth.method()),
            // What a server supports that does not say (RFC 8414 section 2).
            None => matches!(auth.0, Kind::Basic(_)),
        };
        let common = offers.into_iter().filter(is_supported).max_by_key(Self::strength);
        common.ok_or_else(|| ConfigError::NoCommonAuthentication.into())
    }

    /// The secret, to blank it where a server echoes it.
    pub(crate) fn secret(&self) -> Option<&Secret> {
        match &self.0 {
            Kind::Basic(secret) | Kind::Post(secret) => Some(secret),
            Kind::None | Kind::Assertion { .. } | Kind::Certificate { .. } | Kind::Custom(_) => {
                None
            }
        }
    }
}

/// Shows the style, never the secret.
impl fmt::Debug for ClientAuth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.method())
    }
}

/// What a custom client authentication adds to one request.
#[derive(Debug, Default)]
#[must_use]
pub struct Credentials {
    pub(crate) headers: Vec<(Cow<'static, str>, Secret)>,
    pub(crate) params: Vec<(Cow<'static, str>, Secret)>,
}

impl Credentials {
    /// Adds a header.
    pub fn with_header(
        mut self,
        name: impl Into<Cow<'static, str>>,
        value: impl Into<Secret>,
    ) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Adds a parameter to the body. One that the request already has is refused.
    pub fn with_param(
        mut self,
        name: impl Into<Cow<'static, str>>,
        value: impl Into<Secret>,
    ) -> Self {
        self.params.push((name.into(), value.into()));
        self
    }
}

/// The value of the Basic header, built once for each client.
pub(crate) fn basic_header(id: &str, secret: &Secret, quirks: &Quirks) -> Result<Secret, Error> {
    let mut pair = Zeroizing::new(String::with_capacity(
        id.len().saturating_add(secret.expose().len()).saturating_mul(3).saturating_add(1),
    ));
    match quirks.basic_encoding {
        BasicEncoding::Form => {
            encode_into(&mut pair, id, Space::Plus);
            pair.push(':');
            encode_into(&mut pair, secret.expose(), Space::Plus);
        }
        BasicEncoding::Raw if id.contains(':') => return Err(ConfigError::RawClientId.into()),
        BasicEncoding::Raw => {
            pair.push_str(id);
            pair.push(':');
            pair.push_str(secret.expose());
        }
    }
    let mut header = String::with_capacity(pair.len().saturating_mul(2).saturating_add(8));
    header.push_str("Basic ");
    STANDARD.encode_string(pair.as_bytes(), &mut header);
    Ok(header.into())
}
