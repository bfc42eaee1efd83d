//! Atlassian.

use super::{AuthStyle, Preset};

/// Atlassian: Jira and Confluence. Refresh tokens rotate: let one process refresh at a time.
///
/// ```
/// use grantflow::preset::ATLASSIAN;
///
/// assert_eq!(ATLASSIAN.offline_scope, Some("offline_access"));
/// ```
pub const ATLASSIAN: Preset = Preset {
    auth: AuthStyle::Post,
    offline_scope: Some("offline_access"),
    ..Preset::new(
        "Atlassian",
        "https://auth.atlassian.com/authorize?audience=api.atlassian.com&prompt=consent",
        "https://auth.atlassian.com/oauth/token",
    )
};
