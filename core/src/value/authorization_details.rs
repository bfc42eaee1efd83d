//! What exactly is asked for, beyond scopes (RFC 9396).

use crate::error::{ConfigError, Error};
use alloc::string::String;
use serde::Serialize;
use serde_json::Value;

/// Writes the caller's own types as the JSON array that `authorization_details` is: of objects,
/// each with a `type` (RFC 9396 section 2).
pub(crate) fn authorization_details(details: &[impl Serialize]) -> Result<String, Error> {
    let is_typed = |detail: &Value| {
        detail.as_object().is_some_and(|detail| {
            detail.get("type").and_then(Value::as_str).is_some_and(|text| !text.is_empty())
        })
    };
    let value = serde_json::to_value(details).map_err(|_| ConfigError::AuthorizationDetails)?;
    let all_typed = value.as_array().is_some_and(|all| !all.is_empty() && all.iter().all(is_typed));
    match serde_json::to_string(details) {
        Ok(text) if all_typed => Ok(text),
        _ => Err(ConfigError::AuthorizationDetails.into()),
    }
}
