//! The fixtures: a file for each server, a line for each reply.

use crate::vectors::form::{self, Pairs};
use grantflow::{Response, UnixTime};
use serde::Deserialize;
use serde_json::Value;

/// Before the names of cases in which tokens are bound to a key.
const BOUND: [&str; 3] = ["dpopnonce_conf_", "dpopnonce_", "dpop_"];

/// The first line of a file: whose replies these are.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Provenance {
    pub(super) server: String,
    #[serde(rename = "version")]
    _version: String,
    #[serde(rename = "recorded")]
    _recorded: String,
}

/// One reply, and what was asked.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Recorded {
    #[serde(skip)]
    pub(super) server: String,
    pub(super) case: String,
    #[serde(default, rename = "note")]
    _note: String,
    /// Whoever recorded it found that the server departs from the RFC.
    #[serde(default, rename = "unexpected")]
    pub(super) is_unexpected: bool,
    pub(super) request: Sent,
    response: Answer,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sent {
    pub(super) method: String,
    pub(super) url: String,
    pub(super) headers: Pairs,
    #[serde(default)]
    pub(super) body: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Answer {
    status: u16,
    headers: Pairs,
    #[serde(default)]
    body: String,
}

impl Recorded {
    /// The case, without what says that tokens are bound.
    pub(super) fn name(&self) -> &str {
        let rest = BOUND.iter().find_map(|prefix| self.case.strip_prefix(prefix));
        rest.unwrap_or(&self.case)
    }

    pub(super) fn is_bound(&self) -> bool {
        self.name() != self.case
    }

    pub(super) fn status(&self) -> u16 {
        self.response.status
    }

    pub(super) fn body(&self) -> &str {
        &self.response.body
    }

    /// A header of the reply.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        header(&self.response.headers, name)
    }

    /// The body as JSON; null where it is none, or says to be something else.
    pub(super) fn json(&self) -> Value {
        let is_json = self.header("content-type").is_some_and(|kind| kind.contains("json"));
        let json = is_json.then(|| serde_json::from_str(&self.response.body).ok());
        json.flatten().unwrap_or_default()
    }

    pub(super) fn response(&self) -> Response {
        let Answer { status, headers, body } = &self.response;
        let headers = headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        Response::new(*status, headers, body.as_str())
    }
}

impl Sent {
    /// A header of the request.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        header(&self.headers, name)
    }

    /// A parameter of the form that was sent.
    pub(super) fn param(&self, name: &str) -> Option<String> {
        form::value(&form::pairs(&self.body), name).map(str::to_owned)
    }

    /// The URL without its query.
    pub(super) fn endpoint(&self) -> &str {
        self.url.split_once('?').map_or(&self.url, |(endpoint, _)| endpoint)
    }

    /// The parameters of the URL.
    pub(super) fn query(&self) -> Pairs {
        self.url.split_once('?').map(|(_, query)| form::pairs(query)).unwrap_or_default()
    }

    /// The parameters, wherever they were sent.
    pub(super) fn params(&self) -> Pairs {
        self.query().into_iter().chain(form::pairs(&self.body)).collect()
    }

    /// The credential of an `Authorization` header, whatever its scheme.
    pub(super) fn credential(&self) -> Option<&str> {
        Some(self.header("authorization")?.split_once(' ')?.1.trim())
    }
}

/// The time of the replay.
pub(super) fn now() -> UnixTime {
    UnixTime::from_secs(1_800_000_000)
}

fn header<'a>(headers: &'a Pairs, wanted: &str) -> Option<&'a str> {
    let mut headers = headers.iter();
    headers.find_map(|(name, value)| name.eq_ignore_ascii_case(wanted).then_some(value.as_str()))
}
