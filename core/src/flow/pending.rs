//! What outlives the process while the browser is away.
//!
//! The stored form, version 1, is one line of visible ASCII that fits a cookie: `1`, then fields,
//! each with `~` before it and a letter that names it. In values, a space is `+`, and what a
//! cookie cannot hold, `%`, `+` and `~` are percent-encoded.
//!
//! | field | holds | |
//! | --- | --- | --- |
//! | `t` | when the flow started, in seconds since 1970 | always |
//! | `b` | the browser session: base64url of the SHA-256 of its id | always |
//! | `c` | the client: base64url of half the SHA-256 of id, a zero octet, and issuer (or token endpoint) | always |
//! | `s` | `state`, verbatim | always |
//! | `v` | `code_verifier`, verbatim | unless PKCE is off |
//! | `r` | the redirect URI, verbatim | always |
//! | `o` | the scope asked for | if any |
//! | `u` | the resources, one space between two | if any |
//! | `n` | `nonce`, verbatim | if sent |
//! | `k` | the thumbprint of the key that the flow is bound to | if bound |
//! | `m` | `form_post` | if asked for |
//! | `g` | how many step-ups led here, and when the first was | if any |

use super::{AwaitingCallback, Flow, ResponseMode, SessionBinding};
use crate::{
    callback::Callback,
    client::{Client, Pkce},
    error::{Error, StoredError},
    value::{
        CodeVerifier, RedirectUri, Resource, Scope, StepUps, Unguessable, UnixTime, is_vschar,
    },
    wire::percent,
};
use alloc::{
    string::{String, ToString},
    sync::Arc,
    vec::Vec,
};
use core::fmt::{self, Write};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use zeroize::Zeroizing;

/// A login that waits for its callback: the one value to keep while the browser is away.
///
/// Keep it in the browser's session on the server, or in an encrypted cookie: it holds the
/// `code_verifier` and `state` in clear, never the client secret. Remove it when
/// [`receive`](Flow::receive) succeeded or ended the login. `Debug` shows nothing of it.
///
/// ```
/// # use grantflow::*;
/// # fn pages(client: &Client, query: &str, cookie_of: &str) -> Result<(), Error> {
/// # let now = UnixTime::from_secs(0);
/// // POST /login
/// let (url, awaiting) = Flow::new(client).redirect(Entropy::from_os()?, now)?;
/// let stored = awaiting.suspend(&SessionBinding::new(cookie_of)).to_text();
///
/// // GET /callback, perhaps in another process
/// let pending = Pending::from_text(&stored)?;
/// let awaiting = Flow::resume(client, &pending, &SessionBinding::new(cookie_of))?;
/// let code = awaiting.receive(Callback::from_query(query)?, now)?;
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct Pending {
    binding: SessionBinding,
    client: Arc<str>,
    awaiting: AwaitingCallback,
}

impl Flow<AwaitingCallback> {
    /// Puts the flow to sleep, for this browser session only.
    #[must_use]
    pub fn suspend(self, binding: &SessionBinding) -> Pending {
        Pending {
            binding: binding.clone(),
            client: self.client.config().digest.clone(),
            awaiting: self.state,
        }
    }

    /// Wakes a flow up. It borrows, so that a stray hit on the callback page costs nothing.
    ///
    /// # Errors
    /// [`StoredError::Binding`] if another browser session started it, [`StoredError::Client`]
    /// if another client did, [`StoredError::Verifier`] if it has no verifier and the client
    /// uses PKCE, [`StoredError::Key`] if it is bound to another key. Its age is checked by [`receive`](Flow::receive).
    pub fn resume(
        client: &Client,
        pending: &Pending,
        binding: &SessionBinding,
    ) -> Result<Self, Error> {
        if !pending.binding.matches(binding) {
            return Err(StoredError::Binding.into());
        }
        if pending.client != client.config().digest {
            return Err(StoredError::Client.into());
        }
        if pending.awaiting.key.as_ref() != client.thumbprint() {
            return Err(StoredError::Key.into());
        }
        let uses_pkce = client.config().quirks.pkce == Pkce::S256;
        if pending.awaiting.verifier.is_some() != uses_pkce {
            return Err(StoredError::Verifier.into());
        }
        Ok(Self { client: client.clone(), state: pending.awaiting.clone() })
    }
}

impl Pending {
    /// The stored form, one line of visible ASCII that fits a cookie: at most 300 octets for an
    /// ordinary flow.
    #[must_use]
    pub fn to_text(&self) -> Zeroizing<String> {
        let AwaitingCallback {
            state,
            verifier,
            nonce,
            redirect_uri,
            scope,
            resources,
            response_mode,
            key,
            started,
            step_ups,
        } = &self.awaiting;
        // Room for all of it at once: a buffer that grew would leave the verifier behind.
        let values = resources.iter().map(Resource::as_str);
        let values = values.chain([redirect_uri.as_str(), scope.as_str(), state.expose()]);
        let length = values.fold(256_usize, |sum, value| {
            sum.saturating_add(value.len().saturating_mul(3)).saturating_add("~u".len())
        });
        let mut text = Zeroizing::new(String::with_capacity(length));
        // Writing into memory cannot fail.
        let _ = write!(text, "1~t{started}");
        push(&mut text, "~b", self.binding.expose());
        push(&mut text, "~c", &self.client);
        push(&mut text, "~s", state.expose());
        if let Some(verifier) = verifier {
            push(&mut text, "~v", verifier.expose());
        }
        push(&mut text, "~r", redirect_uri.as_str());
        if !scope.is_empty() {
            push(&mut text, "~o", scope.as_str());
        }
        if !resources.is_empty() {
            let texts: Vec<_> = resources.iter().map(Resource::as_str).collect();
            push(&mut text, "~u", &texts.join(" "));
        }
        if let Some(nonce) = nonce {
            push(&mut text, "~n", nonce.expose());
        }
        if let Some(key) = key {
            push(&mut text, "~k", key);
        }
        if *response_mode == ResponseMode::FormPost {
            push(&mut text, "~m", "form_post");
        }
        if *step_ups != StepUps::NONE {
            push(&mut text, "~g", &step_ups.to_string());
        }
        text
    }

