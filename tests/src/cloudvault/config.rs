//! What a server is told before it starts: its issuer, its clients, its users, its lifetimes.

use std::time::Duration;

use super::client::RegisteredClient;
use super::clock::Clock;
use super::gate;
use super::jwk::PublicJwk;
use super::user::User;

/// How a [`CloudVault`](super::CloudVault) is set up. Change the fields before the server starts.
#[derive(Clone, Debug)]
pub struct Config {
    /// The issuer identifier (RFC 8414 section 2): the base URL, without a trailing slash. It may
    /// have a path.
    pub issuer: String,
    /// The one place where the metadata is.
    pub well_known: WellKnown,
    /// The registered clients.
    pub clients: Vec<RegisteredClient>,
    /// What the registration endpoint wants as a bearer token (RFC 7591 section 3), if anything.
    pub initial_access_token: Option<String>,
    /// Who can sign in.
    pub users: Vec<User>,
    /// Resources for which tokens are issued (RFC 8707) besides this server's own.
    pub resources: Vec<String>,
    /// Who certifies clients (RFC 8705 section 2.1): certificates in DER.
    pub client_authorities: Vec<Vec<u8>>,
    /// Scheme and authority at which clients are asked for a certificate (RFC 8705 section 5), if
    /// not those of the issuer. The paths are the same.
    pub mtls_origin: Option<String>,
    /// Whose assertions are authorization grants (RFC 7523 section 2.1).
    pub trusted_issuers: Vec<TrustedIssuer>,
    /// How long an authorization code can be redeemed. Whole seconds.
    pub code_lifetime: Duration,
    /// How long a device code can be redeemed (RFC 8628). Whole seconds.
    pub device_code_lifetime: Duration,
    /// What a device waits between two polls (RFC 8628). Whole seconds.
    pub device_poll_interval: Duration,
    /// How long an access token is valid. Whole seconds.
    pub access_token_lifetime: Duration,
    /// How long a refresh token is valid. Whole seconds.
    pub refresh_token_lifetime: Duration,
    /// Whether each refresh replaces the refresh token (RFC 9700 section 4.14.2).
    pub rotate_refresh_tokens: bool,
    /// Whether no client may put its authorization request in the URL (RFC 9126 section 5).
    pub require_pushed_authorization_requests: bool,
    /// Whether proofs at the token and PAR endpoints need a nonce (RFC 9449 section 8).
    pub dpop_nonce_at_authorization_server: bool,
    /// Whether proofs at the resource API need a nonce (RFC 9449 section 9).
    pub dpop_nonce_at_resource_server: bool,
    /// How long a nonce is the newest. It is good for as long again. Whole seconds.
    pub dpop_nonce_lifetime: Duration,
    /// Whether users grant the first album of an `authorization_details` object only (RFC 9396).
    pub narrow_authorization_details: bool,
    /// Whether 401 challenges say where the resource's metadata is (RFC 9728 section 5.1).
    pub resource_metadata_in_challenges: bool,
    /// How long after a sign-in `/vaulted` opens (RFC 9470). Whole seconds.
    pub vaulted_max_age: Duration,
    /// What time it is.
    pub clock: Clock,
}

/// Where a client finds the metadata. The first is RFC 8414's own. For an issuer without a path
/// the other two are the same URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WellKnown {
    /// `/.well-known/oauth-authorization-server` before the issuer's path.
    OauthAuthorizationServer,
    /// `/.well-known/openid-configuration` before the issuer's path.
    OpenidConfiguration,
    /// `/.well-known/openid-configuration` after the issuer's path.
    OpenidConfigurationAppended,
}

/// Who may vouch for users.
#[derive(Clone, Debug)]
pub struct TrustedIssuer {
    /// The `iss` of its assertions.
    pub issuer: String,
    /// The key that signs them.
    pub key: PublicJwk,
}

impl Config {
    /// The defaults: user `alice` with the password `wonderland`, no client, codes for one minute,
    /// access tokens for five, refresh tokens for 30 days and rotated, the real clock. Everything
    /// that a server may demand on top is off.
    #[must_use]
    pub fn new(issuer: impl Into<String>) -> Self {
        Self {
            issuer: issuer.into(),
            well_known: WellKnown::OauthAuthorizationServer,
            clients: Vec::new(),
            initial_access_token: None,
            users: vec![User::alice()],
            resources: Vec::new(),
            client_authorities: Vec::new(),
            mtls_origin: None,
            trusted_issuers: Vec::new(),
            code_lifetime: Duration::from_secs(60),
            device_code_lifetime: Duration::from_secs(600),
            device_poll_interval: Duration::from_secs(5),
            access_token_lifetime: Duration::from_secs(300),
            refresh_token_lifetime: Duration::from_secs(30 * 24 * 3600),
            rotate_refresh_tokens: true,
            require_pushed_authorization_requests: false,
            dpop_nonce_at_authorization_server: false,
            dpop_nonce_at_resource_server: false,
            dpop_nonce_lifetime: Duration::from_secs(60),
            narrow_authorization_details: false,
            resource_metadata_in_challenges: false,
            vaulted_max_age: Duration::from_secs(300),
            clock: Clock::real(),
        }
    }

    /// Registers a client.
    #[must_use]
    pub fn client(mut self, client: RegisteredClient) -> Self {
        self.clients.push(client);
        self
    }

    pub(super) fn find_user(&self, subject: &str) -> Option<&User> {
        self.users.iter().find(|user| user.subject == subject)
    }

    /// Scheme and authority of the issuer, and its path, which is empty or starts with a slash.
    pub(super) fn origin_and_path(&self) -> (&str, &str) {
        let authority = self.issuer.find("://").map_or(0, |end| end + 3);
        let path = self.issuer[authority..].find('/').map(|slash| authority + slash);
        self.issuer.split_at(path.unwrap_or(self.issuer.len()))
    }

    /// Whether tokens can be meant for that resource.
    pub(super) fn is_resource(&self, uri: &str) -> bool {
        match uri.strip_prefix(&self.issuer) {
            Some("") => true,
            Some(path) if gate::PROTECTED.contains(&path) => true,
            _ => self.resources.iter().any(|resource| resource == uri),
        }
    }
}
