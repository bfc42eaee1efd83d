//! X.

use super::Preset;

/// X, formerly Twitter.
///
/// ```
/// use grantflow::preset::X;
///
/// assert_eq!(X.offline_scope, Some("offline.access"));
/// ```
pub const X: Preset = Preset {
    revocation_endpoint: Some("https://api.x.com/2/oauth2/revoke"),
    offline_scope: Some("offline.access"),
    ..Preset::new("X", "https://x.com/i/oauth2/authorize", "https://api.x.com/2/oauth2/token")
};
