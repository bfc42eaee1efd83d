//! The token of a device whose user decides elsewhere (RFC 8628 section 3.4).

use super::super::Context;
use super::super::error::ErrorResponse;
use super::super::token::{TokenReply, TokenRequest};

pub(super) fn grant(
    context: &mut Context<'_>,
    request: &TokenRequest<'_>,
) -> Result<TokenReply, ErrorResponse> {
    let device_code = request.required("device_code", "device_code is missing")?;
    let grant = context.devices.poll(device_code, &request.client.client_id, context.now)?;
    let access = context.store.grant(grant).access.narrowed(request.params)?;
    let refresh_token = request.refresh_token(context, grant);
    Ok(TokenReply::issue(context, request, grant, access, refresh_token))
}
