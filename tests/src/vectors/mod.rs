//! Runs test vectors: files with one JSON object a line, through grantflow's public API alone.
//!
//! Every case passes or fails. A group, or a member anywhere in a case, that is not understood is
//! a failure, so that a case never passes by what was overlooked. A new group is a file with a
//! `run` and a line in [`GROUPS`].

mod authz_url;
mod callback;
mod client_auth;
mod device;
mod discovery;
mod dpop;
mod exchange;
mod expect;
pub(crate) mod fault;
pub(crate) mod form;
mod introspection;
mod members;
mod par;
mod pkce;
mod quirks;
mod refresh;
mod reply;
pub(crate) mod request;
mod resource_metadata;
mod revocation;
pub(crate) mod stage;
pub(crate) mod stored_pending;
#[cfg(test)]
mod tests;
mod token_response;
mod tokens;
mod unguessable;
mod www_authenticate;

pub use fault::Fault;

use expect::Expect;
use members::Members;
use serde_json::Value;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Runs one case of a group: does what `input` says and holds the outcome against `expect`.
struct Group(&'static str, fn(Members, Expect) -> Result<(), Fault>);

const GROUPS: [Group; 15] = [
    Group("authz_url", authz_url::run),
    Group("callback", callback::run),
    Group("client_auth", client_auth::run),
    Group("device", device::run),
    Group("discovery", discovery::run),
    Group("dpop", dpop::run),
    Group("introspection", introspection::run),
    Group("par", par::run),
    Group("pkce", pkce::run),
    Group("refresh", refresh::run),
    Group("resource_metadata", resource_metadata::run),
    Group("revocation", revocation::run),
    Group("token_error", token_response::run),
    Group("token_response", token_response::run),
    Group("www_authenticate", www_authenticate::run),
];

/// What became of the cases.
#[derive(Debug, Default)]
pub struct Report {
    /// How many passed.
    pub passed: usize,
    /// Those that failed: the case's id and why.
    pub failed: Vec<(String, Fault)>,
}

impl Report {
    /// Runs the cases of one file's text and counts them in.
    pub fn run(&mut self, text: &str) {
        for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            match run_line(line) {
                (_, Ok(())) => self.passed += 1,
                (id, Err(fault)) => {
                    let id = id.unwrap_or_else(|| format!("line {}", index + 1));
                    self.failed.push((id, fault));
                }
            }
        }
    }
}

/// The case's id, as far as it has one, and whether it passed.
fn run_line(line: &str) -> (Option<String>, Result<(), Fault>) {
    let case = match serde_json::from_str(line) {
        Ok(case) => case,
        Err(error) => return (None, Err(Fault::new(format!("not JSON: {error}")))),
    };
    match Members::new("case", case) {
        Ok(mut case) => match case.required("id") {
            Ok(id) => (Some(id), run_case(case)),
            Err(fault) => (None, Err(fault)),
        },
        Err(fault) => (None, Err(fault)),
    }
}

fn run_case(mut case: Members) -> Result<(), Fault> {
    let name: String = case.required("group")?;
    let input = Members::new("input", case.required("input")?)?;
    let expect = Expect::new(case.required::<Value>("expect")?)?;
    case.informative("source");
    case.informative("why");
    case.finish()?;
    let group = GROUPS.iter().find(|group| group.0 == name);
    let Group(_, run) =
        group.ok_or_else(|| Fault::not_understood(format_args!("the group {name:?}")))?;
    // The core never panics; if it does, that is this case's fault and no other's.
    catch_unwind(AssertUnwindSafe(|| run(input, expect)))
        .unwrap_or_else(|_| Err(Fault::new("a panic")))
}
