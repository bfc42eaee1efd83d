//! What the browser brings back (RFC 6749 section 4.1.2), parsed but not yet believed.

use crate::{
    error::{CallbackError, Error},
    wire::{
        MediaType,
        percent::{decode_onto, pairs},
    },
};
use alloc::{string::String, vec::Vec};
use core::{fmt, ops::Range};
use zeroize::Zeroizing;

/// The largest callback that is read, in octets.
const MAX_BYTES: usize = 64 * 1024;
/// The largest number of parameters that is read.
const MAX_PARAMS: usize = 64;

/// The parameters of the protocol: those that an error may name.
const KNOWN: [&str; 8] =
    ["code", "state", "iss", "error", "error_description", "error_uri", "scope", "session_state"];
/// The parameters that have no place in a code flow: tokens, and JARM responses.
const FOREIGN: [&str; 4] = ["access_token", "id_token", "response", "token"];

/// The callback of the browser, as the application's HTTP server or listener received it.
///
/// Parsing refuses what no honest server sends: a parameter twice, bad encoding, tokens in the
/// front channel, more than 64 KiB or 64 parameters. The pending flow is not touched by that. A
/// fragment is ignored. `Debug` shows nothing of it.
///
/// ```
/// # use grantflow::Callback;
/// assert!(Callback::from_query("code=SplxlO&state=xyz").is_ok());
/// let error = Callback::from_query("code=a&state=zzz&st%61te=xyz").unwrap_err();
/// assert_eq!(error.to_string(), "the callback has state twice");
/// ```
#[derive(Clone)]
pub struct Callback {
    path: Option<String>,
    is_form_post: bool,
    /// All names and values, decoded, one after the other.
    text: Zeroizing<String>,
    params: Vec<Param>,
}

#[derive(Clone)]
struct Param {
    name: Range<usize>,
    value: Range<usize>,
}

impl Callback {
    /// Reads the full URL that the browser was sent to.
    ///
    /// Its scheme and host are not looked at: behind a proxy they are the proxy's. Its path is,
    /// for loopback redirect URIs.
    ///
    /// # Errors
    /// [`CallbackError`], for what parsing refuses.
    pub fn from_url(url: &str) -> Result<Self, Error> {
        // A URI with a private-use scheme has no authority, and its query may hold a URL.
        let is_scheme = |text: &str| !text.contains(['/', '?', '#']);
        let rest = url.split_once("://").filter(|(scheme, _)| is_scheme(scheme));
        let rest = rest.map_or(url, |(_, rest)| rest);
        let authority = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        Self::from_path_and_query(rest.get(authority..).unwrap_or_default())
    }

    /// Reads the path and query of a request: `/callback?code=...`.
    ///
    /// # Errors
    /// [`CallbackError`], for what parsing refuses.
    pub fn from_path_and_query(target: &str) -> Result<Self, Error> {
        let target = target.split('#').next().unwrap_or_default();
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let path = if path.is_empty() { "/" } else { path };
        let callback = Self::parse(query, target.len())?;
        Ok(Self { path: Some(path.into()), ..callback })
    }

    /// Reads the query alone. The path of a loopback redirect URI is then not checked.
    ///
    /// # Errors
    /// [`CallbackError`], for what parsing refuses.
    pub fn from_query(query: &str) -> Result<Self, Error> {
        let query = query.split('#').next().unwrap_or_default();
        Ok(Self::parse(query.strip_prefix('?').unwrap_or(query), query.len())?)
    }

    /// Reads the body of a form_post callback (OAuth 2.0 Form Post Response Mode), with the
    /// value of its `Content-Type`.
    ///
    /// # Errors
    /// [`CallbackError::MediaType`] if the body is no form, and for what parsing refuses.
    pub fn from_form_post(content_type: &str, body: &[u8]) -> Result<Self, Error> {
        if MediaType::parse(content_type) != MediaType::Form {
            return Err(CallbackError::MediaType.into());
        }
        let body = core::str::from_utf8(body).map_err(|_| CallbackError::Encoding)?;
        Ok(Self { is_form_post: true, ..Self::parse(body, body.len())? })
    }

    fn parse(query: &str, length: usize) -> Result<Self, CallbackError> {
        if length > MAX_BYTES {
            return Err(CallbackError::TooLarge);
        }
        let mut text = Zeroizing::new(Vec::with_capacity(query.len()));
        let mut params: Vec<Param> = Vec::with_capacity(pairs(query).take(MAX_PARAMS).count());
        for (name, value) in pairs(query) {
            if params.len() == MAX_PARAMS {
                return Err(CallbackError::TooManyParameters);
            }
            let start = text.len();
            decode_onto(&mut text, name).map_err(|_| CallbackError::Encoding)?;
            let middle = text.len();
            decode_onto(&mut text, value).map_err(|_| CallbackError::Encoding)?;
            params.push(Param { name: start..middle, value: middle..text.len() });
        }
        let text =
            String::from_utf8(core::mem::take(&mut *text)).map_err(|_| CallbackError::Encoding)?;
        let callback = Self { path: None, is_form_post: false, text: Zeroizing::new(text), params };
        callback.refuse_foreign()?;
        Ok(callback)
    }

    fn refuse_foreign(&self) -> Result<(), CallbackError> {
        for (index, (name, _)) in self.iter().enumerate() {
            if self.iter().take(index).any(|(earlier, _)| earlier == name) {
                let known = KNOWN.into_iter().chain(FOREIGN).find(|known| *known == name);
                return Err(CallbackError::Repeated(known.unwrap_or("a parameter")));
            }
            if let Some(foreign) = FOREIGN.into_iter().find(|foreign| *foreign == name) {
                return Err(CallbackError::Unexpected(foreign));
            }
        }
        Ok(())
    }

    pub(crate) fn path(&self) -> Option<&str> {
        self.path.as_deref()
    }

    pub(crate) fn is_form_post(&self) -> bool {
        self.is_form_post
    }

    /// The value of a parameter; an empty one counts as omitted (RFC 6749 section 3.1).
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.iter().find_map(|(known, value)| (known == name && !value.is_empty()).then_some(value))
    }

    /// All parameters in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        let text = |range: &Range<usize>| self.text.get(range.clone()).unwrap_or_default();
        self.params.iter().map(move |param| (text(&param.name), text(&param.value)))
    }

    /// The parameters that are not the protocol's own, in order.
    pub(crate) fn extra<'a>(&'a self, code: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        let is_own = move |name: &str| {
            name == code
                || matches!(name, "state" | "iss" | "error" | "error_description" | "error_uri")
        };
        self.iter().filter(move |(name, _)| !is_own(name))
    }
}

impl fmt::Debug for Callback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Callback")
    }
}
