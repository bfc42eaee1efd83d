//! A client that the server knows: where it may redirect, how it authenticates, what it may ask.

use super::certificate::PeerCertificate;
use super::grants;
use super::jwk::PublicJwk;

/// A client that the server knows (RFC 6749 section 2).
#[derive(Clone, Debug)]
pub struct RegisteredClient {
    /// The client identifier.
    pub client_id: String,
    /// The name that the consent page shows.
    pub client_name: String,
    /// Where authorization responses may go, as exact text.
    pub redirect_uris: Vec<String>,
    /// How the client proves who it is at the token endpoint.
    pub authentication: AuthenticationMethod,
    /// Whether it runs on a web server or on the user's device.
    pub application_type: ApplicationType,
    /// What it may send as `grant_type`. Public clients get tokens on behalf of users only, all
    /// the same.
    pub grant_types: Vec<String>,
    /// Whether its authorization requests must be pushed (RFC 9126 section 6).
    pub require_pushed_authorization_requests: bool,
    /// Whether its token requests must carry a proof (RFC 9449 section 5.2).
    pub dpop_bound_access_tokens: bool,
    /// Whether its token requests must come with a certificate, to which tokens are bound
    /// (RFC 8705 section 3.4).
    pub tls_client_certificate_bound_access_tokens: bool,
}

impl RegisteredClient {
    /// A web client with one redirect URI, named by its identifier.
    #[must_use]
    pub fn web(
        client_id: impl Into<String>,
        authentication: impl Into<AuthenticationMethod>,
        redirect_uri: impl Into<String>,
    ) -> Self {
        let client_id = client_id.into();
        Self {
            client_name: client_id.clone(),
            client_id,
            redirect_uris: vec![redirect_uri.into()],
            authentication: authentication.into(),
            application_type: ApplicationType::Web,
            grant_types: grants::names().map(ToOwned::to_owned).collect(),
            require_pushed_authorization_requests: false,
            dpop_bound_access_tokens: false,
            tls_client_certificate_bound_access_tokens: false,
        }
    }

    /// A public client on the user's device: the port of its loopback redirect URI is free.
    #[must_use]
    pub fn native(client_id: impl Into<String>, redirect_uri: impl Into<String>) -> Self {
        Self {
            application_type: ApplicationType::Native,
            ..Self::web(client_id, ClientAuthentication::None, redirect_uri)
        }
    }

    /// The same client under a name that people read.
    #[must_use]
    pub fn named(mut self, client_name: impl Into<String>) -> Self {
        self.client_name = client_name.into();
        self
    }

    /// The same client, whose authorization requests must be pushed.
    #[must_use]
    pub fn pushing(mut self) -> Self {
        self.require_pushed_authorization_requests = true;
        self
    }

    /// The same client, which gets no token that is not bound to a key.
    #[must_use]
    pub fn dpop_bound(mut self) -> Self {
        self.dpop_bound_access_tokens = true;
        self
    }

    /// The same client, which gets no token that is not bound to a certificate.
    #[must_use]
    pub fn certificate_bound(mut self) -> Self {
        self.tls_client_certificate_bound_access_tokens = true;
        self
    }

    pub(super) fn is_confidential(&self) -> bool {
        self.authentication != ClientAuthentication::None.into()
    }

    pub(super) fn may_use(&self, grant_type: &str) -> bool {
        self.grant_types.iter().any(|allowed| allowed == grant_type)
    }

    pub(super) fn may_redirect_to(&self, redirect_uri: &str) -> bool {
        self.redirect_uris.iter().any(|registered| {
            registered == redirect_uri
                || (self.application_type == ApplicationType::Native
                    && same_loopback(registered, redirect_uri))
        })
    }
}

/// How a client authenticates, with what it takes to check that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AuthenticationMethod {
    /// By what it sends as it is, or not at all.
    Plain(ClientAuthentication),
    /// `private_key_jwt`, with the key that verifies the assertions.
    PrivateKeyJwt(PublicJwk),
    /// `client_secret_jwt`: the secret is the key of HS256.
    SecretJwt(String),
    /// `self_signed_tls_client_auth`, with the one certificate that counts.
    SelfSignedTlsClientAuth(PeerCertificate),
    /// `tls_client_auth`, with the DNS name that the certificate has to be for
    /// (`tls_client_auth_san_dns`, RFC 8705 section 2.1.2).
    TlsClientAuth(String),
}

