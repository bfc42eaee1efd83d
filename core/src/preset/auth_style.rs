//! Where a provider wants the client's secret.

use crate::{
    client::{ClientAuth, Credentials},
    value::Secret,
};
use alloc::format;

/// Where a provider wants the client's secret.
///
/// ```
/// use grantflow::preset::{self, AuthStyle};
///
/// assert_eq!(preset::GITHUB.auth, AuthStyle::Post);
/// assert_eq!(format!("{:?}", preset::GITHUB.client_auth("secret")), "client_secret_post");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AuthStyle {
    /// In the Basic header, with the client id (RFC 6749 section 2.3.1).
    Basic,
    /// As a Bearer token, without the client id: Stripe.
    Bearer,
    /// In the body, with the client id.
    Post,
}

impl AuthStyle {
    pub(super) fn client_auth(self, secret: Secret) -> ClientAuth {
        match self {
            Self::Basic => ClientAuth::basic(secret),
            Self::Bearer => ClientAuth::custom(move |_form, _now| {
                let header = format!("Bearer {}", secret.expose());
                Ok(Credentials::default().with_header("Authorization", header))
            }),
            Self::Post => ClientAuth::post(secret),
        }
    }
}
