//! Shopify.

use super::{AuthStyle, Preset, Template};
use crate::client::Quirks;

/// Shopify, at a shop: the name before `.myshopify.com`.
///
/// The callback's `hmac` covers its other parameters; [`Flow::extra`](crate::Flow::extra) has
/// them in order, for whoever verifies it. The API wants the token in `X-Shopify-Access-Token`.
///
/// ```
/// use grantflow::preset::SHOPIFY;
///
/// assert!(SHOPIFY.at("my-shop")?.server().is_ok());
/// assert!(SHOPIFY.at("my-shop.myshopify.com").is_err());
/// # Ok::<(), grantflow::Error>(())
/// ```
pub const SHOPIFY: Template = Template(Preset {
    auth: AuthStyle::Post,
    quirks: || Quirks {
        missing_token_type_is_bearer: true,
        scope_separator: Some(','),
        ..Quirks::default()
    },
    ..Preset::new(
        "Shopify",
        "https://{shop}.myshopify.com/admin/oauth/authorize",
        "https://{shop}.myshopify.com/admin/oauth/access_token",
    )
});
