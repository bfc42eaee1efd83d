//! Why a case fails.

use std::fmt;

/// What differed, or what the runner does not understand, in one line.
#[derive(Debug, PartialEq, Eq)]
pub struct Fault(String);

impl Fault {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Something in the case that the runner, or the API that it runs, knows nothing of.
    pub(super) fn not_understood(what: impl fmt::Display) -> Self {
        Self(format!("{what} is not understood"))
    }

    /// A value that is not the expected one.
    pub(crate) fn differs(what: &str, expected: impl fmt::Debug, found: impl fmt::Debug) -> Self {
        Self(format!("{what}: expected {expected:?}, found {found:?}"))
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Holds a value against the expected one.
pub(crate) fn equal<T: PartialEq + fmt::Debug>(
    what: &str,
    expected: &T,
    found: &T,
) -> Result<(), Fault> {
    if expected == found { Ok(()) } else { Err(Fault::differs(what, expected, found)) }
}
