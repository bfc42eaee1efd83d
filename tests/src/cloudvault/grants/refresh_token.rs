//! Refreshing an access token (RFC 6749 section 6), with rotation (RFC 9700 section 4.14.2).

use super::super::Context;
use super::super::config::RegisteredClient;
use super::super::error::ErrorResponse;
use super::super::params::Params;
use super::super::scope::Scope;
use super::super::token::TokenReply;

pub(super) fn grant(
    context: &mut Context<'_>,
    client: &RegisteredClient,
    params: &Params,
) -> Result<TokenReply, ErrorResponse> {
    let refresh_token = params
        .get("refresh_token")
        .ok_or_else(|| ErrorResponse::invalid_request("refresh_token is missing"))?;
    let grant = context
        .store
        .check_refresh_token(refresh_token, &client.client_id, context.now)
        .map_err(ErrorResponse::invalid_grant)?;

    // A narrower scope holds for this access token only: the refresh token keeps the grant's.
    let granted = &context.store.grant(grant).scope;
    let scope = match params.get("scope") {
        None => granted.clone(),
        Some(text) => Scope::parse(text)
            .filter(|asked| asked.is_subset(granted))
            .ok_or_else(|| ErrorResponse::invalid_scope("more than the user granted"))?,
    };

    let expires_at = context.now + context.config.refresh_token_lifetime.as_secs();
    let next = if context.config.rotate_refresh_tokens {
        context.store.rotate_refresh_token(refresh_token, expires_at)
    } else {
        None
    };
    Ok(TokenReply::issue(context, grant, scope, next))
}
