//! The members of one JSON object, read in one pass.
//!
//! Replies come from hostile servers: the reader refuses a second occurrence of a member that it
//! is asked for, skips all others at any depth without recursion, and borrows from the body. It
//! takes one bit of memory for each level of nesting beyond the 128th, and nothing else. What it
//! accepts is a subset of what `serde_json` accepts.

use super::percent::{self, hex_digit};
use crate::error::ProtocolError;
use alloc::{string::String, vec::Vec};

/// The value of a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Value<'a> {
    /// An array: the text between its brackets.
    Array(&'a str),
    Null,
    Number(&'a str),
    /// `true`, `false` or an object.
    Other,
    Text(Text<'a>),
}

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

    fn is(self, name: &str) -> bool {
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

struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

type Scan<T> = Result<T, ProtocolError>;

impl<'a> Scanner<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn bump(&mut self) {
        self.at = self.at.saturating_add(1);
    }

    fn rest(&self) -> &'a [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    fn since(&self, start: usize) -> &'a str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    /// Goes on while the bytes are of a kind.
    fn run(&mut self, is_member: impl Fn(u8) -> bool) {
        let length = self.rest().iter().take_while(|byte| is_member(**byte)).count();
        self.at = self.at.saturating_add(length);
    }

    fn skip_space(&mut self) {
        self.run(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'));
    }

    fn eat(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        if found {
            self.bump();
        }
        found
    }

    fn expect(&mut self, byte: u8) -> Scan<()> {
        if self.eat(byte) { Ok(()) } else { Err(ProtocolError::NotJson) }
    }

    fn end(&mut self) -> Scan<()> {
        self.skip_space();
        if self.rest().is_empty() { Ok(()) } else { Err(ProtocolError::NotJson) }
    }

    /// Opens an object or array; whether it has an element.
    fn enter(&mut self, open: u8, close: u8) -> Scan<bool> {
        self.skip_space();
        self.expect(open)?;
        self.skip_space();
        Ok(!self.eat(close))
    }

    /// After an element: whether another follows.
    fn next_element(&mut self, close: u8) -> Scan<bool> {
        self.skip_space();
        if self.eat(close) {
            return Ok(false);
        }
        self.expect(b',')?;
        Ok(true)
    }

    fn key(&mut self) -> Scan<Text<'a>> {
        self.skip_space();
        let name = self.string()?;
        self.skip_space();
        self.expect(b':')?;
        Ok(name)
    }

    fn value(&mut self) -> Scan<Value<'a>> {
        self.skip_space();
        let start = self.at;
        match self.peek() {
            Some(b'"') => self.string().map(Value::Text),
            Some(b'[') => {
                self.skip_nested()?;
                let inner =
                    self.since(start).strip_prefix('[').and_then(|all| all.strip_suffix(']'));
                Ok(Value::Array(inner.unwrap_or_default()))
            }
            Some(b'{') => self.skip_nested().map(|()| Value::Other),
            _ => self.scalar(),
        }
    }

    fn scalar(&mut self) -> Scan<Value<'a>> {
        let start = self.at;
        if matches!(self.peek(), Some(b'-' | b'0'..=b'9')) {
            self.number()?;
            return Ok(Value::Number(self.since(start)));
        }
        self.run(|byte| byte.is_ascii_lowercase());
        match self.since(start) {
            "null" => Ok(Value::Null),
            "true" | "false" => Ok(Value::Other),
            _ => Err(ProtocolError::NotJson),
        }
    }

    /// RFC 8259 section 6.
    fn number(&mut self) -> Scan<()> {
        self.eat(b'-');
        if !self.eat(b'0') {
            self.digits()?;
        }
        if self.eat(b'.') {
            self.digits()?;
        }
        if self.eat(b'e') || self.eat(b'E') {
            let _ = self.eat(b'+') || self.eat(b'-');
            self.digits()?;
        }
        Ok(())
    }

    fn digits(&mut self) -> Scan<()> {
        let start = self.at;
        self.run(|byte| byte.is_ascii_digit());
        if self.at == start { Err(ProtocolError::NotJson) } else { Ok(()) }
    }

    /// RFC 8259 section 7.
    fn string(&mut self) -> Scan<Text<'a>> {
        self.expect(b'"')?;
        let start = self.at;
        let mut escaped = false;
        loop {
            self.run(|byte| byte >= b' ' && byte != b'"' && byte != b'\\');
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => {
                    escaped = true;
                    self.bump();
                    self.escape()?;
                }
                _ => return Err(ProtocolError::NotJson),
            }
        }
        let raw = self.since(start);
        self.bump();
        Ok(if escaped { Text::Escaped(raw) } else { Text::Plain(raw) })
    }

    /// What follows a back slash.
    fn escape(&mut self) -> Scan<()> {
        let kind = self.peek();
        self.bump();
        match kind {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => Ok(()),
            Some(b'u') => {
                for _ in 0..4 {
                    self.peek().and_then(hex_digit).ok_or(ProtocolError::NotJson)?;
                    self.bump();
                }
                Ok(())
            }
            _ => Err(ProtocolError::NotJson),
        }
    }

    /// Skips an object or array at any depth.
    fn skip_nested(&mut self) -> Scan<()> {
        let mut nesting = Nesting::default();
        loop {
            self.skip_space();
            let opened = match self.peek() {
                Some(b'{') => Some((true, b'}')),
                Some(b'[') => Some((false, b']')),
                Some(b'"') => {
                    self.string()?;
                    None
                }
                _ => {
                    self.scalar()?;
                    None
                }
            };
            let mut more = false;
            if let Some((is_object, close)) = opened {
                self.bump();
                self.skip_space();
                if self.eat(close) {
                    // An empty one is over as soon as it is open.
                } else {
                    nesting.push(is_object);
                    more = true;
                }
            }
            while !more {
                let Some(is_object) = nesting.top() else { return Ok(()) };
                more = self.next_element(if is_object { b'}' } else { b']' })?;
                if !more {
                    nesting.pop();
                }
            }
            if nesting.top() == Some(true) {
                self.key()?;
            }
        }
    }
}

/// Which brackets are open: a bit each, 1 for an object.
#[derive(Default)]
struct Nesting {
    depth: usize,
    inner: u128,
    outer: Vec<u128>,
}

impl Nesting {
    fn push(&mut self, is_object: bool) {
        if self.depth != 0 && self.depth % 128 == 0 {
            self.outer.push(self.inner);
        }
        self.inner = self.inner << 1 | u128::from(is_object);
        self.depth = self.depth.saturating_add(1);
    }

    fn pop(&mut self) {
        self.inner >>= 1;
        self.depth = self.depth.saturating_sub(1);
        if self.depth != 0 && self.depth % 128 == 0 {
            self.inner = self.outer.pop().unwrap_or_default();
        }
    }

    fn top(&self) -> Option<bool> {
        (self.depth != 0).then_some(self.inner & 1 == 1)
    }
}

fn unescape(raw: &str) -> Option<String> {
    let mut out = String::with_capacity(raw.len());
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
    Some(out)
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
    use alloc::{format, vec::Vec};
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
                let oracle: serde_json::Map<_, _> = serde_json::from_str(&body).unwrap();
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
