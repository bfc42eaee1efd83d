//! Fitbit.

use super::{Preset, with_body};
use crate::{client::Quirks, wire::Response};
use alloc::{string::String, vec, vec::Vec};
use serde::{Deserialize, Serialize};

/// Fitbit. Its errors are a list of their own form; [`fitbit_errors`] reads it.
///
/// ```
/// use grantflow::preset::{AuthStyle, FITBIT};
///
/// assert_eq!(FITBIT.auth, AuthStyle::Basic);
/// assert_eq!(FITBIT.quirks().rewrites.len(), 1);
/// ```
pub const FITBIT: Preset = Preset {
    revocation_endpoint: Some("https://api.fitbit.com/oauth2/revoke"),
    quirks: || Quirks { rewrites: vec![fitbit_errors], ..Quirks::default() },
    ..Preset::new(
        "Fitbit",
        "https://www.fitbit.com/oauth2/authorize",
        "https://api.fitbit.com/oauth2/token",
    )
};

#[derive(Deserialize)]
struct Reply {
    errors: Vec<Problem>,
}

#[derive(Deserialize, Serialize)]
struct Problem {
    #[serde(rename(deserialize = "errorType", serialize = "error"))]
    code: String,
    #[serde(rename(deserialize = "message", serialize = "error_description"))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    description: Option<String>,
}

/// Writes the first of Fitbit's errors as the OAuth error that it means. Any other reply stays as
/// it is.
///
/// ```
/// use grantflow::{Response, preset::fitbit_errors};
///
/// let json = [("Content-Type", "application/json")];
/// let reply = r#"{"errors":[{"errorType":"invalid_grant","message":"expired"}],"success":false}"#;
/// let rewritten = fitbit_errors(Response::new(400, json, reply));
/// assert_eq!(rewritten.body(), br#"{"error":"invalid_grant","error_description":"expired"}"#);
/// ```
#[must_use]
pub fn fitbit_errors(response: Response) -> Response {
    let errors = response.json::<Reply>().map(|reply| reply.errors).unwrap_or_default();
    let first = errors.first().and_then(|first| serde_json::to_vec(first).ok());
    match first {
        Some(body) => with_body(&response, body),
        None => response,
    }
}
