//! Mailchimp.

use super::{AuthStyle, Preset};
use crate::client::Quirks;

/// Mailchimp. Its tokens do not expire.
///
/// ```
/// use grantflow::preset::MAILCHIMP;
///
/// assert!(MAILCHIMP.quirks().expires_in_zero_means_never);
/// ```
pub const MAILCHIMP: Preset = Preset {
    auth: AuthStyle::Post,
    quirks: || Quirks { expires_in_zero_means_never: true, ..Quirks::default() },
    ..Preset::new(
        "Mailchimp",
        "https://login.mailchimp.com/oauth2/authorize",
        "https://login.mailchimp.com/oauth2/token",
    )
};
