//! The grammar of challenges (RFC 9110 section 11), in full.

use super::Challenge;
use alloc::{borrow::Cow, string::String, vec::Vec};

/// How much of `WWW-Authenticate` is read, in bytes, over all its fields.
const MAX_BYTES: usize = 16 * 1024;
/// How many challenges are read.
const MAX_CHALLENGES: usize = 16;
/// Of all challenges together.
const MAX_PARAMS: usize = 64;

impl Challenge {
    /// Reads all fields of `WWW-Authenticate`. `None`: there is no usable challenge.
    pub(crate) fn parse<'a>(fields: impl Iterator<Item = &'a [u8]>) -> Option<Vec<Self>> {
        let mut budget = MAX_BYTES;
        let mut challenges = Vec::new();
        let mut left = MAX_PARAMS;
        for field in fields {
            budget = budget.checked_sub(field.len())?;
            // Octets above 127 are legal in quoted strings and mean nothing in particular.
            let text: Cow<'_, str> = String::from_utf8_lossy(field);
            let mut cursor = Cursor(&text);
            while cursor.skip_commas() {
                if challenges.len() == MAX_CHALLENGES {
                    return None;
                }
                let challenge = cursor.challenge(left)?;
                left = left.checked_sub(challenge.params.len())?;
                challenges.push(challenge);
            }
        }
        Some(challenges)
    }
}

/// What is left of one field.
struct Cursor<'a>(&'a str);

impl<'a> Cursor<'a> {
    /// Skips empty list elements; `false` at the end of the field.
    fn skip_commas(&mut self) -> bool {
        self.0 = self.0.trim_start_matches([' ', '\t', ',']);
        !self.0.is_empty()
    }

    fn skip_space(&mut self) {
        self.0 = self.0.trim_start_matches([' ', '\t']);
    }

    /// Reads one challenge, with so many parameters at most.
    fn challenge(&mut self, left: usize) -> Option<Challenge> {
        let scheme = self.run(is_tchar)?.to_ascii_lowercase();
        let mut challenge = Challenge { scheme, token68: None, params: Vec::new() };
        if self.at_element_end() {
            return Some(challenge);
        }
        if !self.0.starts_with(' ') {
            return None;
        }
        self.skip_space();
        if let Some(token68) = self.token68() {
            challenge.token68 = Some(token68.into());
            return Some(challenge);
        }
        loop {
            let (name, value) = self.param()?;
            if challenge.params.len() == left || challenge.param(&name).is_some() {
                return None;
            }
            challenge.params.push((name, value.into()));
            if !self.at_element_end() {
                return None;
            }
            if !self.skip_commas() || !self.at_param() {
                return Some(challenge);
            }
        }
    }

    /// A token68 fills its whole list element, which tells it from a parameter.
    fn token68(&mut self) -> Option<&'a str> {
        let rest = self.0.trim_start_matches(is_token68);
        let end = rest.trim_start_matches('=');
        let token68 = self.0.strip_suffix(end)?;
        let after = Cursor(end);
        (rest.len() < self.0.len() && after.at_element_end()).then(|| {
            self.0 = end;
            token68
        })
    }

    fn param(&mut self) -> Option<(String, String)> {
        let name = self.run(is_tchar)?.to_ascii_lowercase();
        self.skip_space();
        self.0 = self.0.strip_prefix('=')?;
        self.skip_space();
        let value = match self.0.strip_prefix('"') {
            Some(rest) => {
                self.0 = rest;
                self.quoted()?
            }
            None => self.run(is_tchar)?.into(),
        };
        Some((name, value))
    }

    /// The rest of a quoted string, after its opening quote.
    fn quoted(&mut self) -> Option<String> {
        let mut is_escaped = false;
        let end = self.0.find(|character| {
            let is_end = character == '"' && !is_escaped;
            is_escaped = character == '\\' && !is_escaped;
            is_end
        });
        let (raw, rest) = self.0.split_at_checked(end?)?;
        self.0 = rest.strip_prefix('"')?;
        // A text that grew would leave the token behind that a server may echo.
        let mut value = String::with_capacity(raw.len());
        let mut characters = raw.chars();
        while let Some(first) = characters.next() {
            let character = if first == '\\' { characters.next()? } else { first };
            if character.is_ascii_control() && character != '\t' {
                return None;
            }
            value.push(character);
        }
        Some(value)
    }

    /// Whether a parameter follows, and not the next challenge.
    fn at_param(&self) -> bool {
        let mut ahead = Cursor(self.0);
        let named = ahead.run(is_tchar).is_some();
        ahead.skip_space();
        named && ahead.0.starts_with('=')
    }

    fn at_element_end(&self) -> bool {
        let rest = self.0.trim_start_matches([' ', '\t']);
        rest.is_empty() || rest.starts_with(',')
    }

    fn run(&mut self, is_member: fn(char) -> bool) -> Option<&'a str> {
        let rest = self.0.trim_start_matches(is_member);
        let run = self.0.strip_suffix(rest)?;
        self.0 = rest;
        (!run.is_empty()).then_some(run)
    }
}

