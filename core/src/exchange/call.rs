//! A call to a resource server (RFC 6750).

use super::{Attempt, Exchange, Failure};
use crate::{
    client::Client,
    error::{Challenge, Challenged, ConfigError, Error, ErrorCode},
    token::{TokenType, Tokens},
    value::{Resource, Secret, SecureUrl, UnixTime},
    wire::{Request, Response},
};
use alloc::{boxed::Box, format};
use core::{fmt, time::Duration};

/// A request to a resource server that carries the access token;
/// [`Flow::call`](crate::Flow::call) makes it.
///
/// It owns all it needs, so many calls can be on their way at once. Every status but 401 and
/// 403 is the resource's own answer, delivered as it is. 401 and 403 give
/// [`Error::Challenged`].
#[derive(Clone)]
#[must_use = "a call does nothing until it is sent"]
pub struct Call {
    request: Request,
    token: Secret,
    /// What a token that is bound to the client's key is proved with (RFC 9449 section 7).
    bound: Option<Bound>,
}

#[derive(Clone)]
struct Bound {
    client: Client,
    attempt: Attempt,
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
        let is_named = |resource: &Resource| {
            let url = SecureUrl::parse(resource.as_str());
            url.is_ok_and(|url| url.is_same_origin(request.url()))
        };
        let must_be_named = client.policy().require_resource;
        if (!origins.is_empty() && !is_bound)
            || (must_be_named && !tokens.resources.iter().any(is_named))
        {
            return Err(ConfigError::Origin.into());
        }
        if request.header("authorization").is_some() || request.header("dpop").is_some() {
            return Err(ConfigError::ReservedHeader.into());
        }
        let token = tokens.access_token.expose();
        if !token.bytes().all(is_credential) {
            return Err(ConfigError::Token.into());
        }
        let header = format!("{} {token}", tokens.token_type.as_str());
        request.headers_mut().push("Authorization", header.into())?;
        let bound = (tokens.token_type == TokenType::DPoP)
            .then(|| Bound { client: client.clone(), attempt: Attempt::default() });
        Ok(Self { request, token: tokens.access_token.clone(), bound })
    }
}

impl Exchange for Call {
    type Output = Response;

    fn request(&self, now: UnixTime) -> Result<Request, Error> {
        let mut request = self.request.clone();
        if let Some(Bound { client, attempt }) = &self.bound {
            let binding = client.binding().ok_or(ConfigError::Key)?;
            let (method, url) = (request.method(), request.url());
            let proof = binding.proof(method, url, Some(&self.token), attempt.demanded(), now)?;
            request.headers_mut().push("DPoP", proof)?;
        }
        Ok(request)
    }

    /// # Errors
    /// [`Failure::Over`] with [`Error::Challenged`] for 401 and 403: whatever may help, be it a
    /// refresh, a wider scope or a new login, needs another token, so this call is finished.
    /// [`Failure::Again`] once, where the server demands its nonce.
    fn receive(mut self, response: &Response, _now: UnixTime) -> Result<Response, Failure<Self>> {
        if let Some(binding) = self.bound.as_ref().and_then(|bound| bound.client.binding()) {
            binding.learn_from(self.request.url(), response);
        }
        let Some(mut challenged) = Challenged::from_response(response) else {
            return Ok(response.clone());
        };
        challenged.blank(self.token.expose());
        let dpop = challenged.of("dpop").and_then(Challenge::error);
        let demands_nonce = challenged.status() == 401 && dpop == Some(ErrorCode::UseDpopNonce);
        let bound = self.bound.as_mut().filter(|_| demands_nonce);
        if bound.is_some_and(|bound| bound.attempt.take_up(response)) {
            let (wait, error) = (Duration::ZERO, challenged.into());
            return Err(Failure::Again { state: Box::new(self), wait, error });
        }
        Err(Failure::over(challenged))
    }
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Call").field(&self.request).finish()
    }
}

/// What a token in the header may hold. RFC 6750 section 2.1 says b64token; this is the rest of
/// NQCHAR too, since real tokens hold `!` (Salesforce) and none of it can break a header.
fn is_credential(byte: u8) -> bool {
    matches!(byte, b'!' | b'#'..=b'[' | b']'..=b'~')
}
