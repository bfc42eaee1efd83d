//! Strava.

use super::{AuthStyle, Preset};
use crate::client::Quirks;

/// Strava. What the user granted is in the callback's `scope`
/// ([`Flow::extra`](crate::Flow::extra)) and not in the reply; the athlete is in
/// [`Tokens::extra`](crate::Tokens::extra). Errors have no `error` member
/// ([`ProtocolError::NotAnOAuthError`](crate::ProtocolError::NotAnOAuthError)).
///
/// ```
/// use grantflow::preset::STRAVA;
///
/// assert_eq!(STRAVA.quirks().scope_separator, Some(','));
/// ```
pub const STRAVA: Preset = Preset {
    auth: AuthStyle::Post,
    quirks: || Quirks { expires_alias: true, scope_separator: Some(','), ..Quirks::default() },
    ..Preset::new(
        "Strava",
        "https://www.strava.com/oauth/authorize",
        "https://www.strava.com/api/v3/oauth/token",
    )
};
