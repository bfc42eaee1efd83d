//! GitHub.

use super::{AuthStyle, Preset};
use crate::client::Quirks;

/// GitHub: OAuth apps and GitHub apps. Its API wants a `User-Agent`.
///
/// Installing a GitHub app sends the browser back with a code and without `state`: that is no
/// answer to a flow, and is refused.
///
/// ```
/// use grantflow::preset::GITHUB;
///
/// let client = GITHUB.confidential("Iv1.8a61f9b3a7aba766", "secret")?.build()?;
/// assert_eq!(client.server().issuer().unwrap().as_str(), "https://github.com/login/oauth");
/// # Ok::<(), grantflow::Error>(())
/// ```
pub const GITHUB: Preset = Preset {
    issuer: Some("https://github.com/login/oauth"),
    device_authorization_endpoint: Some("https://github.com/login/device/code"),
    auth: AuthStyle::Post,
    quirks: || Quirks { scope_separator: Some(','), ..Quirks::default() },
    ..Preset::new(
        "GitHub",
        "https://github.com/login/oauth/authorize",
        "https://github.com/login/oauth/access_token",
    )
};
