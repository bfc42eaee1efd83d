//! Twitch.

use super::{AuthStyle, Preset};

/// Twitch. Its errors have a `message` and no OAuth error
/// ([`ProtocolError::NotAnOAuthError`](crate::ProtocolError::NotAnOAuthError)); its API wants a
/// `Client-Id` header.
///
/// ```
/// use grantflow::preset::TWITCH;
///
/// assert_eq!(TWITCH.issuer, Some("https://id.twitch.tv/oauth2"));
/// ```
pub const TWITCH: Preset = Preset {
    issuer: Some("https://id.twitch.tv/oauth2"),
    device_authorization_endpoint: Some("https://id.twitch.tv/oauth2/device"),
    revocation_endpoint: Some("https://id.twitch.tv/oauth2/revoke"),
    userinfo_endpoint: Some("https://id.twitch.tv/oauth2/userinfo"),
    auth: AuthStyle::Post,
    ..Preset::new(
        "Twitch",
        "https://id.twitch.tv/oauth2/authorize",
        "https://id.twitch.tv/oauth2/token",
    )
};
