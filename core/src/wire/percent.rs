//! Percent-encoding: writing by `form_urlencoded`, reading by our own strict decoder.

use alloc::{string::String, vec::Vec};
use url::form_urlencoded::byte_serialize;
use zeroize::Zeroizing;

/// How a space is written.
#[derive(Clone, Copy)]
pub(crate) enum Space {
    /// In bodies (RFC 6749 appendix B).
    Plus,
    /// In URLs: legal everywhere, and some providers know nothing else.
    Percent20,
}

/// Writes a text in the form encoding.
pub(crate) fn encode_into(out: &mut String, text: &str, space: Space) {
    for piece in byte_serialize(text.as_bytes()) {
        match (piece, space) {
            ("+", Space::Percent20) => out.push_str("%20"),
            _ => out.push_str(piece),
        }
    }
}

/// The length of what [`encode_into`] writes at most.
pub(crate) fn encoded_len(text: &str) -> usize {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"*-._".contains(byte);
    let escaped = text.bytes().filter(|byte| !plain(byte)).count();
    text.len().saturating_add(escaped.saturating_mul(2))
}

/// A text that is not validly percent-encoded UTF-8.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct BadEncoding;

/// Decodes one name or value of a form onto the end of a buffer: `+` is a space, `%HH` an octet,
/// once; the octets are UTF-8.
pub(crate) fn decode_onto(out: &mut Vec<u8>, text: &str) -> Result<(), BadEncoding> {
    let start = out.len();
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        out.push(match byte {
            b'+' => b' ',
            b'%' => {
                let high = bytes.next().and_then(hex_digit).ok_or(BadEncoding)?;
                let low = bytes.next().and_then(hex_digit).ok_or(BadEncoding)?;
                high << 4 | low
            }
            other => other,
        });
    }
    let decoded = out.get(start..).unwrap_or_default();
    core::str::from_utf8(decoded).map(drop).map_err(|_| BadEncoding)
}

/// Decodes one name or value of a form.
pub(crate) fn decode(text: &str) -> Result<String, BadEncoding> {
    // Wiped where it goes wrong half-way: it may be half a secret.
    let mut out = Zeroizing::new(Vec::with_capacity(text.len()));
    decode_onto(&mut out, text)?;
    String::from_utf8(core::mem::take(&mut *out)).map_err(|_| BadEncoding)
}

/// The value of a hexadecimal digit.
pub(crate) fn hex_digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => byte.checked_sub(b'0'),
        b'a'..=b'f' => byte.checked_sub(b'a' - 10),
        b'A'..=b'F' => byte.checked_sub(b'A' - 10),
        _ => None,
    }
}

/// The pairs of a form or query, still encoded; empty pairs are no pairs.
pub(crate) fn pairs(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_space_is_written_as_its_place_demands() {
        let encode = |space| {
            let mut out = String::new();
            encode_into(&mut out, "a b+c*-._~é", space);
            assert!(out.len() <= encoded_len("a b+c*-._~é"));
            out
        };
        assert_eq!(encode(Space::Plus), "a+b%2Bc*-._%7E%C3%A9");
        assert_eq!(encode(Space::Percent20), "a%20b%2Bc*-._%7E%C3%A9");
    }

    #[test]
    fn decoding_is_strict() {
        assert_eq!(decode("a+b%2Bc%C3%A9é").as_deref(), Ok("a b+céé"));
        assert_eq!(decode("%2541").as_deref(), Ok("%41"));
        for bad in ["%", "%4", "%zz", "%+1", "%FE", "%C3", "%é1"] {
            assert_eq!(decode(bad), Err(BadEncoding), "{bad}");
        }
    }
}
