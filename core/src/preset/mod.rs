//! Providers as data: where they are, and what they do against the RFCs.
//!
//! A preset holds constants and nothing else: one file for each provider. It makes the
//! [`AuthorizationServer`], the [`Quirks`] and the [`ClientAuth`], or all three at once:
//!
//! ```
//! use grantflow::{Entropy, Flow, UnixTime, preset};
//!
//! let client = preset::GOOGLE
//!     .confidential("id.apps.googleusercontent.com", "secret")?
//!     .redirect_uri("https://client.example/cb".parse()?)
//!     .build()?;
//! let mut flow = Flow::new(&client).scope("openid email")?;
//! for (name, value) in preset::GOOGLE.offline_params {
//!     flow = flow.param(name, value)?;
//! }
//! # let (entropy, now) = (Entropy::from_bytes([0; 96]), UnixTime::from_secs(0));
//! let (url, _) = flow.redirect(entropy, now)?;
//! assert!(url.as_str().starts_with("https://accounts.google.com/o/oauth2/v2/auth?"));
//! assert!(url.as_str().contains("&access_type=offline&prompt=consent"));
//! # Ok::<(), grantflow::Error>(())
//! ```
//!
//! A provider whose URLs hold a name of the customer's is a [`Template`]: [`Template::at`] checks
//! the name and gives the preset.
//!
//! Providers change. A preset that has aged can be mended in place, for its fields are public and
//! so are those of the [`Quirks`] that it makes.

mod apple;
mod atlassian;
mod auth_style;
mod discord;
mod dropbox;
mod ebay;
mod facebook;
mod fitbit;
mod github;
mod google;
mod hubspot;
mod linkedin;
mod mailchimp;
mod microsoft;
mod notion;
mod reddit;
mod salesforce;
mod shopify;
mod slack;
mod spotify;
mod strava;
mod stripe;
mod template;
mod tiktok;
mod twitch;
mod x;
mod zoom;

use crate::{
    client::{AuthorizationServer, Client, ClientAuth, ClientBuilder, Quirks},
    error::{ConfigError, Error},
    value::{Issuer, IssuerMatch, Secret, SecureUrl},
    wire::Response,
};
use alloc::{borrow::Cow, boxed::Box, vec::Vec};

pub use apple::{APPLE, apple_client_secret};
pub use atlassian::ATLASSIAN;
pub use auth_style::AuthStyle;
pub use discord::DISCORD;
pub use dropbox::DROPBOX;
pub use ebay::EBAY;
pub use facebook::FACEBOOK;
pub use fitbit::{FITBIT, fitbit_errors};
pub use github::GITHUB;
pub use google::GOOGLE;
pub use hubspot::HUBSPOT;
pub use linkedin::LINKEDIN;
pub use mailchimp::MAILCHIMP;
pub use microsoft::MICROSOFT;
pub use notion::NOTION;
pub use reddit::REDDIT;
pub use salesforce::{SALESFORCE, SALESFORCE_MY_DOMAIN, SALESFORCE_SANDBOX};
pub use shopify::SHOPIFY;
pub use slack::{SLACK, SLACK_USER, slack_authed_user};
pub use spotify::SPOTIFY;
pub use strava::STRAVA;
pub use stripe::STRIPE;
pub use template::Template;
pub use tiktok::TIKTOK;
pub use twitch::TWITCH;
pub use x::X;
pub use zoom::ZOOM;

/// One provider: endpoints, the place of the client's secret, and deviations.
///
/// The URLs are unchecked text until [`server`](Self::server) parses them.
///
/// ```
/// use grantflow::preset::{AuthStyle, Preset};
///
/// const ACME: Preset = Preset::new("Acme", "https://acme.example/auth", "https://acme.example/token");
/// let mut acme = ACME;
/// acme.auth = AuthStyle::Post;
/// assert_eq!(acme.server()?.token_endpoint().as_str(), "https://acme.example/token");
/// # Ok::<(), grantflow::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Preset<'a> {
    /// The provider's name, for people.
    pub name: &'static str,
    /// The authorization endpoint, with the parameters that every request there needs.
    pub authorization_endpoint: &'static str,
    /// The token endpoint.
    pub token_endpoint: &'static str,
    /// The device authorization endpoint (RFC 8628).
    pub device_authorization_endpoint: Option<&'static str>,
    /// The revocation endpoint, if it keeps to RFC 7009.
    pub revocation_endpoint: Option<&'static str>,
    /// The userinfo endpoint of OpenID Connect.
    pub userinfo_endpoint: Option<&'static str>,
    /// The issuer, where the provider publishes one.
    pub issuer: Option<&'static str>,
    /// What the provider calls itself where that is not the issuer: see
    /// [`IssuerMatch::Template`].
    pub issuer_template: Option<&'static str>,
    /// Where the client's secret goes. By default into the Basic header.
    pub auth: AuthStyle,
    /// The parameters that bring a refresh token, for [`Flow::param`](crate::Flow::param).
    pub offline_params: &'static [(&'static str, &'static str)],
    /// The scope token that brings a refresh token.
    pub offline_scope: Option<&'static str>,
    /// Makes the deviations from the RFCs. None by default.
    pub quirks: fn() -> Quirks,
    /// What stands in the place of the URLs' placeholder.
    filling: Option<&'a str>,
}

