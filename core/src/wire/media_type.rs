//! Which kind of body a reply claims to have.

use super::Response;

/// What `Content-Type` says, as far as it matters here (RFC 9110 section 8.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MediaType {
    /// No `Content-Type` at all.
    Absent,
    Form,
    Json,
    /// `text/html`, `text/javascript` or `text/plain`: what some providers call their JSON.
    Text,
    Other,
}

impl MediaType {
    /// Two `Content-Type` fields could be read either way, so they are [`Other`](Self::Other).
    pub(crate) fn of(response: &Response) -> Self {
        let mut fields = response.headers_named("content-type");
        match (fields.next(), fields.next()) {
            (None, _) => Self::Absent,
            (Some(field), None) => core::str::from_utf8(field).map_or(Self::Other, Self::parse),
            (Some(_), Some(_)) => Self::Other,
        }
    }

    /// Whether a body is a form and not JSON, or `None` if its media type is neither; `sniff`
    /// looks into bodies that are called text.
    pub(crate) fn is_form(response: &Response, sniff: bool) -> Option<bool> {
        match Self::of(response) {
            Self::Absent | Self::Json => Some(false),
            Self::Form => Some(true),
            Self::Text if sniff => Some(!response.text().trim_ascii_start().starts_with(b"{")),
            Self::Text | Self::Other => None,
        }
    }

    pub(crate) fn parse(field: &str) -> Self {
        let essence = field.split(';').next().unwrap_or_default().trim_matches([' ', '\t']);
        let is = |known: &str| essence.eq_ignore_ascii_case(known);
        if is("application/json") {
            Self::Json
        } else if is("application/x-www-form-urlencoded") {
            Self::Form
        } else if is("text/plain") || is("text/html") || is("text/javascript") {
            Self::Text
        } else {
            Self::Other
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_parameters_do_not_matter_and_a_prefix_is_not_enough() {
        assert_eq!(MediaType::parse("Application/JSON ; charset=utf-8"), MediaType::Json);
        assert_eq!(MediaType::parse("application/json-x"), MediaType::Other);
        assert_eq!(MediaType::parse("application/problem+json"), MediaType::Other);
        assert_eq!(MediaType::parse(""), MediaType::Other);
    }

    #[test]
    fn two_fields_are_not_believed() {
        let json = ("content-type", "application/json");
        assert_eq!(MediaType::of(&Response::new(200, [json], "")), MediaType::Json);
        assert_eq!(MediaType::of(&Response::new(200, [json, json], "")), MediaType::Other);
        let none: [(&str, &str); 0] = [];
        assert_eq!(MediaType::of(&Response::new(200, none, "")), MediaType::Absent);
    }
}
