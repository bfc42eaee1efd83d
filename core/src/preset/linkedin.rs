//! LinkedIn.

use super::{AuthStyle, Preset};
use crate::client::{Pkce, Quirks};

/// LinkedIn. It refuses Basic, and a PKCE verifier too; its ID tokens hold no `nonce`.
///
/// ```
/// use grantflow::{Pkce, preset::LINKEDIN};
///
/// assert_eq!(LINKEDIN.quirks().pkce, Pkce::Off);
/// ```
pub const LINKEDIN: Preset = Preset {
    userinfo_endpoint: Some("https://api.linkedin.com/v2/userinfo"),
    auth: AuthStyle::Post,
    quirks: || Quirks { pkce: Pkce::Off, ..Quirks::default() },
    ..Preset::new(
        "LinkedIn",
        "https://www.linkedin.com/oauth/v2/authorization",
        "https://www.linkedin.com/oauth/v2/accessToken",
    )
};
