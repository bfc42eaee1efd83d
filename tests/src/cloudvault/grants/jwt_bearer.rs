//! The word of a trusted issuer as a grant (RFC 7523 section 2.1).

use super::super::Context;
use super::super::access::Access;
use super::super::client_assertion;
use super::super::error::ErrorResponse;
use super::super::jwt::Jwt;
use super::super::store::Grant;
use super::super::token::{TokenReply, TokenRequest};

pub(super) fn grant(
    context: &mut Context<'_>,
    request: &TokenRequest<'_>,
) -> Result<TokenReply, ErrorResponse> {
    let assertion = request.required("assertion", "assertion is missing")?;
    let subject = subject(context, assertion).map_err(ErrorResponse::invalid_grant)?;
    let access = Access::requested(context.config, request.params)?;
    let grant = Grant::new(request.client.client_id.clone(), Some(subject), access.clone());
    let grant = context.store.add_grant(grant);
    // No refresh token: it would outlive the assertion (RFC 7521 section 4.1).
    Ok(TokenReply::issue(context, request, grant, access, None))
}

fn subject(context: &mut Context<'_>, assertion: &str) -> Result<String, &'static str> {
    let jwt = Jwt::parse(assertion).ok_or("the assertion is not a JSON Web Token")?;
    let trusted = context
        .config
        .trusted_issuers
        .iter()
        .find(|trusted| jwt.claim("iss") == Some(trusted.issuer.as_str()))
        .ok_or("the issuer of the assertion is not trusted")?;
    if !jwt.is_es256_by(&trusted.key) {
        return Err("the signature is not by the key of the issuer");
    }
    let user = jwt.claim("sub").and_then(|subject| context.config.find_user(subject));
    let user = user.ok_or("sub is nobody here")?;
    client_assertion::check_claims(context, &jwt, "assertion")?;
    Ok(user.subject.clone())
}
