//! Forms and queries: lists of names and values.

use super::fault::Fault;
use url::form_urlencoded;

/// Names and values in order.
pub(crate) type Pairs = Vec<(String, String)>;

/// The pairs of a form or query, decoded.
pub(crate) fn pairs(text: &str) -> Pairs {
    form_urlencoded::parse(text.as_bytes()).into_owned().collect()
}

/// One name or value, encoded.
pub(crate) fn encode(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// One name or value, decoded.
pub(crate) fn decode(text: &str) -> String {
    // Here `&` and `=` are no marks but octets like any other.
    let pair = pairs(&format!("={}", text.replace('&', "%26"))).pop();
    pair.map(|(_, value)| value).unwrap_or_default()
}

/// The value of a name.
pub(crate) fn value<'a>(pairs: &'a Pairs, name: &str) -> Option<&'a str> {
    pairs.iter().find_map(|(known, value)| (known == name).then_some(value.as_str()))
}

/// Every expected pair must be among those found.
pub(super) fn contains(what: &str, expected: &Pairs, found: &Pairs) -> Result<(), Fault> {
    match expected.iter().find(|pair| !found.contains(pair)) {
        None => Ok(()),
        Some(missing) => Err(Fault::differs(what, missing, found)),
    }
}

/// The expected pairs, in any order, and no others.
pub(super) fn is_exactly(what: &str, expected: &Pairs, found: &Pairs) -> Result<(), Fault> {
    let sorted = |pairs: &Pairs| {
        let mut pairs = pairs.clone();
        pairs.sort();
        pairs
    };
    if sorted(expected) == sorted(found) {
        Ok(())
    } else {
        Err(Fault::differs(what, expected, found))
    }
}

/// None of the names may be there.
pub(super) fn lacks(what: &str, names: &[String], found: &Pairs) -> Result<(), Fault> {
    match names.iter().find(|name| value(found, name).is_some()) {
        None => Ok(()),
        Some(name) => Err(Fault::new(format!("{what}: {name} is there"))),
    }
}
