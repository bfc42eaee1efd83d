//! Which browser a pending flow belongs to.

use crate::value::Unguessable;
use core::fmt;
use sha2::{Digest, Sha256};

/// A digest of the browser session that starts a login.
///
/// `state` alone does not stop login CSRF: an attacker starts a login of his own and has the
/// victim's browser finish it. What stops it is that the callback must come from the browser
/// that started. Types cannot see the browser, so the application says which one it is, by any
/// value that only this browser has: a session id, or a random cookie set before the redirect.
///
/// A session id that is renewed at sign-in takes its pending logins along: resume them with the
/// old binding and suspend them with the new one.
///
/// ```
/// # use grantflow::*;
/// # fn callback(client: &Client, awaiting: Flow<AwaitingCallback>) {
/// let pending = awaiting.suspend(&SessionBinding::new("alice's session id"));
/// let error = Flow::resume(client, &pending, &SessionBinding::new("mallory's")).unwrap_err();
/// assert_eq!(error.to_string(), "the pending flow belongs to another browser session");
/// # }
/// ```
#[derive(Clone)]
pub struct SessionBinding(Unguessable);

impl SessionBinding {
    /// Takes the session's id, which is not kept: only its SHA-256 is.
    #[must_use]
    pub fn new(session_id: impl AsRef<[u8]>) -> Self {
        Self(Unguessable::from_octets(&Sha256::digest(session_id).into()))
    }

    pub(super) fn from_stored(text: &str) -> Self {
        Self(Unguessable::from_stored(text))
    }

    pub(super) fn expose(&self) -> &str {
        self.0.expose()
    }

    pub(super) fn matches(&self, other: &Self) -> bool {
        self.0.matches(other.expose())
    }
}

impl fmt::Debug for SessionBinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionBinding")
    }
}
