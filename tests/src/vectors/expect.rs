//! What a case expects, and the judgement on what came out.

use super::{
    fault::{Fault, equal},
    members::Members,
};
use grantflow::{Error, ErrorCode, Failure, ProtocolError, Response, ServerText};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::time::Duration;

/// Members of `expect` that tell people why.
pub(super) const INFORMATIVE: [&str; 6] = ["basis", "name", "note", "property", "reason", "value"];

/// The `expect` of a case.
#[derive(Debug)]
pub(super) struct Expect {
    result: Kind,
    alternatives: Vec<Kind>,
    members: Members,
}

/// What a case can come to.
#[derive(Debug, PartialEq, Eq)]
enum Kind {
    Accept,
    Reject,
    /// The server's own error: with this code, or with any.
    OauthError(Option<String>),
}

/// How an attempt ended that did not succeed.
pub(super) struct Stopped {
    pub(super) error: Error,
    /// Whether the attempt was given back, to be tried again.
    pub(super) is_back: bool,
    pub(super) wait: Option<Duration>,
    /// `Display` and `Debug` of all that came back.
    pub(super) shown: Vec<String>,
}

/// An outcome that is of the expected kind. Its methods take the other members of `expect` and
/// hold them against it.
pub(super) struct Judged<T> {
    outcome: Result<T, Stopped>,
    is_alternative: bool,
    members: Members,
}

impl Expect {
    pub(super) fn new(value: Value) -> Result<Self, Fault> {
        let mut members = Members::new("expect", value)?;
        INFORMATIVE.into_iter().for_each(|name| members.informative(name));
        let result: String = members.required("result")?;
        let result = match result.as_str() {
            "oauth_error" => Kind::OauthError(members.optional("error")?),
            other => Kind::parse(other)?,
        };
        let alternatives = members.texts("alt")?;
        let alternatives =
            alternatives.iter().map(|text| Kind::parse(text)).collect::<Result<_, _>>()?;
        Ok(Self { result, alternatives, members })
    }

    /// Whether the case expects a refusal by the client.
    pub(super) fn is_reject(&self) -> bool {
        self.result == Kind::Reject
    }

    /// Holds the outcome against `result`, `error` and `alt`.
    pub(super) fn judge<T>(self, outcome: Result<T, Stopped>) -> Result<Judged<T>, Fault> {
        let found = match &outcome {
            Ok(_) => Kind::Accept,
            Err(stopped) => match stopped.error.code() {
                Some(code) => Kind::OauthError(Some(code.as_str().to_owned())),
                None => Kind::Reject,
            },
        };
        let is_alternative = !self.result.covers(&found);
        if is_alternative && !self.alternatives.iter().any(|kind| kind.covers(&found)) {
            let why = outcome.err().map(|stopped| stopped.error.to_string());
            return Err(Fault::differs("result", self.result, (found, why)));
        }
        Ok(Judged { outcome, is_alternative, members: self.members })
    }
}

impl Kind {
    fn parse(text: &str) -> Result<Self, Fault> {
        match text {
            "accept" => Ok(Self::Accept),
            "reject" => Ok(Self::Reject),
            "oauth_error" => Ok(Self::OauthError(None)),
            other => match other.strip_prefix("error:") {
                Some(code) => Ok(Self::OauthError(Some(code.to_owned()))),
                None => Err(Fault::not_understood(format_args!("the result {other:?}"))),
            },
        }
    }

    fn covers(&self, found: &Self) -> bool {
        self == found || matches!((self, found), (Self::OauthError(None), Self::OauthError(_)))
    }
}

impl Stopped {
    /// The server's words, if it gave any.
    pub(super) fn description(&self) -> Option<&str> {
        match &self.error {
            Error::Refused(refusal) => refusal.description().map(ServerText::as_str),
            _ => None,
        }
    }

    /// The page that the server points to.
    pub(super) fn uri(&self) -> Option<&str> {
        match &self.error {
            Error::Refused(refusal) => refusal.uri().map(ServerText::as_str),
            _ => None,
        }
    }

    /// The HTTP status that the error carries.
    pub(super) fn status(&self) -> Option<u16> {
        match &self.error {
            Error::Refused(refusal) => refusal.status(),
            Error::Challenged(challenged) => Some(challenged.status()),
            Error::Protocol(error) => error.status(),
            _ => None,
        }
    }

