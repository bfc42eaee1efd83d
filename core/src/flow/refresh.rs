//! New tokens for old ones (RFC 6749 section 6).

use super::{Authorized, Flow};
use crate::{
    error::{ConfigError, Error},
    exchange::{Asked, Attempt, Exchange, Failure, Rejection, Reply, read_tokens, token_request},
    value::{Scope, Secret, UnixTime},
    wire::{Form, Request, Response},
};
use core::fmt;

impl Flow<Authorized> {
    /// Begins a refresh (RFC 6749 section 6).
    ///
    /// It takes the flow, so that no two refreshes of one token are on their way at once; the
    /// server may take the second for theft. Processes that share tokens need a lock of their own.
    ///
    /// # Errors
    /// [`ConfigError::NoRefreshToken`]; the flow comes back.
    pub fn refresh(self) -> Result<Refresh, Failure<Self>> {
        Refresh::new(self)
    }
}

/// A refresh on its way; [`Flow::refresh`] makes it.
///
/// If the server gives a new refresh token, it takes the old one's place; if it gives none, the
/// old one is kept. The user's consent stays what it was.
#[must_use = "a refresh does nothing until it is sent"]
pub struct Refresh {
    flow: Flow<Authorized>,
    refresh_token: Secret,
    scope: Option<Scope>,
    attempt: Attempt,
}

impl Refresh {
    pub(super) fn new(flow: Flow<Authorized>) -> Result<Self, Failure<Flow<Authorized>>> {
        match flow.tokens().refresh_token.clone() {
            Some(refresh_token) => {
                Ok(Self { flow, refresh_token, scope: None, attempt: Attempt::default() })
            }
            None => Err(Failure::later(flow, ConfigError::NoRefreshToken)),
        }
    }

    /// Asks for a narrower access token; an empty scope asks for all that was granted. The next
    /// refresh may ask for the whole scope again.
    ///
    /// # Errors
    /// [`ConfigError::Scope`] for a character that no scope has, and
    /// [`ConfigError::ScopeNotGranted`] for a scope that the user did not grant; the refresh
    /// comes back. If what was granted is not known, the server decides.
    pub fn scope(mut self, scope: &str) -> Result<Self, Failure<Self>> {
        let scope = match Scope::parse(scope) {
            Ok(scope) => scope,
            Err(error) => return Err(Failure::later(self, error)),
        };
        let consented = &self.flow.tokens().scopes.consented;
        if !consented.is_empty() && scope.without(consented).next().is_some() {
            return Err(Failure::later(self, ConfigError::ScopeNotGranted));
        }
        self.scope = Some(scope).filter(|scope| !scope.is_empty());
        Ok(self)
    }

    /// Gives the refresh up, and the flow with its present tokens back.
    pub fn into_flow(self) -> Flow<Authorized> {
        self.flow
    }
}

impl Exchange for Refresh {
    type Output = Flow<Authorized>;

    fn request(&self, now: UnixTime) -> Result<Request, Error> {
        let client = self.flow.client();
        let mut form = Form::new(&[
            ("grant_type", "refresh_token"),
            ("refresh_token", self.refresh_token.expose()),
        ]);
        if let Some(scope) = &self.scope {
            form.push_scope(scope, client.config().quirks.separator());
        }
        token_request(client, form, self.flow.tokens().resources(), &self.attempt, now)
    }

    /// # Errors
    /// [`Failure::Over`] only for `invalid_grant`: the user must sign in again. Whatever else
    /// goes wrong gives the refresh back, and by [`into_flow`](Self::into_flow) the flow.
    fn receive(
        self,
        response: &Response,
        now: UnixTime,
    ) -> Result<Flow<Authorized>, Failure<Self>> {
        let Flow { client, state } = &self.flow;
        let scopes = &state.tokens.scopes;
        let response = client.rewrite(response);
        let reply = Reply {
            client,
            response: &response,
            now,
            secrets: &[self.refresh_token.expose(), state.tokens.access_token.expose()],
        };
        let asked = Asked {
            requested: &scopes.requested,
            resources: &state.tokens.resources,
            implied: self.scope.as_ref().unwrap_or(&scopes.consented),
            consented: Some(&scopes.consented),
            refresh_token: Some(&self.refresh_token),
        };
        match read_tokens(&reply, &asked) {
            Ok(tokens) => {
                let Flow { client, state } = self.flow;
                Ok(Flow { client, state: Authorized { tokens, ..state } })
            }
            Err(rejection) if rejection.error.must_reauthorize() => {
                Err(Failure::Over(rejection.error))
            }
            Err(rejection) => {
                Err(rejection.again_or(Rejection::into_later, self, &response, |refresh| {
                    &mut refresh.attempt
                }))
            }
        }
    }
}

impl fmt::Debug for Refresh {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Refresh")
    }
}
