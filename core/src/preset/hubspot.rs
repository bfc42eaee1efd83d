//! HubSpot.

use super::{AuthStyle, Preset};

/// HubSpot. Its errors have no `error` member
/// ([`ProtocolError::NotAnOAuthError`](crate::ProtocolError::NotAnOAuthError)).
///
/// ```
/// use grantflow::preset::{AuthStyle, HUBSPOT};
///
/// assert_eq!(HUBSPOT.auth, AuthStyle::Post);
/// ```
pub const HUBSPOT: Preset = Preset {
    auth: AuthStyle::Post,
    ..Preset::new(
        "HubSpot",
        "https://app.hubspot.com/oauth/authorize",
        "https://api.hubapi.com/oauth/v1/token",
    )
};
