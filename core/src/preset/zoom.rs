//! Zoom.

use super::Preset;

/// Zoom. Refresh tokens rotate: let one process refresh at a time.
///
/// ```
/// use grantflow::preset::{AuthStyle, ZOOM};
///
/// assert_eq!(ZOOM.auth, AuthStyle::Basic);
/// ```
pub const ZOOM: Preset = Preset {
    revocation_endpoint: Some("https://zoom.us/oauth/revoke"),
    ..Preset::new("Zoom", "https://zoom.us/oauth/authorize", "https://zoom.us/oauth/token")
};