impl Preset<'_> {
    /// A provider that keeps to the RFCs.
    ///
    /// ```
    /// # use grantflow::preset::Preset;
    /// const ACME: Preset = Preset::new("Acme", "https://acme.example/a", "https://acme.example/t");
    /// assert!(ACME.issuer.is_none());
    /// ```
    #[must_use]
    pub const fn new(
        name: &'static str,
        authorization_endpoint: &'static str,
        token_endpoint: &'static str,
    ) -> Self {
        Self {
            name,
            authorization_endpoint,
            token_endpoint,
            device_authorization_endpoint: None,
            revocation_endpoint: None,
            userinfo_endpoint: None,
            issuer: None,
            issuer_template: None,
            auth: AuthStyle::Basic,
            offline_params: &[],
            offline_scope: None,
            quirks: Quirks::default,
            filling: None,
        }
    }

    /// Begins a client without a secret: a native or single-page application.
    ///
    /// ```
    /// let client = grantflow::preset::SPOTIFY.public("id")?.build()?;
    /// assert_eq!(client.id(), "id");
    /// # Ok::<(), grantflow::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`server`](Self::server).
    pub fn public(&self, id: impl Into<Box<str>>) -> Result<ClientBuilder, Error> {
        Ok(Client::public(self.server()?, id).quirks(self.quirks()))
    }

    /// Begins a client that can keep a secret, and sends it where the provider wants it.
    ///
    /// ```
    /// let client = grantflow::preset::ZOOM.confidential("id", "secret")?.build()?;
    /// assert_eq!(client.id(), "id");
    /// # Ok::<(), grantflow::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`server`](Self::server).
    pub fn confidential(
        &self,
        id: impl Into<Box<str>>,
        secret: impl Into<Secret>,
    ) -> Result<ClientBuilder, Error> {
        let auth = self.client_auth(secret);
        Ok(Client::confidential(self.server()?, id, auth).quirks(self.quirks()))
    }

    /// The authorization server.
    ///
    /// ```
    /// let server = grantflow::preset::GOOGLE.server()?;
    /// assert_eq!(server.issuer().unwrap().as_str(), "https://accounts.google.com");
    /// # Ok::<(), grantflow::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ConfigError::Url`] or [`ConfigError::Missing`], for a preset of the application's own
    /// whose URLs are refused or hold a `{gap}`.
    pub fn server(&self) -> Result<AuthorizationServer, Error> {
        let mut server = AuthorizationServer::new(self.url("token endpoint", self.token_endpoint)?)
            .with_authorization_endpoint(
                self.url("authorization endpoint", self.authorization_endpoint)?,
            );
        if let Some(text) = self.device_authorization_endpoint {
            let url = self.url("device authorization endpoint", text)?;
            server = server.with_device_authorization_endpoint(url);
        }
        if let Some(text) = self.revocation_endpoint {
            server = server.with_revocation_endpoint(self.url("revocation endpoint", text)?);
        }
        if let Some(text) = self.userinfo_endpoint {
            server = server.with_userinfo_endpoint(self.url("userinfo endpoint", text)?);
        }
        if let Some(text) = self.issuer {
            server = server.with_issuer(Issuer::parse(&self.filled(text)?)?);
        }
        if let Some(text) = self.issuer_template {
            server = server.with_issuer_match(IssuerMatch::Template(text.into()));
        }
        Ok(server)
    }

    /// The deviations from the RFCs.
    ///
    /// ```
    /// let mut quirks = grantflow::preset::GITHUB.quirks();
    /// quirks.default_expires_in = Some(std::time::Duration::from_secs(28_800));
    /// ```
    #[must_use]
    pub fn quirks(&self) -> Quirks {
        (self.quirks)()
    }

    /// The client authentication that the provider wants.
    ///
    /// ```
    /// let auth = grantflow::preset::DROPBOX.client_auth("secret");
    /// assert_eq!(format!("{auth:?}"), "client_secret_basic");
    /// ```
    pub fn client_auth(&self, secret: impl Into<Secret>) -> ClientAuth {
        self.auth.client_auth(secret.into())
    }

    fn url(&self, what: &'static str, text: &'static str) -> Result<SecureUrl, Error> {
        SecureUrl::parse_as(what, &self.filled(text)?)
    }

    fn filled(&self, text: &'static str) -> Result<Cow<'static, str>, Error> {
        match (split_placeholder(text), self.filling) {
            (None, _) => Ok(text.into()),
            (Some([before, _, after]), Some(filling)) => {
                Ok([before, filling, after].concat().into())
            }
            (Some([_, name, _]), None) => Err(ConfigError::Missing(name).into()),
        }
    }
}

/// Splits a text at its placeholder: what stands before it, its name, what stands after it.
fn split_placeholder(text: &'static str) -> Option<[&'static str; 3]> {
    let (before, rest) = text.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    Some([before, name, after])
}

/// A reply with another body.
fn with_body(response: &Response, body: impl Into<Vec<u8>>) -> Response {
    Response::new(response.status(), response.headers(), body)
}
