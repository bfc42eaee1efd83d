//! Reading any reply of the authorization server: status and size, then media type, then body.

use super::Failure;
use crate::{
    client::Client,
    error::{Error, ErrorCode, ProtocolError, Said, ServerText},
    value::UnixTime,
    wire::{
        MediaType, Response,
        json::{self, Members, Value},
    },
};
use alloc::{boxed::Box, string::String};
use core::time::Duration;

/// Shorter secrets are not blanked: they could be any word of a sentence.
const SHORTEST_BLANKED: usize = 8;

/// A reply that is no success, before the exchange says what is left of its state.
pub(crate) struct Rejection {
    pub(crate) error: Error,
    /// Whether the status says that nothing was spent: 429 and 5xx.
    is_transient: bool,
    wait: Option<Duration>,
}

impl Rejection {
    /// A failure that ends the attempt, unless nothing was spent.
    pub(crate) fn into_failure<S>(self, state: S) -> Failure<S> {
        if self.is_transient { self.into_later(state) } else { Failure::Over(self.error) }
    }

    /// A failure that gives the state back.
    pub(crate) fn into_later<S>(self, state: S) -> Failure<S> {
        Failure::Later { state: Box::new(state), wait: self.wait, error: self.error }
    }
}

/// One reply, and what is needed to judge it.
pub(crate) struct Reply<'a> {
    pub(crate) client: &'a Client,
    pub(crate) response: &'a Response,
    pub(crate) now: UnixTime,
    /// What must not appear in an error, though the server echoes it.
    pub(crate) secrets: &'a [&'a str],
}

impl<'a> Reply<'a> {
    /// Reads the named members of a success. Any other status becomes the error that it carries.
    pub(crate) fn success<const N: usize>(
        &self,
        is_success: impl Fn(u16) -> bool,
        names: &[&'static str; N],
    ) -> Result<Members<'a, N>, Rejection> {
        let status = self.response.status();
        let limit = self.client.policy().max_body;
        if self.response.body().len() > limit {
            return Err(self.reject(ProtocolError::BodyTooLarge { limit }));
        }
        if (300..400).contains(&status) {
            return Err(self.reject(ProtocolError::UnexpectedRedirect { status }));
        }
        if is_success(status) {
            return self.members(names).map_err(|error| self.reject(error));
        }
        let error = self.members(&["error", "error_description", "error_uri"]).unwrap_or_default();
        self.refusal(error)?;
        Err(self.reject(if (400..500).contains(&status) && status != 429 {
            ProtocolError::NotAnOAuthError { status }
        } else {
            let retry_after = self.response.retry_after(self.now);
            ProtocolError::UnexpectedStatus { status, retry_after }
        }))
    }

    /// The server's own error, where the members hold one: at a success status too.
    pub(crate) fn refusal(&self, members: Members<'a, 3>) -> Result<(), Rejection> {
        let [error, description, uri] = members;
        let status = self.response.status();
        let code = match error {
            None | Some(Value::Null) => return Ok(()),
            Some(Value::Text(code)) if code.raw().is_empty() => return Ok(()),
            error => self.blanked(error),
        };
        let code = code.ok_or_else(|| self.reject(ProtocolError::NotAnOAuthError { status }))?;
        Err(self.reject(Said {
            code: ErrorCode::from(code.as_str()),
            description: self.blanked(description),
            uri: self.blanked(uri),
            status: Some(status),
            retry_after: self.response.retry_after(self.now),
        }))
    }

    pub(crate) fn reject(&self, error: impl Into<Error>) -> Rejection {
        let status = self.response.status();
        Rejection {
            error: error.into(),
            is_transient: status == 429 || (500..600).contains(&status),
            wait: self.response.retry_after(self.now),
        }
    }

    fn members<const N: usize>(
        &self,
        names: &[&'static str; N],
    ) -> Result<Members<'a, N>, ProtocolError> {
        let body = self.response.body();
        let sniff = self.client.config().quirks.body_sniff;
        match MediaType::is_form(self.response, sniff) {
            Some(false) => json::members(body, names),
            Some(true) => json::form_members(body, names),
            None => Err(ProtocolError::MediaType),
        }
    }

    /// A text without the secrets that the server should not have repeated.
    fn blanked(&self, value: Option<Value<'_>>) -> Option<ServerText> {
        match value {
            Some(Value::Text(text)) => Some(blank(text.decode()?, self.secrets).into()),
            _ => None,
        }
    }
}

/// Puts `***` in the place of every secret.
pub(crate) fn blank(mut text: String, secrets: &[&str]) -> String {
    for secret in secrets.iter().filter(|secret| secret.len() >= SHORTEST_BLANKED) {
        if !text.contains(secret) {
            continue;
        }
        let mut blanked = String::with_capacity(text.len());
        for (index, piece) in text.split(secret).enumerate() {
            blanked.push_str(if index == 0 { "" } else { "***" });
            blanked.push_str(piece);
        }
        text = blanked;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_of_eight_characters_and_more_are_blanked() {
        let blanked = |secrets: &[&str]| blank("a 12345678 b 12345678, 1234567".into(), secrets);
        assert_eq!(blanked(&["12345678"]), "a *** b ***, 1234567");
        assert_eq!(blanked(&["1234567"]), "a 12345678 b 12345678, 1234567");
        assert_eq!(blanked(&["not there"]), "a 12345678 b 12345678, 1234567");
    }
}
