//! Encryption at rest: AES-256-GCM, as the encrypted cookies have it.

use axum_extra::extract::cookie::{Cookie, Key};
use cookie::CookieJar;

/// A text that nobody reads without the key. No two are alike, not even of one text, so that it
/// also tells one version from the next.
#[derive(Clone, PartialEq)]
pub(crate) struct Sealed(pub(super) String);

impl Sealed {
    /// Seals a text for one name: under any other it does not open.
    pub(super) fn new(key: &Key, name: &str, text: &str) -> Self {
        let mut jar = CookieJar::new();
        jar.private_mut(key).add(Cookie::new(name.to_owned(), text.to_owned()));
        Self(jar.get(name).expect("it was just put there").value().to_owned())
    }

    /// The text, unless it was sealed with another key or for another name.
    pub(super) fn open(&self, key: &Key, name: &str) -> Option<String> {
        let cookie = Cookie::new(name.to_owned(), self.0.clone());
        let cookie = CookieJar::new().private(key).decrypt(cookie)?;
        Some(cookie.value().to_owned())
    }
}
