//! What the steps of every flow have in common.

use crate::rt::print;
use alloc::{format, string::String};
use grantflow::{Error, UnixTime};

pub(crate) const START: UnixTime = UnixTime::from_secs(1_700_000_000);
pub(crate) const JSON: [(&str, &str); 1] = [("Content-Type", "application/json")];

/// Prints what became of a step.
pub(crate) fn step<T>(name: &str, result: Result<T, String>) -> Result<T, String> {
    print(&format!("{name}: {}", if result.is_ok() { "ok" } else { "not ok" }));
    result
}

/// What an error says.
pub(crate) fn text<E: Into<Error>>(error: E) -> String {
    format!("{}", error.into())
}

/// Refuses with the name of what does not hold.
pub(crate) fn check(holds: bool, what: &str) -> Result<(), String> {
    if holds { Ok(()) } else { Err(what.into()) }
}
