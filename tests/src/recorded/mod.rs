//! Replays what real servers said: files with one reply a line, through grantflow's public API
//! alone, without a server.
//!
//! What a case allows is in a table by the case's name, what single servers say all the same in
//! another, each with its reason; what a reply says is read by other means than grantflow's. A
//! reply that no rule takes is a failure, so that none is ever skipped.

mod callback;
mod device;
mod discovery;
mod endpoints;
mod exceptions;
mod expected;
mod fixture;
mod outcome;
mod party;
mod register;
mod resource;
mod said;
mod secrets;
mod sent;
mod tokens;

pub use crate::vectors::Fault;

use fixture::{Provenance, Recorded};
use grantflow::{Error, Failure};
use std::{
    collections::{BTreeMap, BTreeSet},
    panic::{AssertUnwindSafe, catch_unwind},
};

/// Which replies an exchange takes, by the beginning of their case's name.
struct Rule(&'static str, Take);

/// Takes a reply in; a callback needs to know what the server says of itself, too.
enum Take {
    Reply(fn(&Recorded) -> Result<(), Fault>),
    Callback,
}

use Take::{Callback, Reply};

/// Of several that fit, the longest counts.
const RULES: &[Rule] = &[
    Rule("authorize_", Callback),
    Rule("device_", Reply(device::poll)),
    Rule("device_authorization", Reply(device::authorization)),
    Rule("device_wrong_client", Reply(device::authorization)),
    Rule("discovery_oidc", Reply(discovery::openid)),
    Rule("discovery_rfc8414", Reply(discovery::oauth)),
    Rule("discovery_rfc9728", Reply(discovery::resource)),
    Rule("introspect", Reply(endpoints::introspect)),
    Rule("jar_authorize", Callback),
    Rule("jar_token", Reply(tokens::run)),
    Rule("native_loopback_other_port", Callback),
    Rule("native_loopback_token", Reply(tokens::run)),
    Rule("par_", Reply(endpoints::push)),
    Rule("par_authorize", Callback),
    Rule("par_required_but_not_used", Callback),
    Rule("par_token", Reply(tokens::run)),
    Rule("rar_authorize", Callback),
    Rule("rar_introspect", Reply(endpoints::introspect)),
    Rule("rar_token", Reply(tokens::run)),
    Rule("rar_unknown_type", Callback),
    Rule("refresh_", Reply(tokens::refresh)),
    Rule("register_", Reply(register::register)),
    Rule("register_delete", Reply(register::delete)),
    Rule("register_read", Reply(register::read)),
    Rule("resource_", Reply(resource::call)),
    Rule("resource_indicator_authorize", Callback),
    Rule("resource_indicator_introspect", Reply(endpoints::introspect)),
    Rule("resource_indicator_invalid_target", Callback),
    Rule("resource_indicator_token", Reply(tokens::run)),
    Rule("revoke_", Reply(endpoints::revoke)),
    Rule("token_", Reply(tokens::run)),
    Rule("userinfo_", Reply(resource::call)),
];

/// What became of the replies.
#[derive(Debug, Default)]
pub struct Report {
    /// How many replies of each server were as they must be.
    pub passed: BTreeMap<String, usize>,
    /// Those that were not: server and case, and why.
    pub failed: Vec<(String, Fault)>,
    seen: BTreeSet<(String, String)>,
}

impl Report {
    /// Replays one file's text: where the replies are from, then one reply a line.
    pub fn run(&mut self, text: &str) {
        match read(text) {
            Ok(replies) => self.replay(&replies),
            Err(fault) => self.failed.push(("a file".to_owned(), fault)),
        }
    }

    /// Exceptions that nothing is replayed for.
    #[must_use]
    pub fn stale_exceptions(&self) -> Vec<String> {
        exceptions::stale(|server, case| self.seen.contains(&(server.to_owned(), case.to_owned())))
    }

    fn replay(&mut self, replies: &[Recorded]) {
        let is_metadata = |case: &str| ["discovery_rfc8414", "discovery_oidc"].contains(&case);
        let metadata = replies.iter().find(|one| is_metadata(&one.case) && one.status() == 200);
        for recorded in replies {
            self.seen.insert((recorded.server.clone(), recorded.case.clone()));
            // The core never panics; if it does, that is this reply's fault and no other's.
            let replayed = catch_unwind(AssertUnwindSafe(|| take(recorded, metadata)));
            match replayed.unwrap_or_else(|_| Err(Fault::new("a panic"))) {
                Ok(()) => *self.passed.entry(recorded.server.clone()).or_default() += 1,
                Err(fault) => {
                    self.failed.push((format!("{} {}", recorded.server, recorded.case), fault));
                }
            }
        }
    }
}

fn read(text: &str) -> Result<Vec<Recorded>, Fault> {
    let mut lines = text.lines();
    let provenance: Provenance = parse(lines.next().unwrap_or_default())?;
    let of_server = |mut recorded: Recorded| {
        recorded.server.clone_from(&provenance.server);
        recorded
    };
    lines.map(|line| parse(line).map(of_server)).collect()
}

fn parse<T: serde::de::DeserializeOwned>(line: &str) -> Result<T, Fault> {
    serde_json::from_str(line).map_err(|error| Fault::new(format!("not a reply: {error}")))
}

fn take(recorded: &Recorded, metadata: Option<&Recorded>) -> Result<(), Fault> {
    let fitting = RULES.iter().filter(|Rule(case, _)| recorded.name().starts_with(case));
    match fitting.max_by_key(|Rule(case, _)| case.len()) {
        Some(Rule(_, Reply(take))) => take(recorded),
        Some(Rule(_, Callback)) => callback::receive(recorded, metadata),
        None => Err(Fault::new("no rule takes this reply")),
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Self::new(format!("before the reply: {error}"))
    }
}

impl<S> From<Failure<S>> for Fault {
    fn from(failure: Failure<S>) -> Self {
        failure.into_error().into()
    }
}
