//! The values that a flow makes by itself, and the case's own in their place.

use super::{
    fault::{Fault, equal},
    form::{self, Pairs},
    stored_pending::StoredPending,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use grantflow::{AwaitingCallback, Flow};
use sha2::{Digest, Sha256};

/// What a started flow made.
pub(super) struct Unguessable {
    pub(super) state: String,
    /// None where PKCE is off.
    pub(super) verifier: Option<String>,
}

impl Unguessable {
    pub(super) fn of(awaiting: Flow<AwaitingCallback>) -> Self {
        let stored = StoredPending::new(awaiting);
        Self { state: stored.get('s').unwrap_or_default(), verifier: stored.get('v') }
    }

    /// The stored state and the stored verifier's challenge are those that were sent; both state
    /// and verifier are what a generator makes.
    pub(super) fn check_is_well_formed(&self, sent: &Pairs) -> Result<(), Fault> {
        equal("state", &Some(self.state.as_str()), &form::value(sent, "state"))?;
        check_is_octets("state", &self.state)?;
        let Some(verifier) = &self.verifier else { return Ok(()) };
        let is_unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        if !matches!(verifier.len(), 43..=128) || !verifier.bytes().all(is_unreserved) {
            return Err(Fault::differs("verifier", "43 to 128 unreserved characters", verifier));
        }
        equal("code_challenge", &Some(&*challenge(verifier)), &form::value(sent, "code_challenge"))
    }
}

/// 32 octets in base64url.
pub(super) fn check_is_octets(what: &str, text: &str) -> Result<(), Fault> {
    let is_base64url = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    if text.len() == 43 && text.bytes().all(is_base64url) {
        return Ok(());
    }
    Err(Fault::differs(what, "43 characters of base64url", text))
}

/// S256 (RFC 7636 section 4.2), by the runner's own hand.
pub(super) fn challenge(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(verifier))
}
