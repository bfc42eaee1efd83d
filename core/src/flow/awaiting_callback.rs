//! While the browser is away.

use super::{Flow, ResponseMode};
use crate::{
    callback::Callback,
    error::{CallbackError, Error, ErrorCode, Said},
    exchange::blank,
    value::{
        CodeVerifier, RedirectUri, Resource, Scope, StepUps, Unguessable, UnixTime, is_vschar,
    },
};
use alloc::{string::String, sync::Arc, vec::Vec};

/// The second state: the browser is at the authorization server.
#[derive(Clone)]
pub struct AwaitingCallback {
    pub(super) state: Unguessable,
    /// None only where PKCE is switched off.
    pub(super) verifier: Option<CodeVerifier>,
    pub(super) nonce: Option<Unguessable>,
    pub(super) redirect_uri: RedirectUri,
    pub(super) scope: Scope,
    pub(super) resources: Vec<Resource>,
    pub(super) response_mode: ResponseMode,
    /// The thumbprint of the key that the flow is bound to.
    pub(super) key: Option<Arc<str>>,
    pub(super) started: UnixTime,
    pub(super) step_ups: StepUps,
}

impl Flow<AwaitingCallback> {
    /// Whether the callback belongs to this flow at all.
    pub(super) fn check_is_ours(&self, callback: &Callback) -> Result<(), CallbackError> {
        let awaiting = &self.state;
        if callback.is_form_post() != (awaiting.response_mode == ResponseMode::FormPost) {
            return Err(CallbackError::ResponseMode);
        }
        if let (Some(own), Some(path)) = (awaiting.redirect_uri.loopback_path(), callback.path()) {
            if own != path {
                return Err(CallbackError::Path);
            }
        }
        let state = callback.get("state").ok_or(CallbackError::StateMissing)?;
        if awaiting.state.matches(state) { Ok(()) } else { Err(CallbackError::StateMismatch) }
    }

    /// Whether the callback, which is ours, carries a code to go on with.
    pub(super) fn check_is_good(&self, callback: &Callback, now: UnixTime) -> Result<(), Error> {
        let lifetime = self.client.policy().pending_lifetime;
        let started = self.state.started;
        // A start that lies far ahead was not written by a clock.
        if now.saturating_since(started) > lifetime || started.saturating_since(now) > lifetime {
            return Err(CallbackError::Expired.into());
        }
        self.check_issuer(callback)?;
        if let Some(error) = callback.get("error") {
            return Err(self.refusal(callback, error).into());
        }
        let code = callback.get(self.client.code_param()).ok_or(CallbackError::CodeMissing)?;
        if is_vschar(code) { Ok(()) } else { Err(CallbackError::CodeInvalid.into()) }
    }

    /// RFC 9207 section 2.4.
    fn check_issuer(&self, callback: &Callback) -> Result<(), CallbackError> {
        let (server, policy) = (self.client.server(), self.client.policy());
        let Some(issuer) = &server.issuer else { return Ok(()) };
        match callback.get("iss") {
            Some(iss) if server.issuer_match.accepts(issuer, iss) => Ok(()),
            Some(_) => Err(CallbackError::IssuerMismatch),
            None if server.iss_required || policy.require_iss => {
                let error = callback.get("error").filter(|_| policy.expose_unverified_error);
                let unverified = error.map(|code| self.blanked(callback, code).as_str().into());
                Err(CallbackError::IssuerMissing { unverified })
            }
            None => Ok(()),
        }
    }

    /// What the server said.
    fn refusal(&self, callback: &Callback, error: &str) -> Said {
        let text = |name| callback.get(name).map(|text| self.blanked(callback, text).into());
        Said {
            code: ErrorCode::from(self.blanked(callback, error).as_str()),
            description: text("error_description"),
            uri: text("error_uri"),
            status: None,
            retry_after: None,
        }
    }

    /// A text of the callback, without the secrets that it should not have repeated.
    fn blanked(&self, callback: &Callback, text: &str) -> String {
        let [state, verifier, nonce] = self.state.secrets();
        let code = callback.get(self.client.code_param()).unwrap_or_default();
        blank(text.into(), &self.client, &[state, verifier, nonce, code])
    }
}

impl AwaitingCallback {
    /// What no error may repeat; empty where there is none.
    pub(super) fn secrets(&self) -> [&str; 3] {
        [
            self.state.expose(),
            self.verifier.as_ref().map_or("", CodeVerifier::expose),
            self.nonce.as_ref().map_or("", Unguessable::expose),
        ]
    }
}
