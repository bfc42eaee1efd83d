//! Dropbox.

use super::Preset;

/// Dropbox. Revoking is a call of its API and not RFC 7009.
///
/// ```
/// use grantflow::preset::DROPBOX;
///
/// assert_eq!(DROPBOX.offline_params, [("token_access_type", "offline")]);
/// ```
pub const DROPBOX: Preset = Preset {
    offline_params: &[("token_access_type", "offline")],
    ..Preset::new(
        "Dropbox",
        "https://www.dropbox.com/oauth2/authorize",
        "https://api.dropboxapi.com/oauth2/token",
    )
};
