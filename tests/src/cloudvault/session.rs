//! Which browser is this, and did its user mean to send that form?

use std::collections::HashMap;

use http::header::{COOKIE, SET_COOKIE};
use http::{Request, Response};
use subtle::ConstantTimeEq as _;

use super::authentication::Authentication;
use super::random::unguessable;
use super::reply;

const COOKIE_NAME: &str = "cloudvault_session";

/// The browsers seen so far, by the value of their cookie.
#[derive(Default)]
pub(super) struct Sessions(HashMap<String, Session>);

/// A browser, signed in or not yet.
pub(super) struct Session {
    /// What the forms of this session carry, so that no other site can send them.
    pub(super) csrf: String,
    /// The user who signed in.
    pub(super) authentication: Option<Authentication>,
}

impl Session {
    pub(super) fn sent(&self, csrf: &str) -> bool {
        self.csrf.as_bytes().ct_eq(csrf.as_bytes()).into()
    }
}

impl Sessions {
    /// The session of the browser that sent this request.
    pub(super) fn find(&self, request: &Request<Vec<u8>>) -> Option<(&str, &Session)> {
        let id = request
            .headers()
            .get_all(COOKIE)
            .iter()
            .filter_map(|header| header.to_str().ok())
            .flat_map(|header| header.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find_map(|(name, value)| (name == COOKIE_NAME).then_some(value))?;
        let (id, session) = self.0.get_key_value(id)?;
        Some((id, session))
    }

    /// A new session, before or after the sign-in.
    pub(super) fn open(&mut self, authentication: Option<Authentication>) -> (String, &Session) {
        let id = unguessable();
        let session = Session { csrf: unguessable(), authentication };
        let session = self.0.entry(id.clone()).or_insert(session);
        (id, session)
    }

    pub(super) fn close(&mut self, id: &str) {
        self.0.remove(id);
    }
}

/// Hands the session to the browser.
pub(super) fn set_cookie(response: &mut Response<Vec<u8>>, id: &str, issuer: &str) {
    // Over plain http, on a loopback address, some browsers drop a `Secure` cookie.
    let secure = if issuer.starts_with("https:") { "; Secure" } else { "" };
    let value = format!("{COOKIE_NAME}={id}; Path=/; HttpOnly; SameSite=Lax{secure}");
    reply::set(response, SET_COOKIE, &value);
}
