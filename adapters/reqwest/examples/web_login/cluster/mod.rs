//! What is different behind a load balancer: where a visit is kept.

pub(crate) mod args;
mod lease;
mod seal;
pub(crate) mod store;
pub(crate) mod visit;

use axum_extra::extract::cookie::Key;
use std::env;

/// The key that all processes share. Whoever has it can read what Redis holds, and sign in as
/// anybody.
pub(crate) fn key_from_env() -> Result<Key, String> {
    let text = env::var("PRINTMYPICS_KEY").map_err(|_| "PRINTMYPICS_KEY is not set")?;
    let pairs = (0..text.len()).step_by(2).map(|at| text.get(at..at + 2));
    let octets = pairs.map(|pair| u8::from_str_radix(pair?, 16).ok()).collect::<Option<Vec<_>>>();
    let octets = octets.filter(|octets| octets.len() == 64);
    let octets = octets.ok_or("PRINTMYPICS_KEY must be 128 hexadecimal digits")?;
    Ok(Key::from(&octets))
}
