//! A call to a resource server (RFC 6750).

use super::{Exchange, Failure};
use crate::{
    client::Client,
    error::{Challenge, Challenged, ConfigError, Error},
    token::{TokenType, Tokens},
    value::{SecureUrl, UnixTime},
    wire::{Request, Response},
};
use alloc::{format, vec::Vec};

/// A request to a resource server that carries the access token;
/// [`Flow::call`](crate::Flow::call) makes it.
///
/// It owns all it needs, so many calls can be on their way at once. Every status but 401 and
/// 403 is the resource's own answer, delivered as it is. 401 and 403 give
/// [`Error::Challenged`].
#[derive(Clone, Debug)]
#[must_use = "a call does nothing until it is sent"]
pub struct Call {
    request: Request,
}

impl Call {
    /// Attaches the token, in the `Authorization` header and nowhere else (RFC 6750 section 2.1).
    pub(crate) fn new(
        client: &Client,
        tokens: &Tokens,
        mut request: Request,
    ) -> Result<Self, Error> {
        let origins = &client.config().resource_origins;
        let is_bound = origins.iter().any(|origin| origin.is_same_origin(request.url()));
        if !origins.is_empty() && !is_bound {
            return Err(ConfigError::Origin.into());
        }
        if request.header("authorization").is_some() {
            return Err(ConfigError::ReservedHeader.into());
        }
        let token = tokens.access_token.expose();
        if !token.bytes().all(is_credential) {
            return Err(ConfigError::Token.into());
        }
        let TokenType::Bearer = tokens.token_type;
        let header = format!("{} {token}", tokens.token_type.as_str());
        request.headers_mut().push("Authorization", header.into())?;
        Ok(Self { request })
    }
}

impl Exchange for Call {
    type Output = Response;

    fn request(&self, _now: UnixTime) -> Result<Request, Error> {
        Ok(self.request.clone())
    }

    /// # Errors
    /// [`Failure::Over`] with [`Error::Challenged`] for 401 and 403: whatever may help, be it a
    /// refresh, a wider scope or a new login, needs another token, so this call is finished.
    fn receive(self, response: &Response, _now: UnixTime) -> Result<Response, Failure<Self>> {
        match response.status() {
            status @ (401 | 403) => {
                let challenges = Challenge::parse(response.headers_named("www-authenticate"));
                let mut challenges: Vec<_> = challenges.unwrap_or_default();
                challenges.retain(is_usable);
                Err(Failure::over(Challenged::new(status, challenges)))
            }
            _ => Ok(response.clone()),
        }
    }
}

/// What a token in the header may hold. RFC 6750 section 2.1 says b64token; this is the rest of
/// NQCHAR too, since real tokens hold `!` (Salesforce) and none of it can break a header.
fn is_credential(byte: u8) -> bool {
    matches!(byte, b'!' | b'#'..=b'[' | b']'..=b'~')
}

/// A challenge whose URL is no [`SecureUrl`] would lead the client astray (RFC 9728 section 7.7).
fn is_usable(challenge: &Challenge) -> bool {
    let url = challenge.param("resource_metadata");
    url.is_none_or(|url| SecureUrl::parse(url.as_str()).is_ok())
}
