//! `WWW-Authenticate`: what a resource server wants instead (RFC 9110 section 11.6.1).

mod grammar;

pub(crate) use grammar::is_tchar;

use super::{Error, ErrorCode, ServerText, holds, without};
use alloc::{boxed::Box, string::String, vec::Vec};
use core::fmt;

/// A call that the resource server turned away with 401 or 403 (RFC 6750 section 3).
///
/// The reply itself, with its body, stays with the caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Challenged {
    status: u16,
    challenges: Box<[Challenge]>,
}

/// One challenge of `WWW-Authenticate` (RFC 9110 section 11.6.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Challenge {
    scheme: String,
    token68: Option<ServerText>,
    params: Vec<(String, ServerText)>,
}

impl Challenged {
    /// `challenges` is what `Challenge::parse` made of the reply.
    pub(crate) fn new(status: u16, challenges: Vec<Challenge>) -> Self {
        Self { status, challenges: challenges.into() }
    }

    /// Takes a secret out that the server echoes, and every challenge that is named after it.
    pub(crate) fn blank(&mut self, secret: &str) {
        // Names have no upper case.
        let lower = secret.to_ascii_lowercase();
        let mut challenges = core::mem::take(&mut self.challenges).into_vec();
        challenges.retain(|challenge| !challenge.is_named_after(&lower));
        self.challenges = challenges.into();
        for challenge in &mut self.challenges {
            let texts = challenge.params.iter_mut().map(|(_, value)| value);
            for text in texts.chain(&mut challenge.token68) {
                let shown = core::mem::replace(text, ServerText::from(String::new()));
                *text = without(shown.into_string(), secret).into();
            }
        }
    }

    /// 401 or 403.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The challenges in order; none if the reply had none, or none that is usable: an
    /// unterminated quoted string, a parameter twice, the token in a name, a URL that is not a
    /// [`SecureUrl`](crate::SecureUrl), more than 16 KiB, 16 challenges or 64
    /// parameters.
    #[must_use]
    pub fn challenges(&self) -> &[Challenge] {
        &self.challenges
    }

    /// The first challenge of a scheme, given in lower case.
    ///
    /// ```
    /// # use grantflow::*;
    /// # let client = Client::public(AuthorizationServer::new("https://as.example/t".parse()?), "id").build()?;
    /// # let flow = Flow::restore(&client, StoredTokens::import("at", TokenType::Bearer)?)?;
    /// let call = flow.call(Request::get("https://api.example/photos".parse()?))?;
    /// let headers = [("www-authenticate", r#"Bearer error="insufficient_scope", scope="photos""#)];
    /// let failure = call.receive(&Response::new(403, headers, ""), UnixTime::from_secs(0));
    ///
    /// let Err(Failure::Over(Error::Challenged(challenged))) = failure else { panic!() };
    /// let bearer = challenged.of("bearer").unwrap();
    /// assert_eq!(bearer.error(), Some(ErrorCode::InsufficientScope));
    /// assert_eq!(bearer.param("scope").unwrap().as_str(), "photos");
    /// # Ok::<(), Error>(())
    /// ```
    #[must_use]
    pub fn of(&self, scheme: &str) -> Option<&Challenge> {
        self.challenges.iter().find(|challenge| challenge.scheme == scheme)
    }
}

impl Challenge {
    /// The authentication scheme, in lower case: `bearer`, `dpop`, `basic`.
    #[must_use]
    pub fn scheme(&self) -> &str {
        &self.scheme
    }

    /// The token68 that some schemes carry instead of parameters.
    #[must_use]
    pub fn token68(&self) -> Option<&ServerText> {
        self.token68.as_ref()
    }

    /// The parameters in order; names are in lower case.
    pub fn params(&self) -> impl Iterator<Item = (&str, &ServerText)> {
        self.params.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// One parameter, its name given in lower case: `scope`, `realm`, `error_description`.
    #[must_use]
    pub fn param(&self, name: &str) -> Option<&ServerText> {
        self.params().find_map(|(known, value)| (known == name).then_some(value))
    }

    /// Whether a secret is in a name, where nothing can take its place.
    fn is_named_after(&self, secret: &str) -> bool {
        let mut names = self.params.iter().map(|(name, _)| name).chain([&self.scheme]);
        names.any(|name| holds(name, secret))
    }

    /// The `error` parameter (RFC 6750 section 3.1).
    #[must_use]
    pub fn error(&self) -> Option<ErrorCode> {
        self.param("error").map(|text| text.as_str().into())
    }
}

impl From<Challenged> for Error {
    fn from(challenged: Challenged) -> Self {
        Self::Challenged(challenged)
    }
}

impl fmt::Display for Challenged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the resource server answered with status {}", self.status)?;
        for challenge in &self.challenges {
            if let Some(error) = challenge.error() {
                return write!(f, ": {error}");
            }
        }
        Ok(())
    }
}

impl core::error::Error for Challenged {}
