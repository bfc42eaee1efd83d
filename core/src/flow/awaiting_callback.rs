//! While the browser is away.

use super::{CodeReceived, Flow, ResponseMode};
use crate::{
    callback::Callback,
    client::Client,
    error::{CallbackError, Error, ErrorCode, Said},
    exchange::{Failure, blank},
    value::{CodeVerifier, RedirectUri, Scope, Unguessable, UnixTime, is_vschar},
};

/// The second state: the browser is at the authorization server.
#[derive(Clone)]
pub struct AwaitingCallback {
    pub(super) state: Unguessable,
    /// None only where PKCE is switched off.
    pub(super) verifier: Option<CodeVerifier>,
    pub(super) nonce: Option<Unguessable>,
    pub(super) redirect_uri: RedirectUri,
    pub(super) scope: Scope,
    pub(super) response_mode: ResponseMode,
    pub(super) started: UnixTime,
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
                Ok(Flow { client, state: CodeReceived::new(state, callback) })
            }
            Err(error) => Err(Failure::Over(error)),
        }
    }

    /// Whether the callback belongs to this flow at all.
    fn check_is_ours(&self, callback: &Callback) -> Result<(), CallbackError> {
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
    fn check_is_good(&self, callback: &Callback, now: UnixTime) -> Result<(), Error> {
        let lifetime = self.client.policy().pending_lifetime;
        if now.saturating_since(self.state.started) > lifetime {
            return Err(CallbackError::Expired.into());
        }
        check_issuer(&self.client, callback)?;
        let code = callback.get(code_param(&self.client));
        if let Some(error) = callback.get("error") {
            return Err(self.refusal(callback, error, code).into());
        }
        let code = code.ok_or(CallbackError::CodeMissing)?;
        if is_vschar(code) { Ok(()) } else { Err(CallbackError::CodeInvalid.into()) }
    }

    /// What the server said, with what it should not have repeated blanked.
    fn refusal(&self, callback: &Callback, error: &str, code: Option<&str>) -> Said {
        let awaiting = &self.state;
        let secret = self.client.config().auth.secret();
        let secrets = [
            awaiting.state.expose(),
            awaiting.verifier.as_ref().map_or("", CodeVerifier::expose),
            code.unwrap_or_default(),
            secret.map_or("", |secret| secret.expose()),
        ];
        let text = |text: &str| blank(text.into(), &secrets);
        Said {
            code: ErrorCode::from(text(error).as_str()),
            description: callback.get("error_description").map(|said| text(said).into()),
            uri: callback.get("error_uri").map(|said| text(said).into()),
            status: None,
            retry_after: None,
        }
    }
}

/// The parameter that carries the code.
pub(super) fn code_param(client: &Client) -> &'static str {
    client.config().quirks.code_param.unwrap_or("code")
}

/// RFC 9207 section 2.4.
fn check_issuer(client: &Client, callback: &Callback) -> Result<(), CallbackError> {
    let server = client.server();
    let Some(issuer) = &server.issuer else { return Ok(()) };
    match callback.get("iss") {
        Some(iss) if server.issuer_match.accepts(issuer, iss) => Ok(()),
        Some(_) => Err(CallbackError::IssuerMismatch),
        None if server.iss_required || client.policy().require_iss => {
            let shown = client.policy().expose_unverified_error;
            let unverified = callback.get("error").filter(|_| shown).map(ErrorCode::from);
            Err(CallbackError::IssuerMissing { unverified })
        }
        None => Ok(()),
    }
}
