//! Texts, decoded only when they are wanted.

use crate::wire::percent;
use alloc::string::String;
use zeroize::Zeroizing;

/// A text, still as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Text<'a> {
    /// A JSON string with escapes.
    Escaped(&'a str),
    /// A value of a form.
    Percent(&'a str),
    Plain(&'a str),
}

impl<'a> Text<'a> {
    /// The text itself, in one allocation. `None`: half a surrogate pair, or bad percent-encoding.
    pub(crate) fn decode(self) -> Option<String> {
        match self {
            Self::Escaped(raw) => unescape(raw),
            Self::Percent(raw) => percent::decode(raw).ok(),
            Self::Plain(raw) => Some(raw.into()),
        }
    }

    /// The text as it was written; its length is the decoded length or more.
    pub(crate) fn raw(self) -> &'a str {
        match self {
            Self::Escaped(raw) | Self::Percent(raw) | Self::Plain(raw) => raw,
        }
    }

    pub(super) fn is(self, name: &str) -> bool {
        match self {
            Self::Plain(raw) => raw == name,
            // A character takes six at most; whatever is longer need not be decoded.
            other => {
                other.raw().len() <= name.len().saturating_mul(6)
                    && other.decode().as_deref() == Some(name)
            }
        }
    }
}

fn unescape(raw: &str) -> Option<String> {
    // Wiped where it goes wrong half-way: it may be half a secret.
    let mut out = Zeroizing::new(String::with_capacity(raw.len()));
    let mut rest = raw;
    while let Some((plain, escape)) = rest.split_once('\\') {
        out.push_str(plain);
        let mut characters = escape.chars();
        match characters.next()? {
            'b' => out.push('\u{8}'),
            'f' => out.push('\u{c}'),
            'n' => out.push('\n'),
            'r' => out.push('\r'),
            't' => out.push('\t'),
            'u' => {
                let (character, after) = code_point(characters.as_str())?;
                out.push(character);
                characters = after.chars();
            }
            other => out.push(other),
        }
        rest = characters.as_str();
    }
    out.push_str(rest);
    Some(core::mem::take(&mut *out))
}

/// The character of `XXXX` or `XXXX\uXXXX`, and what follows it.
fn code_point(text: &str) -> Option<(char, &str)> {
    let (first, rest) = code_unit(text)?;
    if let Some(character) = char::from_u32(first.into()) {
        return Some((character, rest));
    }
    let (second, rest) = code_unit(rest.strip_prefix("\\u")?)?;
    let character = char::decode_utf16([first, second]).next()?.ok()?;
    Some((character, rest))
}

fn code_unit(text: &str) -> Option<(u16, &str)> {
    let (digits, rest) = text.split_at_checked(4)?;
    Some((u16::from_str_radix(digits, 16).ok()?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_decoded() {
        let decode = |raw| Text::Escaped(raw).decode();
        assert_eq!(
            decode(r#"\"\\\/\b\f\n\r\t\u00e9\ud83d\udd11"#).as_deref(),
            Some("\"\\/\u{8}\u{c}\n\r\té🔑")
        );
        assert_eq!(decode(r"\ud83d"), None);
        assert_eq!(decode(r"\ud83dx"), None);
        assert_eq!(decode(r"\udd11"), None);
        assert_eq!(decode(r"\ud83d\u0041"), None);
    }
}
