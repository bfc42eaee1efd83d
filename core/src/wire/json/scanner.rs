//! One pass over JSON text (RFC 8259).

use super::{nesting::Nesting, text::Text, value::Value};
use crate::{error::ProtocolError, wire::percent::hex_digit};

/// A place in a JSON text.
pub(super) struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

type Scan<T> = Result<T, ProtocolError>;

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    pub(super) fn bump(&mut self) {
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

    pub(super) fn skip_space(&mut self) {
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

    pub(super) fn end(&mut self) -> Scan<()> {
        self.skip_space();
        if self.rest().is_empty() { Ok(()) } else { Err(ProtocolError::NotJson) }
    }

    /// Opens an object or array; whether it has an element.
    pub(super) fn enter(&mut self, open: u8, close: u8) -> Scan<bool> {
        self.skip_space();
        self.expect(open)?;
        self.skip_space();
        Ok(!self.eat(close))
    }

    /// After an element: whether another follows.
    pub(super) fn next_element(&mut self, close: u8) -> Scan<bool> {
        self.skip_space();
        if self.eat(close) {
            return Ok(false);
        }
        self.expect(b',')?;
        Ok(true)
    }

    pub(super) fn key(&mut self) -> Scan<Text<'a>> {
        self.skip_space();
        let name = self.string()?;
        self.skip_space();
        self.expect(b':')?;
        Ok(name)
    }

    pub(super) fn value(&mut self) -> Scan<Value<'a>> {
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
            Some(b'{') => {
                self.skip_nested()?;
                Ok(Value::Object(self.since(start)))
            }
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
            "true" => Ok(Value::Bool(true)),
            "false" => Ok(Value::Bool(false)),
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
