//! What a reply says, by libraries that are not ours.

use crate::json::{Object, without_mark};
use grantflow::Response;
use serde_json::Value;

/// How a reply is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A form.
    Form,
    /// JSON, or nothing is said.
    Json,
    /// Anything else.
    Other,
}

/// How a reply says that it is written; where `sniff`, texts are what they look like.
pub(crate) fn kind(response: &Response, sniff: bool) -> Kind {
    let mut types = response.headers_named("content-type");
    let (Some(field), None) = (types.next(), types.next()) else {
        let is_absent = response.headers_named("content-type").next().is_none();
        return if is_absent { Kind::Json } else { Kind::Other };
    };
    // An octet that is no text makes it none of the known ones.
    let field = core::str::from_utf8(field).unwrap_or_default();
    let essence = field.split(';').next().unwrap_or_default().trim_matches([' ', '\t']);
    match essence.to_ascii_lowercase().as_str() {
        "application/json" => Kind::Json,
        "application/x-www-form-urlencoded" => Kind::Form,
        "text/plain" | "text/html" | "text/javascript" if sniff => {
            let body = without_mark(response.body()).trim_ascii_start();
            if body.starts_with(b"{") { Kind::Json } else { Kind::Form }
        }
        _ => Kind::Other,
    }
}

/// The members of a reply; `None` if the other library cannot read them.
pub(crate) fn members(response: &Response, sniff: bool) -> Option<Object> {
    match kind(response, sniff) {
        Kind::Json => Object::read(response.body()),
        Kind::Form => {
            let pairs = pairs(response.body().trim_ascii())?;
            // A parameter without a value counts as omitted (RFC 6749 section 3.2).
            let pairs = pairs.into_iter().filter(|(_, value)| !value.is_empty());
            Some(Object(pairs.map(|(name, value)| (name, Value::from(value))).collect()))
        }
        Kind::Other => None,
    }
}

/// The pairs of a form; `None` if it is not validly percent-encoded UTF-8, which the other
/// library mends.
pub(crate) fn pairs(form: &[u8]) -> Option<Vec<(String, String)>> {
    let is_escape = |after: &[u8]| matches!(after, [high, low, ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit());
    let is_valid = form.split(|octet| *octet == b'%').skip(1).all(is_escape);
    let pairs: Vec<(String, String)> = serde_urlencoded::from_bytes(form).ok()?;
    let is_mended = |text: &String| text.contains(char::REPLACEMENT_CHARACTER);
    let is_plain = !pairs.iter().any(|(name, value)| is_mended(name) || is_mended(value));
    (is_valid && is_plain).then_some(pairs)
}
