//! Who looks at each value of the tour.

use super::canary;
use crate::freed::not_searched;
use std::{cell::RefCell, collections::BTreeSet, error::Error, fmt};

thread_local! {
    static SEEN: RefCell<BTreeSet<String>> = const { RefCell::new(BTreeSet::new()) };
}

/// The names of the types that were shown so far, those of their parameters among them.
#[must_use]
pub fn seen() -> BTreeSet<String> {
    SEEN.take()
}

/// Looks at a value's `Debug`.
///
/// # Panics
/// If it shows a secret.
pub fn show<T: fmt::Debug>(value: &T) {
    note::<T>();
    let shown = format!("{value:?} {value:#?}");
    not_searched(|| shows_none::<T>(&shown));
}

/// Looks at all that an error says, and the errors below it.
///
/// # Panics
/// If it says a secret.
pub fn fails<E: Error>(error: &E) {
    show(error);
    let mut next: Option<&dyn Error> = Some(error);
    while let Some(error) = next {
        let shown = format!("{error} {error:?} {error:#}");
        not_searched(|| shows_none::<E>(&shown));
        next = error.source();
    }
}

/// Looks at a text that is meant to give these secrets out, and no other: an exception from the
/// rule that secrets are not shown.
///
/// # Panics
/// If it holds others, or if one is missing.
pub fn gives_out(text: &str, secrets: &[&str]) {
    for secret in canary::ALL {
        assert_eq!(text.contains(secret), secrets.contains(&secret), "{secret} in {text}");
    }
}

/// Notes that a type was seen.
fn note<T>() {
    let name = std::any::type_name::<T>();
    let words = name.split(|character: char| !character.is_alphanumeric() && character != '_');
    SEEN.with_borrow_mut(|seen| seen.extend(words.map(String::from)));
}

/// A secret as text, or as a list of octets in decimal or hexadecimal digits.
fn shows_none<T>(shown: &str) {
    let name = std::any::type_name::<T>();
    for secret in canary::ALL {
        let octets = &secret.as_bytes()[..8];
        let decimal = format!("{octets:?}");
        let hexadecimal: String = octets.iter().map(|octet| format!("{octet:02x}")).collect();
        for form in [secret, decimal.trim_matches(['[', ']']), &hexadecimal] {
            assert!(!shown.to_lowercase().contains(&form.to_lowercase()), "{name} shows {shown}");
        }
    }
}
