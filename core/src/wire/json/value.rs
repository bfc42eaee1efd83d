//! What a member can be.

use super::text::Text;

/// The value of a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Value<'a> {
    /// An array: the text between its brackets.
    Array(&'a str),
    Bool(bool),
    Null,
    Number(&'a str),
    /// An object, with its braces.
    Object(&'a str),
    Text(Text<'a>),
}