    /// How long the server asks to wait.
    pub(super) fn retry_after(&self) -> Option<u64> {
        let of_error = match &self.error {
            Error::Refused(refusal) => refusal.retry_after(),
            Error::Protocol(ProtocolError::UnexpectedStatus { retry_after, .. }) => *retry_after,
            _ => None,
        };
        self.wait.or(of_error).map(|wait| wait.as_secs())
    }

    /// Whether the code is one that the API names.
    pub(super) fn is_known(&self) -> bool {
        self.error.code().is_some_and(|code| !matches!(code, ErrorCode::Other(_)))
    }
}

impl From<Error> for Stopped {
    fn from(error: Error) -> Self {
        let shown = vec![error.to_string(), format!("{error:?}")];
        Self { error, is_back: false, wait: None, shown }
    }
}

impl<S> From<Failure<S>> for Stopped {
    fn from(failure: Failure<S>) -> Self {
        Self::from(&failure)
    }
}

impl<S> From<&Failure<S>> for Stopped {
    fn from(failure: &Failure<S>) -> Self {
        let (is_back, wait) = match failure {
            Failure::Again { wait, .. } => (true, Some(*wait)),
            Failure::Later { wait, .. } => (true, *wait),
            Failure::Over(_) => (false, None),
        };
        let mut stopped = Self { is_back, wait, ..Self::from(failure.error().clone()) };
        stopped.shown.extend([failure.to_string(), format!("{failure:?}")]);
        stopped
    }
}

impl<T> Judged<T> {
    pub(super) fn outcome(&self) -> Result<&T, &Stopped> {
        self.outcome.as_ref()
    }

    /// A member that a success must equal.
    pub(super) fn success(
        &mut self,
        name: &str,
        found: impl FnOnce(&T) -> Value,
    ) -> Result<(), Fault> {
        self.success_with(name, |success, expected| equal(name, &expected, &found(success)))
    }

    /// A member that a success must agree with.
    pub(super) fn success_with<E: DeserializeOwned>(
        &mut self,
        name: &str,
        check: impl FnOnce(&T, E) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        match (self.members.given(name)?, &self.outcome) {
            (None, _) => Ok(()),
            (Some(expected), Ok(success)) => check(success, expected),
            (Some(_), Err(_)) => self.does_not_apply(name),
        }
    }

    /// A member that a failure must equal.
    pub(super) fn failure(
        &mut self,
        name: &str,
        found: impl FnOnce(&Stopped) -> Value,
    ) -> Result<(), Fault> {
        match (self.members.given(name)?, &self.outcome) {
            (None, _) => Ok(()),
            (Some(expected), Err(stopped)) => equal(name, &expected, &found(stopped)),
            (Some::<Value>(_), Ok(_)) => self.does_not_apply(name),
        }
    }

    /// A member that any outcome must equal.
    pub(super) fn either(
        &mut self,
        name: &str,
        found: impl FnOnce(Result<&T, &Stopped>) -> Value,
    ) -> Result<(), Fault> {
        let expected = self.members.given(name)?;
        expected.map_or(Ok(()), |expected| equal(name, &expected, &found(self.outcome())))
    }

    /// `status`: what the error carries, else what the application reads from the last reply.
    pub(super) fn status(&mut self, response: Option<&Response>) -> Result<(), Fault> {
        let of_reply = response.map(Response::status);
        self.either("status", |outcome| match outcome {
            Ok(_) => of_reply.into(),
            Err(stopped) => stopped.status().or(of_reply).into(),
        })
    }

    /// Members that are not about success or failure.
    pub(super) fn members(&mut self) -> &mut Members {
        &mut self.members
    }

    /// All members must have been held against something.
    pub(super) fn finish(self) -> Result<(), Fault> {
        self.members.finish()
    }

    /// The members speak of the main result; an alternative one need not have them.
    fn does_not_apply(&self, name: &str) -> Result<(), Fault> {
        if self.is_alternative {
            return Ok(());
        }
        Err(Fault::new(format!("{name} is expected of an outcome that cannot have it")))
    }
}