impl From<ClientAuthentication> for AuthenticationMethod {
    fn from(plain: ClientAuthentication) -> Self {
        Self::Plain(plain)
    }
}

impl AuthenticationMethod {
    /// Its name in metadata and registrations.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Plain(ClientAuthentication::None) => "none",
            Self::Plain(ClientAuthentication::SecretBasic(_)) => "client_secret_basic",
            Self::Plain(ClientAuthentication::SecretPost(_)) => "client_secret_post",
            Self::PrivateKeyJwt(_) => "private_key_jwt",
            Self::SecretJwt(_) => "client_secret_jwt",
            Self::SelfSignedTlsClientAuth(_) => "self_signed_tls_client_auth",
            Self::TlsClientAuth(_) => "tls_client_auth",
        }
    }

    pub(super) fn secret(&self) -> Option<&str> {
        use ClientAuthentication::{None as Nothing, SecretBasic, SecretPost};
        match self {
            Self::Plain(Nothing)
            | Self::PrivateKeyJwt(_)
            | Self::SelfSignedTlsClientAuth(_)
            | Self::TlsClientAuth(_) => None,
            Self::Plain(SecretBasic(secret) | SecretPost(secret)) | Self::SecretJwt(secret) => {
                Some(secret)
            }
        }
    }
}

/// How a client authenticates without signing (RFC 6749 section 2.3), with its secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClientAuthentication {
    /// A public client: `client_id` in the body.
    None,
    /// `client_secret_basic`
    SecretBasic(String),
    /// `client_secret_post`
    SecretPost(String),
}

/// Where a client runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApplicationType {
    /// On the user's own device (RFC 8252).
    Native,
    /// On a web server.
    Web,
}

/// RFC 8252 section 7.3: the port of a loopback redirect URI is the client's to choose.
fn same_loopback(registered: &str, given: &str) -> bool {
    ["http://127.0.0.1", "http://[::1]"].iter().any(|host| {
        let registered = registered.strip_prefix(host).and_then(after_port);
        registered.is_some() && registered == given.strip_prefix(host).and_then(after_port)
    })
}

fn after_port(rest: &str) -> Option<&str> {
    let path = match rest.strip_prefix(':') {
        Some(port) => {
            let end = port.find('/').unwrap_or(port.len());
            let (port, path) = port.split_at(end);
            let digits_only = port.bytes().all(|byte| byte.is_ascii_digit());
            (digits_only && port.parse::<u16>().is_ok()).then_some(path)?
        }
        None => rest,
    };
    (path.is_empty() || path.starts_with('/')).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_port_of_a_native_loopback_redirect_uri_is_free() {
        let native = RegisteredClient::native("app", "http://127.0.0.1/callback");
        for good in [
            "http://127.0.0.1/callback",
            "http://127.0.0.1:1/callback",
            "http://127.0.0.1:65535/callback",
        ] {
            assert!(native.may_redirect_to(good), "{good}");
        }
        for bad in [
            "http://127.0.0.1:65536/callback",
            "http://127.0.0.1:+80/callback",
            "http://127.0.0.1:80@evil.example/callback",
            "http://127.0.0.1.evil.example/callback",
            "http://127.0.0.1:80/callback/",
            "http://127.0.0.1:80/callback?x=1",
            "http://[::1]:80/callback",
            "http://localhost:80/callback",
            "https://127.0.0.1/callback",
        ] {
            assert!(!native.may_redirect_to(bad), "{bad}");
        }
    }

    #[test]
    fn a_web_client_gets_no_free_port() {
        let redirect_uri = "http://127.0.0.1:8000/callback";
        let web = RegisteredClient::web("app", ClientAuthentication::None, redirect_uri);
        assert!(web.may_redirect_to(redirect_uri));
        assert!(!web.may_redirect_to("http://127.0.0.1:8001/callback"));
    }
}
