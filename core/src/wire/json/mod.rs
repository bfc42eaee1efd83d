//! The members of one JSON object, read in one pass; and texts, written.
//!
//! Replies come from hostile servers: the reader refuses a second occurrence of a member that it
//! is asked for, skips all others at any depth without recursion, and borrows from the body. It
//! takes one bit of memory for each level of nesting beyond the 128th, and nothing else. What it
//! accepts is a subset of what `serde_json` accepts, but for two limits of `serde_json`'s own: the
//! depth of nesting, and the range of numbers.

mod fields;
mod nesting;
mod quote;
mod scanner;
mod text;
mod value;

use super::percent;
use crate::error::ProtocolError;
use scanner::Scanner;

pub(crate) use fields::Fields;
pub(crate) use quote::{quote_into, quoted_len};
pub(crate) use text::Text;
pub(crate) use value::Value;

/// The values of the named members, in the order of the names.
pub(crate) type Members<'a, const N: usize> = [Option<Value<'a>>; N];

/// Reads the named members of the one object that `body` is.
pub(crate) fn members<'a, const N: usize>(
    body: &'a [u8],
    names: &[&'static str; N],
) -> Result<Members<'a, N>, ProtocolError> {
    let text = core::str::from_utf8(body).map_err(|_| ProtocolError::NotJson)?;
    let mut scanner = Scanner::new(text.strip_prefix('\u{feff}').unwrap_or(text));
    let mut found = [None; N];
    let mut more = scanner.enter(b'{', b'}')?;
    while more {
        let name = scanner.key()?;
        let value = scanner.value()?;
        record(&mut found, names, name, value)?;
        more = scanner.next_element(b'}')?;
    }
    scanner.end()?;
    Ok(found)
}

/// Reads the named parameters of a form, as if it were an object of strings.
pub(crate) fn form_members<'a, const N: usize>(
    body: &'a [u8],
    names: &[&'static str; N],
) -> Result<Members<'a, N>, ProtocolError> {
    let text = core::str::from_utf8(body).map_err(|_| ProtocolError::NotForm)?;
    let mut found = [None; N];
    for (name, value) in percent::pairs(text.trim_ascii()) {
        // A parameter without a value counts as omitted (RFC 6749 section 3.2).
        if value.is_empty() {
            continue;
        }
        record(&mut found, names, Text::Percent(name), Value::Text(Text::Percent(value)))?;
    }
    Ok(found)
}

fn record<'a, const N: usize>(
    found: &mut Members<'a, N>,
    names: &[&'static str; N],
    name: Text<'_>,
    value: Value<'a>,
) -> Result<(), ProtocolError> {
    for (slot, known) in found.iter_mut().zip(names) {
        if name.is(known) {
            return match slot.replace(value) {
                None => Ok(()),
                Some(_) => Err(ProtocolError::Repeated(known)),
            };
        }
    }
    Ok(())
}

