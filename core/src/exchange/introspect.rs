//! Asking whether a token is good (RFC 7662).

use super::{Exchange, Failure, Rejection, Reply, client_request, whole_number};
use crate::{
    client::Client,
    error::{ConfigError, Error, ProtocolError},
    value::{Secret, SecureUrl, UnixTime},
    wire::{Form, Request, Response, json::Value},
};
use core::fmt;
use serde::de::DeserializeOwned;

const MEMBERS: [&str; 6] = ["error", "error_description", "error_uri", "active", "exp", "scope"];

impl Client {
    /// Begins to ask whether a token is good: for resource servers, which authenticate as a
    /// client of their own.
    ///
    /// # Errors
    /// [`ConfigError::Missing`] if the server has no introspection endpoint,
    /// [`ConfigError::PublicClient`] for a client that has nothing to authenticate with.
    pub fn introspect(&self, token: impl Into<Secret>) -> Result<Introspect, Error> {
        if self.config().auth.is_none() {
            return Err(ConfigError::PublicClient.into());
        }
        let endpoint = self.server().introspection_endpoint();
        let endpoint = endpoint.ok_or(ConfigError::Missing("introspection endpoint"))?.clone();
        Ok(Introspect { client: self.clone(), endpoint, token: token.into() })
    }
}

/// A question about a token; [`Client::introspect`] makes it.
#[derive(Clone)]
#[must_use = "nothing is asked until it is sent"]
pub struct Introspect {
    client: Client,
    endpoint: SecureUrl,
    token: Secret,
}

/// What the server says about a token (RFC 7662 section 2.2).
#[derive(Clone, Debug)]
pub enum Introspection {
    /// The token is good, now. Do not keep the answer beyond its end.
    Active(ActiveToken),
    /// It is not, and nothing more is known of it.
    Inactive,
}

/// A good token's claims.
#[derive(Clone, Debug)]
pub struct ActiveToken {
    expires_at: Option<UnixTime>,
    response: Response,
}

impl ActiveToken {
    /// When the token ends, if the server says.
    #[must_use]
    pub fn expires_at(&self) -> Option<UnixTime> {
        self.expires_at
    }

    /// Reads all claims into the caller's own type: `sub`, `scope`, `client_id`, `aud`.
    ///
    /// # Errors
    /// What `serde_json` says.
    pub fn claims<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        self.response.json()
    }
}

impl Exchange for Introspect {
    type Output = Introspection;

    fn request(&self, now: UnixTime) -> Result<Request, Error> {
        let form = Form::new(&[("token", self.token.expose())]);
        client_request(&self.client, &self.endpoint, form, now)
    }

    /// # Errors
    /// [`Failure::Later`] for 429 and 5xx, [`Failure::Over`] for anything else. A token that is
    /// not good is no error.
    fn receive(self, response: &Response, now: UnixTime) -> Result<Introspection, Failure<Self>> {
        self.read(response, now).map_err(|rejection| rejection.into_failure(self))
    }
}

impl Introspect {
    fn read(&self, response: &Response, now: UnixTime) -> Result<Introspection, Rejection> {
        let response = self.client.rewrite(response);
        let reply = Reply {
            client: &self.client,
            response: &response,
            now,
            secrets: &[self.token.expose()],
        };
        let members = reply.fields(|status| status == 200, &MEMBERS)?;
        let reject = |error: ProtocolError| reply.reject(error);
        match members.get("active") {
            Some(Value::Bool(false)) => Ok(Introspection::Inactive),
            Some(Value::Bool(true)) => {
                let end = whole_number("exp", members.get("exp")).map_err(reject)?;
                let expires_at = end.map(UnixTime::from_secs);
                Ok(Introspection::Active(ActiveToken { expires_at, response: response.clone() }))
            }
            None => Err(reject(ProtocolError::Missing("active"))),
            Some(_) => Err(reject(ProtocolError::Invalid("active"))),
        }
    }
}

impl fmt::Debug for Introspect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Introspect")
    }
}
