//! The grant types: a file and a line in [`SUPPORTED`] each.

mod authorization_code;
mod client_credentials;
mod device_code;
mod jwt_bearer;
mod refresh_token;
mod token_exchange;

use super::Context;
use super::device;
use super::error::ErrorResponse;
use super::token::{TokenReply, TokenRequest};

/// What a grant type does once the client is known.
pub(super) type Grant =
    fn(&mut Context<'_>, &TokenRequest<'_>) -> Result<TokenReply, ErrorResponse>;

/// Grant types by the name that `grant_type` carries.
pub(super) const SUPPORTED: [(&str, Grant); 6] = [
    ("authorization_code", authorization_code::grant),
    ("client_credentials", client_credentials::grant),
    (device::GRANT_TYPE, device_code::grant),
    ("refresh_token", refresh_token::grant),
    ("urn:ietf:params:oauth:grant-type:jwt-bearer", jwt_bearer::grant),
    ("urn:ietf:params:oauth:grant-type:token-exchange", token_exchange::grant),
];

/// The names of all grant types.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    SUPPORTED.into_iter().map(|(name, _)| name)
}
