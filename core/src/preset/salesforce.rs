//! Salesforce.

use super::{AuthStyle, Preset, Template};

/// Salesforce, at its common login. The member `instance_url` of
/// [`Tokens::extra`](crate::Tokens::extra) says where the API is; when a token ends is not said,
/// a 401 tells.
///
/// ```
/// use grantflow::preset::SALESFORCE;
///
/// assert_eq!(SALESFORCE.offline_scope, Some("refresh_token"));
/// ```
pub const SALESFORCE: Preset = Preset {
    issuer: Some("https://login.salesforce.com"),
    revocation_endpoint: Some("https://login.salesforce.com/services/oauth2/revoke"),
    userinfo_endpoint: Some("https://login.salesforce.com/services/oauth2/userinfo"),
    auth: AuthStyle::Post,
    offline_scope: Some("refresh_token"),
    ..Preset::new(
        "Salesforce",
        "https://login.salesforce.com/services/oauth2/authorize",
        "https://login.salesforce.com/services/oauth2/token",
    )
};

/// Salesforce, at the common login of the sandboxes: as [`SALESFORCE`].
///
/// ```
/// use grantflow::preset::SALESFORCE_SANDBOX;
///
/// assert!(SALESFORCE_SANDBOX.token_endpoint.starts_with("https://test.salesforce.com/"));
/// ```
pub const SALESFORCE_SANDBOX: Preset = Preset {
    name: "Salesforce sandbox",
    authorization_endpoint: "https://test.salesforce.com/services/oauth2/authorize",
    token_endpoint: "https://test.salesforce.com/services/oauth2/token",
    issuer: Some("https://test.salesforce.com"),
    revocation_endpoint: Some("https://test.salesforce.com/services/oauth2/revoke"),
    userinfo_endpoint: Some("https://test.salesforce.com/services/oauth2/userinfo"),
    ..SALESFORCE
};

/// Salesforce, at the My Domain of one organisation: as [`SALESFORCE`].
///
/// ```
/// use grantflow::preset::SALESFORCE_MY_DOMAIN;
///
/// let server = SALESFORCE_MY_DOMAIN.at("acme")?.server()?;
/// assert_eq!(server.issuer().unwrap().as_str(), "https://acme.my.salesforce.com");
/// # Ok::<(), grantflow::Error>(())
/// ```
pub const SALESFORCE_MY_DOMAIN: Template = Template(Preset {
    name: "Salesforce My Domain",
    authorization_endpoint: "https://{domain}.my.salesforce.com/services/oauth2/authorize",
    token_endpoint: "https://{domain}.my.salesforce.com/services/oauth2/token",
    issuer: Some("https://{domain}.my.salesforce.com"),
    revocation_endpoint: Some("https://{domain}.my.salesforce.com/services/oauth2/revoke"),
    userinfo_endpoint: Some("https://{domain}.my.salesforce.com/services/oauth2/userinfo"),
    ..SALESFORCE
});
