//! From an issuer to its server: RFC 8414 and OpenID Connect Discovery.

use super::{Exchange, Failure, document};
use crate::{
    client::AuthorizationServer,
    error::Error,
    value::{Issuer, IssuerMatch, SecureUrl, UnixTime, split_host},
    wire::{Request, Response},
};
use alloc::format;

/// Asks an issuer for its metadata.
///
/// The well-known URLs are tried in order, the next one where a server answers 4xx; the document
/// must name exactly the issuer that was asked (RFC 8414 section 3.3). Signed metadata is not
/// read. Keep the result: [`AuthorizationServer`] goes to and from serde.
///
/// ```
/// # use grantflow::*;
/// let discover = Discover::new("https://as.example/tenant".parse()?);
/// let request = discover.request(UnixTime::from_secs(0))?;
/// assert_eq!(
///     request.url().as_str(),
///     "https://as.example/.well-known/oauth-authorization-server/tenant"
/// );
/// let json = [("Content-Type", "application/json")];
/// let document = r#"{"issuer":"https://as.example/tenant","token_endpoint":"https://as.example/t"}"#;
/// let response = Response::new(200, json, document);
/// let server = discover.receive(&response, UnixTime::from_secs(0))?;
/// assert_eq!(server.token_endpoint().as_str(), "https://as.example/t");
/// # Ok::<(), Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "nothing is discovered until it is sent"]
pub struct Discover {
    issuer: Issuer,
    issuer_match: IssuerMatch,
    /// The form of the URL to ask, and those to ask after it.
    form: Form,
    later: &'static [Form],
}

/// Where a document stands (RFC 8414 section 3.1, OpenID Connect Discovery section 4.1).
#[derive(Clone, Copy, Debug)]
enum Form {
    /// `oauth-authorization-server`, before the issuer's path.
    OAuth,
    /// `openid-configuration`, before the issuer's path.
    OpenIdInserted,
    /// `openid-configuration`, after the issuer's path.
    OpenId,
}

impl Discover {
    /// Asks by RFC 8414, then by OpenID Connect Discovery, for an issuer with a path in both of
    /// its forms.
    pub fn new(issuer: Issuer) -> Self {
        let (_, path) = split(&issuer);
        let later: &[Form] =
            if path.is_empty() { &[Form::OpenId] } else { &[Form::OpenIdInserted, Form::OpenId] };
        Self { issuer, issuer_match: IssuerMatch::Exact, form: Form::OAuth, later }
    }

    /// Asks by RFC 8414 alone.
    pub fn oauth2(issuer: Issuer) -> Self {
        Self { later: &[], ..Self::new(issuer) }
    }

    /// Asks by OpenID Connect Discovery alone.
    pub fn oidc(issuer: Issuer) -> Self {
        Self { form: Form::OpenId, later: &[], ..Self::new(issuer) }
    }

    /// Sets how the issuer that the document names is held against the one that was asked.
    pub fn issuer_match(mut self, how: IssuerMatch) -> Self {
        self.issuer_match = how;
        self
    }

    fn url(&self) -> Result<SecureUrl, Error> {
        let (host, path) = split(&self.issuer);
        SecureUrl::parse(&match self.form {
            Form::OAuth => format!("{host}/.well-known/oauth-authorization-server{path}"),
            Form::OpenIdInserted => format!("{host}/.well-known/openid-configuration{path}"),
            Form::OpenId => format!("{host}{path}/.well-known/openid-configuration"),
        })
    }
}

impl Exchange for Discover {
    type Output = AuthorizationServer;

    fn request(&self, _now: UnixTime) -> Result<Request, Error> {
        document::get(self.url()?)
    }

    /// # Errors
    /// [`Failure::Again`] with the next URL where the server answers 4xx, [`Failure::Later`] for
    /// 429 and 5xx, [`Failure::Over`] for a document that must not be used.
    fn receive(self, response: &Response, now: UnixTime) -> Result<Self::Output, Failure<Self>> {
        match document::body(response, now) {
            Ok(body) => AuthorizationServer::from_metadata(body, &self.issuer, &self.issuer_match)
                .map_err(Failure::over),
            Err(rejection) => {
                let next = self.later.split_first();
                let next = next.map(|(form, later)| Self { form: *form, later, ..self.clone() });
                Err(document::go_on(rejection, self, next))
            }
        }
    }
}

/// The issuer's scheme and host, and its path without a slash at the end.
fn split(issuer: &Issuer) -> (&str, &str) {
    split_host(issuer.as_str().trim_end_matches('/'))
}
