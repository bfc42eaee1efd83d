//! Google.

use super::{AuthStyle, Preset};

/// Google. A refresh token comes with `access_type=offline`, and after the first consent only
/// with `prompt=consent`. The scope that is granted may be wider than what was asked for.
///
/// ```
/// use grantflow::preset::GOOGLE;
///
/// assert_eq!(GOOGLE.offline_params, [("access_type", "offline"), ("prompt", "consent")]);
/// ```
pub const GOOGLE: Preset = Preset {
    issuer: Some("https://accounts.google.com"),
    device_authorization_endpoint: Some("https://oauth2.googleapis.com/device/code"),
    revocation_endpoint: Some("https://oauth2.googleapis.com/revoke"),
    userinfo_endpoint: Some("https://openidconnect.googleapis.com/v1/userinfo"),
    auth: AuthStyle::Post,
    offline_params: &[("access_type", "offline"), ("prompt", "consent")],
    ..Preset::new(
        "Google",
        "https://accounts.google.com/o/oauth2/v2/auth",
        "https://oauth2.googleapis.com/token",
    )
};
