//! What a token stands for, for those who may ask (RFC 7662).

use http::{Request, Response};
use serde_json::{Value, json};

use super::Context;
use super::access::Access;
use super::client_auth;
use super::confirmation::Confirmation;
use super::error::ErrorResponse;
use super::fault::Fault;
use super::reply;
use super::store::Grant;

/// `POST /introspect`
pub(super) fn introspect(
    context: &mut Context<'_>,
    request: &Request<Vec<u8>>,
) -> Response<Vec<u8>> {
    match receive(context, request) {
        Ok(mut claims) => {
            if context.fault == Some(&Fault::IntrospectionActiveAsString) {
                claims["active"] = json!(claims["active"].to_string());
            }
            let mut response = reply::json(&claims);
            reply::no_store(&mut response);
            response
        }
        Err(error) => error.to_response(),
    }
}

fn receive(context: &mut Context<'_>, request: &Request<Vec<u8>>) -> Result<Value, ErrorResponse> {
    let (client, params) = client_auth::form(context, request)?;
    // Section 2.1: an endpoint for everyone would tell thieves which tokens are good.
    if !client.is_confidential() {
        return Err(ErrorResponse::invalid_client("a public client cannot show who it is"));
    }
    let token =
        params.get("token").ok_or_else(|| ErrorResponse::invalid_request("token is missing"))?;
    Ok(claims(context, token).unwrap_or_else(|| json!({ "active": false })))
}

/// `None` for every token that is good for nothing, whatever the reason (section 2.2).
fn claims(context: &Context<'_>, token: &str) -> Option<Value> {
    if let Some((grant, token)) = context.store.access_token(token, context.now) {
        let mut claims = common(context, grant, &token.access, &token.cnf);
        claims["token_type"] = if token.cnf.jkt.is_some() { "DPoP" } else { "Bearer" }.into();
        claims["iat"] = token.issued_at.into();
        claims["exp"] = token.expires_at.into();
        return Some(claims);
    }
    let (grant, token) = context.store.refresh_token(token, context.now)?;
    let mut claims = common(context, grant, &grant.access, &grant.cnf);
    claims["exp"] = token.expires_at.into();
    Some(claims)
}

fn common(context: &Context<'_>, grant: &Grant, access: &Access, cnf: &Confirmation) -> Value {
    let mut claims = json!({
        "active": true,
        "iss": context.config.issuer,
        "client_id": grant.client_id,
        "sub": grant.subject.as_ref().unwrap_or(&grant.client_id),
        "aud": access.resources,
    });
    if !access.scope.is_empty() {
        claims["scope"] = access.scope.to_string().into();
    }
    let user = grant.subject.as_deref().and_then(|subject| context.config.find_user(subject));
    if let Some(user) = user {
        claims["username"] = user.username.as_str().into();
    }
    if let Some(details) = &access.details {
        claims["authorization_details"] = json!(details);
    }
    if !cnf.is_empty() {
        claims["cnf"] = json!(cnf);
    }
    if let Some(by) = &grant.authentication {
        claims["acr"] = by.acr.into();
        claims["auth_time"] = by.auth_time.into();
    }
    claims
}
