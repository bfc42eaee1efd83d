//! The authorization code grant (RFC 6749 section 4.1.3) with PKCE (RFC 7636 section 4.6).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

use super::super::Context;
use super::super::error::ErrorResponse;
use super::super::token::{TokenReply, TokenRequest};

pub(super) fn grant(
    context: &mut Context<'_>,
    request: &TokenRequest<'_>,
) -> Result<TokenReply, ErrorResponse> {
    let code = request.required("code", "code is missing")?;
    let redirect_uri = request.required("redirect_uri", "redirect_uri is missing")?;
    let code_verifier = request.required("code_verifier", "code_verifier is missing")?;
    if !is_verifier(code_verifier) {
        return Err(ErrorResponse::invalid_request(
            "code_verifier is not 43 to 128 unreserved characters",
        ));
    }

    let (grant, binding) = context
        .store
        .redeem_code(code, &request.client.client_id, context.now)
        .map_err(ErrorResponse::invalid_grant)?;
    if binding.redirect_uri != redirect_uri {
        return Err(ErrorResponse::invalid_grant(
            "redirect_uri is not that of the authorization request",
        ));
    }
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(code_verifier));
    if !bool::from(challenge.as_bytes().ct_eq(binding.code_challenge.as_bytes())) {
        return Err(ErrorResponse::invalid_grant(
            "code_verifier does not match the code_challenge",
        ));
    }

    if binding.dpop_jkt.is_some() && binding.dpop_jkt != request.cnf.jkt {
        return Err(ErrorResponse::invalid_grant("the code is bound to another key"));
    }

    let access = context.store.grant(grant).access.narrowed(request.params)?;
    let refresh_token = request.refresh_token(context, grant);
    Ok(TokenReply::issue(context, request, grant, access, refresh_token))
}

/// RFC 7636 section 4.1
fn is_verifier(text: &str) -> bool {
    let unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    (43..=128).contains(&text.len()) && text.bytes().all(unreserved)
}
