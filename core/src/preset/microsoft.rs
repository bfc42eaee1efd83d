//! Microsoft Entra.

use super::{AuthStyle, Preset, Template};

/// Microsoft Entra ID, at a tenant: its id or domain, or `common`, `organizations`, `consumers`.
///
/// Entra names itself by the tenant's id, whichever way it was asked, so any tenant's name is
/// taken for the issuer's. Where one tenant is given by its id, add
/// [`with_issuer_match(IssuerMatch::Exact)`](crate::AuthorizationServer::with_issuer_match).
///
/// ```
/// use grantflow::preset::MICROSOFT;
///
/// let server = MICROSOFT.at("common")?.server()?;
/// assert_eq!(server.issuer().unwrap().as_str(), "https://login.microsoftonline.com/common/v2.0");
/// assert!(MICROSOFT.at("common/oauth2").is_err());
/// # Ok::<(), grantflow::Error>(())
/// ```
pub const MICROSOFT: Template = Template(Preset {
    issuer: Some("https://login.microsoftonline.com/{tenant}/v2.0"),
    issuer_template: Some("https://login.microsoftonline.com/{tenantid}/v2.0"),
    device_authorization_endpoint: Some(
        "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/devicecode",
    ),
    userinfo_endpoint: Some("https://graph.microsoft.com/oidc/userinfo"),
    auth: AuthStyle::Post,
    offline_scope: Some("offline_access"),
    ..Preset::new(
        "Microsoft Entra",
        "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/authorize",
        "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token",
    )
});
