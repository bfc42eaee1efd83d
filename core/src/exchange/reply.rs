//! Reading any reply of the authorization server: status and size, then media type, then body.

use super::Failure;
use crate::{
    client::Client,
    error::{Error, ErrorCode, ProtocolError, Said, ServerText, without},
    value::{Secret, UnixTime},
    wire::{
        MediaType, Response,
        json::{self, Fields, Members, Value},
    },
};
use alloc::{boxed::Box, string::String, vec::Vec};
use core::{cmp::Reverse, time::Duration};

/// A reply that is no success, before the exchange says what is left of its state.
pub(crate) struct Rejection {
    pub(crate) error: Error,
    /// Whether the status says that nothing was spent: 429 and 5xx.
    is_transient: bool,
    /// Whether the request carried a proof, which a nonce can be put in.
    is_proved: bool,
    wait: Option<Duration>,
}

impl Rejection {
    pub(crate) fn new(error: impl Into<Error>, response: &Response, now: UnixTime) -> Self {
        let status = response.status();
        Self {
            error: error.into(),
            is_transient: status == 429 || (500..600).contains(&status),
            is_proved: false,
            wait: response.retry_after(now),
        }
    }

    /// Whether the server answered that there is nothing at this place.
    pub(crate) fn is_not_found(&self) -> bool {
        let status = match &self.error {
            Error::Protocol(error) => error.status(),
            _ => None,
        };
        !self.is_transient && status.is_some_and(|status| (400..500).contains(&status))
    }

    /// Whether the server refused the proof for want of its nonce (RFC 9449 section 8). One that
    /// is busy is left alone for as long as it says, whatever else it says.
    pub(crate) fn demands_nonce(&self) -> bool {
        let is_refusal = self.is_proved && !self.is_transient;
        is_refusal && self.error.code() == Some(&ErrorCode::UseDpopNonce)
    }

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
    /// What must not appear in an error, though the server echoes it; the client's secret never
    /// does.
    pub(crate) secrets: &'a [&'a str],
}

impl<'a> Reply<'a> {
    /// Reads the named members of a success. Any other status becomes the error that it carries.
    pub(crate) fn success<const N: usize>(
        &self,
        is_success: impl Fn(u16) -> bool,
        names: &[&'static str; N],
    ) -> Result<Members<'a, N>, Rejection> {
        if let Some(binding) = self.client.binding() {
            binding.learn(self.response);
        }
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

    /// As [`success`](Self::success), with the error's members first among the names and the
    /// server's own error settled.
    pub(crate) fn fields<const N: usize>(
        &self,
        is_success: impl Fn(u16) -> bool,
        names: &'static [&'static str; N],
    ) -> Result<Fields<'a, N>, Rejection> {
        let fields = Fields::new(names, self.success(is_success, names)?);
        self.refusal(["error", "error_description", "error_uri"].map(|name| fields.get(name)))?;
        Ok(fields)
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
        let is_proved = self.client.binding().is_some();
        Rejection { is_proved, ..Rejection::new(error, self.response, self.now) }
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
    pub(crate) fn blanked(&self, value: Option<Value<'_>>) -> Option<ServerText> {
        match value {
            Some(Value::Text(text)) => {
                Some(blank(text.decode()?, self.client, self.secrets).into())
            }
            _ => None,
        }
    }
}

/// Puts `***` in the place of every secret, the client's own among them.
pub(crate) fn blank(text: String, client: &Client, secrets: &[&str]) -> String {
    let config = client.config();
    let basic = config.basic.as_ref().and_then(|header| header.expose().strip_prefix("Basic "));
    let own = config.auth.secret().map(Secret::expose).into_iter().chain(basic);
    let mut secrets: Vec<_> = secrets.iter().copied().chain(own).collect();
    // One may begin with another.
    secrets.sort_by_key(|secret| Reverse(secret.len()));
    secrets.into_iter().fold(text, without)
}
