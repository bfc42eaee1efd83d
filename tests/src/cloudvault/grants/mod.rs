//! The grant types: a file and a line in [`SUPPORTED`] each.

mod authorization_code;
mod refresh_token;

use super::Context;
use super::config::RegisteredClient;
use super::error::ErrorResponse;
use super::params::Params;
use super::token::TokenReply;

/// What a grant type does once the client is known.
pub(super) type Grant =
    fn(&mut Context<'_>, &RegisteredClient, &Params) -> Result<TokenReply, ErrorResponse>;

/// Grant types by the name that `grant_type` carries.
pub(super) const SUPPORTED: [(&str, Grant); 2] =
    [("authorization_code", authorization_code::grant), ("refresh_token", refresh_token::grant)];
