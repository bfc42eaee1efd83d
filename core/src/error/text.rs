//! Text that a server chose: data to keep, never to print as it is.

use alloc::string::String;
use core::fmt::{self, Write};
use zeroize::Zeroize;

/// Shorter secrets are not blanked: they could be any word of a sentence.
const SHORTEST_BLANKED: usize = 8;
/// How many characters of a server's text are shown.
const SHOWN: usize = 512;

/// Text that a server or a browser chose.
///
/// [`as_str`](Self::as_str) is the data. `Display` and `Debug` escape every control character,
/// line break and bidirectional control, and stop after 512 characters, so that a log line or a
/// terminal stays the application's own.
///
/// ```
/// # use grantflow::ServerText;
/// let text = ServerText::from("no\u{1b}[2J\nway");
/// assert_eq!(text.to_string(), r"no\u{1b}[2J\nway");
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ServerText(String);

impl ServerText {
    /// The text as it was received. Escape it before it reaches a page, a log or a terminal.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn into_string(self) -> String {
        self.0
    }
}

impl From<String> for ServerText {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for ServerText {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl ServerText {
    fn show(&self, f: &mut fmt::Formatter<'_>, needs_escape: fn(char) -> bool) -> fmt::Result {
        let mut characters = self.0.chars();
        for character in characters.by_ref().take(SHOWN) {
            if needs_escape(character) {
                write!(f, "{}", character.escape_default())?;
            } else {
                f.write_char(character)?;
            }
        }
        if characters.next().is_some() { f.write_str("...") } else { Ok(()) }
    }
}

impl fmt::Display for ServerText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.show(f, is_control)
    }
}

impl fmt::Debug for ServerText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('"')?;
        // A quote within must not end the text.
        self.show(f, |character| is_control(character) || matches!(character, '"' | '\\'))?;
        f.write_char('"')
    }
}

/// Puts `***` in the place of a secret that a server echoes.
pub(crate) fn without(mut text: String, secret: &str) -> String {
    if !holds(&text, secret) {
        return text;
    }
    let mut blanked = String::with_capacity(text.len());
    for (index, piece) in text.split(secret).enumerate() {
        blanked.push_str(if index == 0 { "" } else { "***" });
        blanked.push_str(piece);
    }
    text.zeroize();
    blanked
}

/// Whether a text holds a secret that is long enough to be one.
pub(crate) fn holds(text: &str, secret: &str) -> bool {
    secret.len() >= SHORTEST_BLANKED && text.contains(secret)
}

fn is_control(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            // Bidirectional controls and invisible marks.
            '\u{061c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            // Line and paragraph separators, byte order mark, tags.
            | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn what_could_steer_a_terminal_is_escaped() {
        let text = ServerText::from("a\u{1b}b\r\nc\u{202e}d\u{2028}e\u{0}f\u{9b}g\u{7f}");
        assert_eq!(text.to_string(), r"a\u{1b}b\r\nc\u{202e}d\u{2028}e\u{0}f\u{9b}g\u{7f}");
    }

    #[test]
    fn a_quote_does_not_end_the_text_in_debug() {
        let text = ServerText::from("a\", status: \\ \n");
        assert_eq!(alloc::format!("{text:?}"), r#""a\", status: \\ \n""#);
    }

    #[test]
    fn secrets_of_eight_characters_and_more_are_blanked() {
        let blanked = |secret| without("a 12345678 b 12345678, 1234567".into(), secret);
        assert_eq!(blanked("12345678"), "a *** b ***, 1234567");
        assert_eq!(blanked("1234567"), "a 12345678 b 12345678, 1234567");
        assert_eq!(blanked("not there"), "a 12345678 b 12345678, 1234567");
    }

    #[test]
    fn only_512_characters_are_shown_but_all_are_kept() {
        let text = ServerText::from("ä".repeat(513).as_str());
        assert_eq!(text.to_string(), "ä".repeat(512) + "...");
        assert_eq!(text.as_str().chars().count(), 513);
        assert_eq!(ServerText::from("ä".repeat(512)).to_string(), "ä".repeat(512));
    }
}
