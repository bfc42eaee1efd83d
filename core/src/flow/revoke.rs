//! Giving a grant back (RFC 7009).

use super::{Authorized, Flow};
use crate::{
    error::{ConfigError, Error},
    exchange::{Exchange, Failure, Reply, client_request},
    value::{Secret, SecureUrl, UnixTime},
    wire::{Form, Request, Response},
};
use core::fmt;

impl Flow<Authorized> {
    /// Begins to give the grant back: the refresh token, whose end is the access token's too, or
    /// the access token where there is no refresh token.
    ///
    /// # Errors
    /// [`ConfigError::Missing`] if the server has no revocation endpoint; the flow comes back.
    pub fn revoke(self) -> Result<Revoke, Failure<Self>> {
        match self.client.server().revocation_endpoint().cloned() {
            Some(endpoint) => Ok(Revoke { flow: self, endpoint }),
            None => Err(Failure::later(self, ConfigError::Missing("revocation endpoint"))),
        }
    }
}

/// A revocation on its way; [`Flow::revoke`] makes it. It took the flow: a token that is given
/// back is not used again.
#[must_use = "nothing is revoked until it is sent"]
pub struct Revoke {
    flow: Flow<Authorized>,
    endpoint: SecureUrl,
}

impl Revoke {
    /// The token and its kind (RFC 7009 section 2.1).
    fn token(&self) -> (&Secret, &'static str) {
        let tokens = self.flow.tokens();
        match &tokens.refresh_token {
            Some(token) => (token, "refresh_token"),
            None => (&tokens.access_token, "access_token"),
        }
    }
}

impl Exchange for Revoke {
    type Output = ();

    fn request(&self, now: UnixTime) -> Result<Request, Error> {
        let (token, hint) = self.token();
        let form = Form::new(&[("token", token.expose()), ("token_type_hint", hint)]);
        client_request(self.flow.client(), &self.endpoint, form, now)
    }

    /// Any 200 is done, whatever its body (RFC 7009 section 2.2).
    ///
    /// # Errors
    /// [`Failure::Later`] for 429 and 5xx: the token still lives. [`Failure::Over`] for anything
    /// else.
    fn receive(self, response: &Response, now: UnixTime) -> Result<(), Failure<Self>> {
        if response.status() == 200 {
            return Ok(());
        }
        let client = self.flow.client();
        let secrets = [self.token().0.expose(), self.flow.tokens().access_token.expose()];
        let response = &client.rewrite(response);
        let reply = Reply { client, response, now, secrets: &secrets };
        match reply.success(|_| false, &[]) {
            Ok([]) => Ok(()),
            Err(rejection) => Err(rejection.into_failure(self)),
        }
    }
}

impl fmt::Debug for Revoke {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Revoke")
    }
}
