//! What a server is told before it starts: its issuer, its clients, its users, its lifetimes.

use std::time::Duration;

use super::clock::Clock;
use super::user::User;

/// How a [`CloudVault`](super::CloudVault) is set up. Change the fields before the server starts.
#[derive(Clone, Debug)]
pub struct Config {
    /// The issuer identifier (RFC 8414 section 2): the base URL, without a trailing slash.
    pub issuer: String,
    /// The registered clients.
    pub clients: Vec<RegisteredClient>,
    /// Who can sign in.
    pub users: Vec<User>,
    /// How long an authorization code can be redeemed. Whole seconds.
    pub code_lifetime: Duration,
    /// How long an access token is valid. Whole seconds.
    pub access_token_lifetime: Duration,
    /// How long a refresh token is valid. Whole seconds.
    pub refresh_token_lifetime: Duration,
    /// Whether each refresh replaces the refresh token (RFC 9700 section 4.14.2).
    pub rotate_refresh_tokens: bool,
    /// What time it is.
    pub clock: Clock,
}

impl Config {
    /// The defaults: user `alice` with the password `wonderland`, no client, codes for one minute,
    /// access tokens for five, refresh tokens for 30 days and rotated, the real clock.
    #[must_use]
    pub fn new(issuer: impl Into<String>) -> Self {
        Self {
            issuer: issuer.into(),
            clients: Vec::new(),
            users: vec![User::alice()],
            code_lifetime: Duration::from_secs(60),
            access_token_lifetime: Duration::from_secs(300),
            refresh_token_lifetime: Duration::from_secs(30 * 24 * 3600),
            rotate_refresh_tokens: true,
            clock: Clock::real(),
        }
    }

    /// Registers a client.
    #[must_use]
    pub fn client(mut self, client: RegisteredClient) -> Self {
        self.clients.push(client);
        self
    }

    pub(super) fn find_client(&self, client_id: &str) -> Option<&RegisteredClient> {
        self.clients.iter().find(|client| client.client_id == client_id)
    }

    pub(super) fn find_user(&self, subject: &str) -> Option<&User> {
        self.users.iter().find(|user| user.subject == subject)
    }
}

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
    pub authentication: ClientAuthentication,
    /// Whether it runs on a web server or on the user's device.
    pub application_type: ApplicationType,
}

impl RegisteredClient {
    /// A web client with one redirect URI, named by its identifier.
    #[must_use]
    pub fn web(
        client_id: impl Into<String>,
        authentication: ClientAuthentication,
        redirect_uri: impl Into<String>,
    ) -> Self {
        let client_id = client_id.into();
        Self {
            client_name: client_id.clone(),
            client_id,
            redirect_uris: vec![redirect_uri.into()],
            authentication,
            application_type: ApplicationType::Web,
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

    pub(super) fn may_redirect_to(&self, redirect_uri: &str) -> bool {
        self.redirect_uris.iter().any(|registered| {
            registered == redirect_uri
                || (self.application_type == ApplicationType::Native
                    && same_loopback(registered, redirect_uri))
        })
    }
}

/// How a client authenticates (RFC 6749 section 2.3), with its secret.
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
