//! The switches that a case turns, by their names in the API.

use super::{fault::Fault, members::Members};
use grantflow::{BasicEncoding, Pkce, Quirks, TokenRequestBody};
use serde_json::{Map, Value};
use std::time::Duration;

/// Takes `quirk` and `quirks`: an object of names and values, or a list whose items are such
/// objects or texts. A text is a name, with its value, if any, after `=`, `:` or a space.
pub(super) fn take(from: &mut Members) -> Result<Quirks, Fault> {
    let mut quirks = Quirks::default();
    for member in ["quirk", "quirks"] {
        match from.optional(member)? {
            None => {}
            Some(Value::Array(items)) => {
                for item in items {
                    turn(&mut quirks, item)?;
                }
            }
            Some(item) => turn(&mut quirks, item)?,
        }
    }
    Ok(quirks)
}

fn turn(quirks: &mut Quirks, item: Value) -> Result<(), Fault> {
    match item {
        Value::String(text) => {
            let (name, value) = split(&text);
            set(quirks, name, value)
        }
        Value::Object(pairs) => {
            pairs.into_iter().try_for_each(|(name, value)| set(quirks, &name, value))
        }
        other => Err(Fault::not_understood(format_args!("the quirk {other}"))),
    }
}

/// A name alone turns a switch on.
fn split(text: &str) -> (&str, Value) {
    let Some((name, value)) = text.split_once(['=', ':', ' ']) else { return (text, true.into()) };
    let value = if value.trim().is_empty() { value } else { value.trim() };
    (name, serde_json::from_str(value).unwrap_or_else(|_| value.into()))
}

fn set(quirks: &mut Quirks, name: &str, value: Value) -> Result<(), Fault> {
    let odd = Fault::not_understood(format_args!("the quirk {name} with {value}"));
    let switch = match name {
        "accept_201" => &mut quirks.accept_201,
        "accept_par_200" => &mut quirks.accept_par_200,
        "body_sniff" => &mut quirks.body_sniff,
        "expires_alias" => &mut quirks.expires_alias,
        "expires_in_zero_means_never" => &mut quirks.expires_in_zero_means_never,
        "missing_token_type_is_bearer" => &mut quirks.missing_token_type_is_bearer,
        _ => return set_value(quirks, name, value).ok_or(odd),
    };
    *switch = value.as_bool().ok_or(odd)?;
    Ok(())
}

/// Sets a quirk that is more than on or off; none if name or value mean nothing.
fn set_value(quirks: &mut Quirks, name: &str, value: Value) -> Option<()> {
    let word = value.as_str().map(str::to_ascii_lowercase);
    match name {
        "basic_encoding" => {
            quirks.basic_encoding = match word?.as_str() {
                "form" => BasicEncoding::Form,
                "raw" => BasicEncoding::Raw,
                _ => return None,
            }
        }
        "client_id_param" => quirks.client_id_param = Some(fixed(&value)?),
        "client_secret_param" => quirks.client_secret_param = Some(fixed(&value)?),
        "code_param" => quirks.code_param = Some(fixed(&value)?),
        "default_expires_in" => {
            let seconds = value.as_u64().or_else(|| value.as_str()?.parse().ok())?;
            quirks.default_expires_in = Some(Duration::from_secs(seconds));
        }
        "pkce" => {
            quirks.pkce = match word?.as_str() {
                "off" => Pkce::Off,
                "s256" => Pkce::S256,
                _ => return None,
            }
        }
        "scope_separator" => quirks.scope_separator = Some(value.as_str()?.parse().ok()?),
        "token_request_body" => {
            quirks.token_request_body = match word?.as_str() {
                "form" => TokenRequestBody::Form,
                "json" => TokenRequestBody::Json,
                _ => return None,
            }
        }
        "token_type_alias" | "token_type_aliases" => {
            quirks.token_type_aliases.extend(aliases(value)?);
        }
        _ => return None,
    }
    Some(())
}

/// One type, a list of them, or an object that says of each that it means Bearer.
fn aliases(value: Value) -> Option<Vec<String>> {
    let means_bearer =
        |value: &Value| value.as_str().is_some_and(|text| text.eq_ignore_ascii_case("bearer"));
    match value {
        Value::String(alias) => Some(vec![alias]),
        Value::Object(pairs) if pairs.values().all(means_bearer) => Some(names(pairs)),
        other => serde_json::from_value(other).ok(),
    }
}

fn names(pairs: Map<String, Value>) -> Vec<String> {
    pairs.into_iter().map(|(name, _)| name).collect()
}

/// The API wants names that are written in the program. A runner is done before that matters.
fn fixed(value: &Value) -> Option<&'static str> {
    value.as_str().map(|text| &*text.to_owned().leak())
}
