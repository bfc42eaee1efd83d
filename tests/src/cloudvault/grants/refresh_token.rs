//! Refreshing an access token (RFC 6749 section 6), with rotation (RFC 9700 section 4.14.2).

use super::super::Context;
use super::super::error::ErrorResponse;
use super::super::token::{TokenReply, TokenRequest};

pub(super) fn grant(
    context: &mut Context<'_>,
    request: &TokenRequest<'_>,
) -> Result<TokenReply, ErrorResponse> {
    let refresh_token = request.required("refresh_token", "refresh_token is missing")?;
    let grant = context
        .store
        .check_refresh_token(refresh_token, &request.client.client_id, context.now)
        .map_err(ErrorResponse::invalid_grant)?;
    let granted = context.store.grant(grant);
    if !granted.cnf.is_met_by(request.cnf) {
        let words = "the refresh token is bound to another key or certificate";
        return Err(ErrorResponse::invalid_grant(words));
    }
    // A narrower wish holds for this access token only: the refresh token keeps the grant's.
    let access = granted.access.narrowed_in_scope(request.params)?;

    let expires_at = context.now + context.config.refresh_token_lifetime.as_secs();
    let next = if context.config.rotate_refresh_tokens {
        context.store.rotate_refresh_token(refresh_token, expires_at)
    } else {
        None
    };
    Ok(TokenReply::issue(context, request, grant, access, next))
}
