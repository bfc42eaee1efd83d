//! A token for a narrower one (RFC 8693): the client's own access token, and nothing else.

use super::super::Context;
use super::super::error::ErrorResponse;
use super::super::token::{TokenReply, TokenRequest};

const ACCESS_TOKEN: &str = "urn:ietf:params:oauth:token-type:access_token";

pub(super) fn grant(
    context: &mut Context<'_>,
    request: &TokenRequest<'_>,
) -> Result<TokenReply, ErrorResponse> {
    request.must_be_confidential()?;
    let subject_token = request.required("subject_token", "subject_token is missing")?;
    let subject_token_type =
        request.required("subject_token_type", "subject_token_type is missing")?;
    let requested_token_type = request.params.get("requested_token_type");
    if subject_token_type != ACCESS_TOKEN
        || requested_token_type.unwrap_or(ACCESS_TOKEN) != ACCESS_TOKEN
    {
        return Err(ErrorResponse::invalid_request("only access tokens are exchanged"));
    }
    if request.params.get("actor_token").or(request.params.get("actor_token_type")).is_some() {
        return Err(ErrorResponse::invalid_request("nobody acts for others here"));
    }
    if request.params.get("audience").is_some() {
        return Err(ErrorResponse::new("invalid_target", "name a resource, not an audience"));
    }
    // Section 2.2.2: a subject token that is not good enough makes the request invalid.
    let (_, token) = context
        .store
        .access_token(subject_token, context.now)
        .filter(|(grant, _)| grant.client_id == request.client.client_id)
        .ok_or_else(|| ErrorResponse::invalid_request("not a valid token of this client"))?;
    if !token.cnf.is_met_by(request.cnf) {
        let words = "the subject token is bound to another key or certificate";
        return Err(ErrorResponse::invalid_request(words));
    }
    let (grant, access) = (token.grant, token.access.narrowed_in_scope(request.params)?);
    let mut reply = TokenReply::issue(context, request, grant, access, None);
    reply.issued_token_type = Some(ACCESS_TOKEN);
    Ok(reply)
}