    /// When the flow started: after [`Policy::pending_lifetime`](crate::Policy::pending_lifetime)
    /// it is of no more use.
    #[must_use]
    pub fn started(&self) -> UnixTime {
        self.awaiting.started
    }

    /// Whether a callback carries this flow's `state`: for an application that keeps several
    /// logins of one browser, to find the one to resume. What decides is
    /// [`receive`](Flow::receive).
    #[must_use]
    pub fn is_for(&self, callback: &Callback) -> bool {
        callback.get("state").is_some_and(|state| self.awaiting.state.matches(state))
    }

    /// Reads the stored form of any version ever released.
    ///
    /// # Errors
    /// [`StoredError::Version`] for a version that this one does not know,
    /// [`StoredError::Verifier`] for a malformed verifier, [`StoredError::Unreadable`] for an
    /// unknown, repeated or missing field and anything else.
    pub fn from_text(text: &str) -> Result<Self, Error> {
        Ok(parse(text)?)
    }
}

fn parse(text: &str) -> Result<Pending, StoredError> {
    use StoredError::Unreadable;
    let mut fields = text.split('~');
    match fields.next() {
        Some("1") => {}
        Some(version)
            if !version.is_empty() && version.bytes().all(|byte| byte.is_ascii_digit()) =>
        {
            return Err(StoredError::Version);
        }
        _ => return Err(Unreadable),
    }
    let [mut t, mut b, mut c, mut s, mut v, mut r, mut o, mut u, mut n, mut k, mut m, mut g] =
        [const { None::<Zeroizing<String>> }; 12];
    for field in fields {
        let (name, value) = field.split_at_checked(1).ok_or(Unreadable)?;
        let slot = match name {
            "t" => &mut t,
            "b" => &mut b,
            "c" => &mut c,
            "s" => &mut s,
            "v" => &mut v,
            "r" => &mut r,
            "o" => &mut o,
            "u" => &mut u,
            "n" => &mut n,
            "k" => &mut k,
            "m" => &mut m,
            "g" => &mut g,
            _ => return Err(Unreadable),
        };
        let value = Zeroizing::new(percent::decode(value).map_err(|_| Unreadable)?);
        if slot.replace(value).is_some() {
            return Err(Unreadable);
        }
    }
    let started = t.filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
    let state = s.filter(|state| is_vschar(state)).ok_or(Unreadable)?;
    let verifier = match v {
        Some(text) => Some(CodeVerifier::from_stored(&text).ok_or(StoredError::Verifier)?),
        None => None,
    };
    let mut resources = Vec::new();
    if let Some(texts) = &u {
        resources.reserve_exact(texts.split(' ').count());
        for text in texts.split(' ') {
            resources.push(Resource::parse(text).map_err(|_| Unreadable)?);
        }
    }
    let response_mode = match m.as_ref().map(|mode| mode.as_str()) {
        None => ResponseMode::Query,
        Some("form_post") => ResponseMode::FormPost,
        Some(_) => return Err(Unreadable),
    };
    let step_ups = match g {
        None => StepUps::NONE,
        Some(text) => StepUps::from_stored(&text).ok_or(Unreadable)?,
    };
    Ok(Pending {
        binding: SessionBinding::from_stored(&b.ok_or(Unreadable)?),
        client: c.ok_or(Unreadable)?.as_str().into(),
        awaiting: AwaitingCallback {
            state: Unguessable::from_stored(&state),
            verifier,
            nonce: n.map(|nonce| Unguessable::from_stored(&nonce)),
            redirect_uri: RedirectUri::parse(&r.ok_or(Unreadable)?).map_err(|_| Unreadable)?,
            scope: Scope::parse(&o.unwrap_or_default()).map_err(|_| Unreadable)?,
            resources,
            response_mode,
            key: k.map(|key| key.as_str().into()),
            started: UnixTime::from_secs(
                started.and_then(|seconds| seconds.parse().ok()).ok_or(Unreadable)?,
            ),
            step_ups,
        },
    })
}

fn push(text: &mut String, name: &str, value: &str) {
    text.push_str(name);
    for byte in value.bytes() {
        match byte {
            b' ' => text.push('+'),
            // What RFC 6265 section 4.1.1 allows in a cookie, without our own three marks.
            b'!' | b'#'..=b'$' | b'&'..=b'*' | b'-'..=b':' | b'<'..=b'[' | b']'..=b'}' => {
                text.push(byte.into());
            }
            _ => {
                let _ = write!(text, "%{byte:02X}");
            }
        }
    }
}

impl Serialize for Pending {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_text())
    }
}

impl<'de> Deserialize<'de> for Pending {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Zeroizing::new(String::deserialize(deserializer)?);
        parse(&text).map_err(D::Error::custom)
    }
}

impl fmt::Debug for Pending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pending")
    }
}
