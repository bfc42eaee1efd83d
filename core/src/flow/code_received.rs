//! The browser is back with a code.

use super::{Authorized, AwaitingCallback, Flow};
use crate::{
    callback::Callback,
    error::Error,
    exchange::{Asked, Attempt, Exchange, Failure, Rejection, Reply, read_tokens, token_request},
    value::{CodeVerifier, UnixTime},
    wire::{Form, Request, Response},
};

/// The third state: `state` and `iss` are verified, the code is at hand, once.
pub struct CodeReceived {
    awaited: AwaitingCallback,
    callback: Callback,
    attempt: Attempt,
}

impl Flow<AwaitingCallback> {
    /// Takes the callback in.
    ///
    /// First `state` is compared, then `iss`; only then is `error` or `code` looked at
    /// (RFC 6749 section 4.1.2, RFC 9207 section 2.4).
    ///
    /// # Errors
    /// [`Failure::Later`] gives the flow back: the callback is not this flow's, so a stray or
    /// forged hit does not end the login. [`Failure::Over`] ends it: the server or the user said
    /// no ([`Error::Refused`]), the callback came too late, or it came from another issuer.
    pub fn receive(
        self,
        callback: Callback,
        now: UnixTime,
    ) -> Result<Flow<CodeReceived>, Failure<Self>> {
        if let Err(error) = self.check_is_ours(&callback) {
            return Err(Failure::later(self, error));
        }
        match self.check_is_good(&callback, now) {
            Ok(()) => {
                let Self { client, state } = self;
                Ok(Flow {
                    client,
                    state: CodeReceived { awaited: state, callback, attempt: Attempt::default() },
                })
            }
            Err(error) => Err(Failure::Over(error)),
        }
    }
}

impl Flow<CodeReceived> {
    /// The callback's parameters that are not the protocol's own, in order: `realmId`, `shop`,
    /// `hmac`. They came by the browser; what they say is not verified.
    pub fn extra(&self) -> impl Iterator<Item = (&str, &str)> {
        self.state.callback.extra(self.client.code_param())
    }

    /// `iss` as the callback had it. It is verified if the client's server has an issuer, and
    /// mere data if it has none.
    #[must_use]
    pub fn iss(&self) -> Option<&str> {
        self.state.callback.get("iss")
    }

    fn code(&self) -> &str {
        self.state.callback.get(self.client.code_param()).unwrap_or_default()
    }

    fn verifier(&self) -> Option<&str> {
        self.state.awaited.verifier.as_ref().map(CodeVerifier::expose)
    }
}

/// Exchanges the code for tokens (RFC 6749 section 4.1.3).
impl Exchange for Flow<CodeReceived> {
    type Output = Flow<Authorized>;

    fn request(&self, now: UnixTime) -> Result<Request, Error> {
        let mut form = Form::new(&[
            ("grant_type", "authorization_code"),
            ("code", self.code()),
            ("redirect_uri", self.state.awaited.redirect_uri.as_str()),
        ]);
        if let Some(verifier) = self.verifier() {
            form.push("code_verifier", verifier);
        }
        let resources = &self.state.awaited.resources;
        token_request(&self.client, form, resources, &self.state.attempt, now)
    }

    /// # Errors
    /// [`Failure::Later`] for 429 and 5xx: the server need not have taken the code, and refuses it
    /// if it has. [`Failure::Over`] for anything else: a code is used once.
    fn receive(
        self,
        response: &Response,
        now: UnixTime,
    ) -> Result<Flow<Authorized>, Failure<Self>> {
        let awaited = &self.state.awaited;
        let [state, verifier, nonce] = awaited.secrets();
        let response = self.client.rewrite(response);
        let reply = Reply {
            client: &self.client,
            response: &response,
            now,
            secrets: &[self.code(), state, verifier, nonce],
        };
        let asked = Asked {
            requested: &awaited.scope,
            resources: &awaited.resources,
            implied: &awaited.scope,
            consented: None,
            refresh_token: None,
        };
        match read_tokens(&reply, &asked) {
            Ok(tokens) => {
                let Self { client, state } = self;
                let AwaitingCallback { nonce, step_ups, .. } = state.awaited;
                Ok(Flow { client, state: Authorized { tokens, nonce, step_ups } })
            }
            Err(rejection) => {
                Err(rejection.again_or(Rejection::into_failure, self, &response, |flow| {
                    &mut flow.state.attempt
                }))
            }
        }
    }
}
