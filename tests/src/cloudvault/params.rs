//! Parameters of a query or a form, and the refusal of those that come twice.

use http::Request;
use http::header::CONTENT_TYPE;
use url::form_urlencoded;

/// The only media type in which forms are read.
pub(super) const FORM: &str = "application/x-www-form-urlencoded";

/// Decoded parameters in the order received.
pub(super) struct Params(Vec<(String, String)>);

impl Params {
    pub(super) fn from_query<B>(request: &Request<B>) -> Self {
        Self::parse(request.uri().query().unwrap_or_default().as_bytes())
    }

    /// `None` when the body is not declared to be a form.
    pub(super) fn from_body(request: &Request<Vec<u8>>) -> Option<Self> {
        let media_type = request.headers().get(CONTENT_TYPE)?.to_str().ok()?;
        let essence = media_type.split(';').next().unwrap_or_default().trim();
        essence.eq_ignore_ascii_case(FORM).then(|| Self::parse(request.body()))
    }

    fn parse(form: &[u8]) -> Self {
        Self(form_urlencoded::parse(form).into_owned().collect())
    }

    /// The first value of that name. One without a value counts as omitted
    /// (RFC 6749 sections 3.1 and 3.2).
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(given, _)| given == name)
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    }

    /// Every value of that name.
    pub(super) fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        let named = self.0.iter().filter(move |(given, _)| given == name);
        named.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    /// Whether every name is one of these.
    pub(super) fn has_only(&self, names: &[&str]) -> bool {
        self.0.iter().all(|(given, _)| names.contains(&given.as_str()))
    }

    /// Whether that name comes more than once, with or without values.
    pub(super) fn repeats(&self, name: &str) -> bool {
        self.0.iter().filter(|(given, _)| given == name).count() > 1
    }

    /// Whether any name comes more than once. `resource` may (RFC 8707 section 2).
    pub(super) fn repeat_any(&self) -> bool {
        self.0.iter().any(|(name, _)| name != "resource" && self.repeats(name))
    }
}
