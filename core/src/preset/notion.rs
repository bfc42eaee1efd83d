//! Notion.

use super::Preset;
use crate::client::{Quirks, TokenRequestBody};

/// Notion. It has no scopes; its API wants a `Notion-Version` header.
///
/// ```
/// use grantflow::{TokenRequestBody, preset::NOTION};
///
/// assert_eq!(NOTION.quirks().token_request_body, TokenRequestBody::Json);
/// ```
pub const NOTION: Preset = Preset {
    quirks: || Quirks { token_request_body: TokenRequestBody::Json, ..Quirks::default() },
    ..Preset::new(
        "Notion",
        "https://api.notion.com/v1/oauth/authorize?owner=user",
        "https://api.notion.com/v1/oauth/token",
    )
};
