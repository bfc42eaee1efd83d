//! Stripe Connect.

use super::{AuthStyle, Preset};
use crate::client::{Pkce, Quirks};

/// Stripe Connect. The secret is the platform's API key, sent as a Bearer token; the connected
/// account is the member `stripe_user_id` of [`Tokens::extra`](crate::Tokens::extra).
///
/// ```
/// use grantflow::preset::STRIPE;
///
/// let client = STRIPE.confidential("ca_FkyHCg7X8mlvCUdMDao4mMxagUfhIwXb", "sk_test_x")?.build()?;
/// assert_eq!(format!("{:?}", STRIPE.client_auth("sk_test_x")), "custom");
/// # Ok::<(), grantflow::Error>(())
/// ```
pub const STRIPE: Preset = Preset {
    auth: AuthStyle::Bearer,
    quirks: || Quirks { pkce: Pkce::Off, ..Quirks::default() },
    ..Preset::new(
        "Stripe Connect",
        "https://connect.stripe.com/oauth/authorize",
        "https://connect.stripe.com/oauth/token",
    )
};