/// What a token of HTTP is made of (RFC 9110 section 5.6.2).
pub(crate) fn is_tchar(character: char) -> bool {
    character.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(character)
}

fn is_token68(character: char) -> bool {
    character.is_ascii_alphanumeric() || "-._~+/".contains(character)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::{format, vec};

    #[track_caller]
    fn reads(field: &str, expected: &str) {
        let shown = Challenge::parse([field.as_bytes()].into_iter()).map(|challenges| {
            let mut shown = String::new();
            for challenge in &challenges {
                shown += challenge.scheme();
                if let Some(token68) = challenge.token68() {
                    shown += &format!(" {token68}");
                }
                for (name, value) in challenge.params() {
                    shown += &format!(" {name}={value}");
                }
                shown += ";";
            }
            shown
        });
        assert_eq!(shown.as_deref().unwrap_or("unusable"), expected);
    }

    #[test]
    fn the_full_grammar_is_read() {
        reads("", "");
        reads(", ,", "");
        reads("Bearer", "bearer;");
        reads("Bearer ,Basic", "bearer;basic;");
        reads("Negotiate abc123==, Bearer realm=\"t\"", "negotiate abc123==;bearer realm=t;");
        reads("A b=c , d = \"e\\\"f\" ,, G H=i", "a b=c d=e\"f;g h=i;");
        reads("Scheme foo=\"realm=no, x\", REALM=basic", "scheme foo=realm=no, x realm=basic;");
        reads("A b=, C", "a b=;c;");
    }

    #[test]
    fn what_breaks_the_grammar_is_no_challenge() {
        reads("Bearer a=\"open", "unusable");
        reads("Bearer a=\"open\\", "unusable");
        reads("Bearer a=1, A=2", "unusable");
        reads("Bearer a=1 b=2", "unusable");
        reads("Bearer a=\"\u{1}\"", "unusable");
        reads("Bearer a=/", "unusable");
        reads("=", "unusable");
        reads("Bearer\ta=b", "unusable");
    }

    #[test]
    fn size_and_number_are_capped() {
        let field = vec![b','; MAX_BYTES];
        assert!(Challenge::parse([field.as_slice()].into_iter()).is_some());
        assert!(Challenge::parse([field.as_slice(), b","].into_iter()).is_none());
        assert!(Challenge::parse([b"A".as_slice(); MAX_CHALLENGES].into_iter()).is_some());
        assert!(Challenge::parse([b"A".as_slice(); MAX_CHALLENGES + 1].into_iter()).is_none());
        let param = |at| format!("A p{at}=v");
        let each = |count| (0..count).map(|at| format!("p{at}=v")).collect::<Vec<_>>().join(",");
        for (count, is_read) in [(MAX_PARAMS, true), (MAX_PARAMS + 1, false)] {
            let one = format!("A {}", each(count));
            assert_eq!(Challenge::parse([one.as_bytes()].into_iter()).is_some(), is_read);
            let two = [format!("A {}", each(count - 1)), param(0)];
            assert_eq!(Challenge::parse(two.iter().map(String::as_bytes)).is_some(), is_read);
        }
    }
}
