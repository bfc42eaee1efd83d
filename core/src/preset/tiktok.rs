//! TikTok.

use super::{AuthStyle, Preset};
use crate::client::Quirks;

/// TikTok, for the web. Its slashes at the end are part of the URLs.
///
/// ```
/// use grantflow::preset::TIKTOK;
///
/// assert_eq!(TIKTOK.quirks().client_id_param, Some("client_key"));
/// ```
pub const TIKTOK: Preset = Preset {
    revocation_endpoint: Some("https://open.tiktokapis.com/v2/oauth/revoke/"),
    auth: AuthStyle::Post,
    quirks: || Quirks {
        client_id_param: Some("client_key"),
        scope_separator: Some(','),
        ..Quirks::default()
    },
    ..Preset::new(
        "TikTok",
        "https://www.tiktok.com/v2/auth/authorize/",
        "https://open.tiktokapis.com/v2/oauth/token/",
    )
};
