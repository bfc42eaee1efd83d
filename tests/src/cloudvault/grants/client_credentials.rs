//! A client that acts for itself (RFC 6749 section 4.4).

use super::super::Context;
use super::super::access::Access;
use super::super::error::ErrorResponse;
use super::super::store::Grant;
use super::super::token::{TokenReply, TokenRequest};

pub(super) fn grant(
    context: &mut Context<'_>,
    request: &TokenRequest<'_>,
) -> Result<TokenReply, ErrorResponse> {
    request.must_be_confidential()?;
    let access = Access::requested(context.config, request.params)?;
    let grant = Grant::new(request.client.client_id.clone(), None, access.clone());
    let grant = context.store.add_grant(grant);
    // No refresh token: the client can always ask again (section 4.4.3).
    Ok(TokenReply::issue(context, request, grant, access, None))
}
