//! The authorization code grant (RFC 6749 section 4.1.3) with PKCE (RFC 7636 section 4.6).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

use super::super::Context;
use super::super::config::RegisteredClient;
use super::super::error::ErrorResponse;
use super::super::params::Params;
use super::super::token::TokenReply;

pub(super) fn grant(
    context: &mut Context<'_>,
    client: &RegisteredClient,
    params: &Params,
) -> Result<TokenReply, ErrorResponse> {
    let required = |name, missing| {
        let value = params.get(name);
        value.ok_or_else(|| ErrorResponse::invalid_request(missing))
    };
    let code = required("code", "code is missing")?;
    let redirect_uri = required("redirect_uri", "redirect_uri is missing")?;
    let code_verifier = required("code_verifier", "code_verifier is missing")?;
    if !is_verifier(code_verifier) {
        return Err(ErrorResponse::invalid_request(
            "code_verifier is not 43 to 128 unreserved characters",
        ));
    }

    let (grant, binding) = context
        .store
        .redeem_code(code, &client.client_id, context.now)
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

    let expires_at = context.now + context.config.refresh_token_lifetime.as_secs();
    let refresh_token = context.store.issue_refresh_token(grant, expires_at);
    let scope = context.store.grant(grant).scope.clone();
    Ok(TokenReply::issue(context, grant, scope, Some(refresh_token)))
}

/// RFC 7636 section 4.1
fn is_verifier(text: &str) -> bool {
    let unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    (43..=128).contains(&text.len()) && text.bytes().all(unreserved)
}