/// The texts of an array of strings; an error where an element is anything else.
pub(crate) fn texts(array: &str) -> impl Iterator<Item = Result<Text<'_>, ProtocolError>> {
    let mut scanner = Scanner::new(array);
    core::iter::from_fn(move || {
        scanner.skip_space();
        scanner.peek()?;
        Some(match scanner.value() {
            // What stands between two elements was checked when the array was skipped.
            Ok(Value::Text(text)) => {
                scanner.skip_space();
                scanner.bump();
                Ok(text)
            }
            _ => Err(ProtocolError::NotJson),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::{
        format,
        string::{String, ToString},
        vec::Vec,
    };
    use proptest::prelude::*;

    fn read(body: &str) -> Result<Option<Value<'_>>, ProtocolError> {
        members(body.as_bytes(), &["a"]).map(|[a]| a)
    }

    #[test]
    fn the_named_member_is_found_whatever_stands_around_it() {
        let text = Ok(Some(Value::Text(Text::Plain("x"))));
        assert_eq!(read(r#"{"a":"x"}"#), text);
        assert_eq!(
            read("\u{feff} {\t\"b\" : [ {} , [ ] , {\"a\":[1,{\"c\":null}]} ],\n\"a\":\"x\"}\r"),
            text
        );
        assert_eq!(read(r#"{"\u0061":"x"}"#), text);
        assert_eq!(read("{}"), Ok(None));
        assert_eq!(read(r#"{"b":1,"A":2}"#), Ok(None));
        assert_eq!(read(r#"{"a":[1,2]}"#), Ok(Some(Value::Array("1,2"))));
        assert_eq!(read(r#"{"a":-0.1e+5}"#), Ok(Some(Value::Number("-0.1e+5"))));
    }

    #[test]
    fn a_second_occurrence_is_refused_also_when_escaped() {
        assert_eq!(read(r#"{"a":1,"a":1}"#), Err(ProtocolError::Repeated("a")));
        assert_eq!(read(r#"{"a":null,"\u0061":1}"#), Err(ProtocolError::Repeated("a")));
        assert_eq!(read(r#"{"b":1,"b":1}"#), Ok(None));
        assert_eq!(form_members(b"a=1&%61=2", &["a"]), Err(ProtocolError::Repeated("a")));
    }

    #[test]
    fn what_is_not_one_object_is_refused() {
        for body in [
            "",
            "[]",
            "null",
            "{",
            "}",
            "{}x",
            "{} {}",
            r#"{"a"}"#,
            r#"{"a":}"#,
            r#"{"a":1,}"#,
            r#"{,}"#,
            r#"{a:1}"#,
            r#"{"a":01}"#,
            r#"{"a":1.}"#,
            r#"{"a":.1}"#,
            r#"{"a":+1}"#,
            r#"{"a":1e}"#,
            r#"{"a":nul}"#,
            r#"{"a":nulls}"#,
            r#"{"a":[}"#,
            r#"{"a":[}]}"#,
            r#"{"a":{"b"]}"#,
            r#"{"a":"\x"}"#,
            r#"{"a":"\u12"}"#,
            "{\"a\":\"\n\"}",
            "\u{feff}\u{feff}{}",
        ] {
            assert_eq!(read(body), Err(ProtocolError::NotJson), "{body}");
        }
        assert_eq!(members(b"{\"a\":\"\xff\"}", &["a"]), Err(ProtocolError::NotJson));
    }

    #[test]
    fn any_depth_is_skipped() {
        for depth in [127, 128, 129, 300, 100_000] {
            let mixed = format!(
                r#"{{"b":{}{},"a":1}}"#,
                "[{\"c\":".repeat(depth) + "0",
                "}]".repeat(depth)
            );
            assert_eq!(read(&mixed), Ok(Some(Value::Number("1"))), "{depth}");
            let crossed = format!(
                r#"{{"b":{}{},"a":1}}"#,
                "[{\"c\":".repeat(depth) + "0",
                "]}".repeat(depth)
            );
            assert_eq!(read(&crossed), Err(ProtocolError::NotJson), "{depth}");
        }
    }

    #[test]
    fn an_array_of_strings_is_read_and_anything_else_is_not() {
        let read = |array| texts(array).map(|text| text.ok()?.decode()).collect::<Option<Vec<_>>>();
        assert_eq!(read(r#" "a" , "b\n" "#), Some(["a".into(), "b\n".into()].into()));
        assert_eq!(read(""), Some(Vec::new()));
        assert_eq!(read(r#""a",1"#), None);
        assert_eq!(read(r#"["a"]"#), None);
    }

    proptest! {
        #[test]
        fn what_is_accepted_is_a_subset_of_what_serde_json_accepts(
            body in r#"(\{("a"|"b"|"\\u0061"|[ -~]{0,3}):([0-9eE.+-]{1,6}|"[ -~]{0,6}"|null|true|\[[\]{}"a:,1]{0,8}|[ -~]{0,6})(,"b":1)?\}|[\[\]{}"a:,1 \\]{0,12})"#
        ) {
            if let Ok([a]) = members(body.as_bytes(), &["a"]) {
                let oracle = serde_json::from_str::<serde_json::Map<_, _>>(&body);
                let out_of_range =
                    |error: &serde_json::Error| error.to_string().starts_with("number out of range");
                if oracle.as_ref().is_err_and(out_of_range) {
                    return Ok(());
                }
                let oracle = oracle.unwrap();
                match (a, oracle.get("a")) {
                    (None, found) => prop_assert_eq!(found, None),
                    (Some(Value::Text(text)), Some(serde_json::Value::String(found))) => {
                        let text = text.decode();
                        prop_assert_eq!(text.as_ref(), Some(found));
                    }
                    (Some(Value::Number(_)), found) => prop_assert!(found.unwrap().is_number()),
                    (Some(Value::Array(_)), found) => prop_assert!(found.unwrap().is_array()),
                    (Some(Value::Null), found) => prop_assert!(found.unwrap().is_null()),
                    (Some(_), found) => prop_assert!(found.is_some()),
                }
            }
        }

        #[test]
        fn what_serde_json_writes_is_read(text: String, other: String) {
            let body = serde_json::json!({ "a": text, (format!("x{other}")): [other] });
            let body = serde_json::to_vec(&body).unwrap();
            let [a] = members(&body, &["a"]).unwrap();
            let Some(Value::Text(found)) = a else { panic!("{a:?}") };
            prop_assert_eq!(found.decode(), Some(text));
        }
    }
}
