//! Reddit.

use super::Preset;

/// Reddit. It takes Basic only, and an installed app has the empty secret: make it by
/// [`Preset::confidential`] all the same. The HTTP stack must send a `User-Agent` of its own, or
/// meet 429.
///
/// ```
/// use grantflow::preset::REDDIT;
///
/// let installed_app = REDDIT.confidential("p-jcoLKBynTLew", "")?.build()?;
/// assert_eq!(REDDIT.offline_params, [("duration", "permanent")]);
/// # Ok::<(), grantflow::Error>(())
/// ```
pub const REDDIT: Preset = Preset {
    revocation_endpoint: Some("https://www.reddit.com/api/v1/revoke_token"),
    offline_params: &[("duration", "permanent")],
    ..Preset::new(
        "Reddit",
        "https://www.reddit.com/api/v1/authorize",
        "https://www.reddit.com/api/v1/access_token",
    )
};
