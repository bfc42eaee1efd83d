//! Facebook.

use super::{AuthStyle, Preset, Template};
use crate::client::Quirks;

/// Facebook, at a version of its API.
///
/// There is no refresh token: a token is exchanged for one that lasts by the grant
/// `fb_exchange_token` ([`Client::extension_grant`](crate::Client::extension_grant)). Errors are
/// objects ([`ProtocolError::NotAnOAuthError`](crate::ProtocolError::NotAnOAuthError)).
///
/// ```
/// use grantflow::preset::FACEBOOK;
///
/// let server = FACEBOOK.at("v23.0")?.server()?;
/// assert_eq!(
///     server.token_endpoint().as_str(),
///     "https://graph.facebook.com/v23.0/oauth/access_token"
/// );
/// # Ok::<(), grantflow::Error>(())
/// ```
pub const FACEBOOK: Template = Template(Preset {
    auth: AuthStyle::Post,
    quirks: || Quirks {
        body_sniff: true,
        expires_alias: true,
        missing_token_type_is_bearer: true,
        ..Quirks::default()
    },
    ..Preset::new(
        "Facebook",
        "https://www.facebook.com/{version}/dialog/oauth",
        "https://graph.facebook.com/{version}/oauth/access_token",
    )
});
