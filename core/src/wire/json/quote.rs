//! Texts as JSON strings, for bodies that must be written in one piece.

use alloc::string::String;
use core::fmt::Write;

/// Writes a text as a JSON string (RFC 8259 section 7).
pub(crate) fn quote_into(out: &mut String, text: &str) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => out.extend(['\\', character]),
            '\0'..='\u{1f}' => {
                // Writing into memory cannot fail.
                let _ = write!(out, "\\u{:04x}", u32::from(character));
            }
            other => out.push(other),
        }
    }
    out.push('"');
}

/// The length of what [`quote_into`] writes at most.
pub(crate) fn quoted_len(text: &str) -> usize {
    let escaped = text.bytes().filter(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1f)).count();
    text.len().saturating_add(escaped.saturating_mul(5)).saturating_add(2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_would_end_a_string_is_escaped() {
        let mut out = String::new();
        quote_into(&mut out, "a\"b\\c\n\u{1f}/\u{7f}é");
        assert_eq!(out, "\"a\\\"b\\\\c\\u000a\\u001f/\u{7f}é\"");
    }

    proptest! {
        #[test]
        fn what_is_quoted_comes_back(text: String) {
            let mut out = String::new();
            quote_into(&mut out, &text);
            prop_assert!(out.len() <= quoted_len(&text));
            prop_assert_eq!(serde_json::from_str::<String>(&out).unwrap(), text);
        }
    }
}
