//! Providers whose URLs hold a name of the customer's.

use super::{Preset, split_placeholder};
use crate::error::{ConfigError, Error, UrlProblem};

/// A preset whose URLs have one gap: a tenant, a shop, a version.
///
/// ```
/// use grantflow::preset::SHOPIFY;
///
/// let server = SHOPIFY.at("my-shop")?.server()?;
/// assert_eq!(
///     server.token_endpoint().as_str(),
///     "https://my-shop.myshopify.com/admin/oauth/access_token"
/// );
/// let error = SHOPIFY.at("evil.example/?").unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "the shop is not in the form that a URL parser would leave as it is"
/// );
/// # Ok::<(), grantflow::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Template(pub(super) Preset<'static>);

impl Template {
    /// Fills the gap.
    ///
    /// In a host it takes one label: 1 to 63 lower-case letters, digits and inner hyphens, and
    /// thus no dot. In a path it takes one segment of 1 to 253 letters, digits, `-`, `_` and `.`
    /// that does not begin with a dot. The value may therefore come from a user.
    ///
    /// # Errors
    /// [`ConfigError::Url`] for anything else.
    pub fn at<'a>(&self, value: &'a str) -> Result<Preset<'a>, Error> {
        let [before, name, _] =
            split_placeholder(self.0.authorization_endpoint).unwrap_or_default();
        let is_in_host = before.split_once("://").is_some_and(|(_, host)| !host.contains('/'));
        let is_plain = if is_in_host { is_label(value) } else { is_segment(value) };
        if !is_plain {
            return Err(ConfigError::Url { what: name, problem: UrlProblem::Rewritten }.into());
        }
        Ok(Preset { filling: Some(value), ..self.0 })
    }
}

/// RFC 1123 section 2.1, in lower case.
fn is_label(value: &str) -> bool {
    let is_plain = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
    (1..=63).contains(&value.len())
        && value.bytes().all(is_plain)
        && !value.starts_with('-')
        && !value.ends_with('-')
}

fn is_segment(value: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    (1..=253).contains(&value.len()) && value.bytes().all(is_plain) && !value.starts_with('.')
}
