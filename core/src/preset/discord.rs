//! Discord.

use super::{AuthStyle, Preset};

/// Discord. Some of its errors have no `error` member
/// ([`ProtocolError::NotAnOAuthError`](crate::ProtocolError::NotAnOAuthError)).
///
/// ```
/// use grantflow::preset::DISCORD;
///
/// let client = DISCORD.confidential("157730590492196864", "secret")?.build()?;
/// assert!(client.server().revocation_endpoint().is_some());
/// # Ok::<(), grantflow::Error>(())
/// ```
pub const DISCORD: Preset = Preset {
    revocation_endpoint: Some("https://discord.com/api/oauth2/token/revoke"),
    auth: AuthStyle::Post,
    ..Preset::new(
        "Discord",
        "https://discord.com/oauth2/authorize",
        "https://discord.com/api/oauth2/token",
    )
};
