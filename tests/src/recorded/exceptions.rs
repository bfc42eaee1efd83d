//! What single servers say that their case does not allow, and why: `exceptions.jsonl`.

use super::fixture::Recorded;
use serde::Deserialize;
use std::sync::LazyLock;

static EXCEPTIONS: LazyLock<Vec<Exception>> = LazyLock::new(|| {
    let lines = include_str!("exceptions.jsonl").lines();
    lines.map(|line| serde_json::from_str(line).expect("an exception")).collect()
});

/// Replies of a server that show the server, and not how a client should be.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Exception {
    server: String,
    /// What it says, as it is displayed.
    pub(super) says: String,
    pub(super) why: String,
    cases: Vec<String>,
}

impl Exception {
    /// What is known of a reply.
    pub(super) fn of(recorded: &Recorded) -> Option<&'static Self> {
        EXCEPTIONS.iter().find(|exception| {
            exception.server == recorded.server && exception.cases.contains(&recorded.case)
        })
    }
}

/// The exceptions that have no reply.
pub(super) fn stale(is_there: impl Fn(&str, &str) -> bool) -> Vec<String> {
    let all = EXCEPTIONS.iter().flat_map(|Exception { server, cases, .. }| {
        cases.iter().map(move |case| (server.as_str(), case.as_str()))
    });
    let stale = all.filter(|(server, case)| !is_there(server, case));
    stale.map(|(server, case)| format!("{server} {case}")).collect()
}
