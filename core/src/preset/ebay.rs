//! eBay.

use super::Preset;
use crate::client::Quirks;
use alloc::vec;

/// eBay.
///
/// ```
/// use grantflow::preset::EBAY;
///
/// let aliases = EBAY.quirks().token_type_aliases;
/// assert_eq!(aliases, ["User Access Token", "Application Access Token"]);
/// ```
pub const EBAY: Preset = Preset {
    quirks: || Quirks {
        token_type_aliases: vec!["User Access Token".into(), "Application Access Token".into()],
        ..Quirks::default()
    },
    ..Preset::new(
        "eBay",
        "https://auth.ebay.com/oauth2/authorize",
        "https://api.ebay.com/identity/v1/oauth2/token",
    )
};
