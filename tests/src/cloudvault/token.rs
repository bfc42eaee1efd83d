//! The token endpoint (RFC 6749 section 3.2): what every grant has in common.

use http::{Request, Response};
use serde::Serialize;

use super::Context;
use super::client_auth;
use super::error::ErrorResponse;
use super::grants;
use super::params::Params;
use super::reply;
use super::scope::Scope;
use super::store::GrantId;

/// What a grant gives (section 5.1).
#[derive(Serialize)]
pub(super) struct TokenReply {
    access_token: String,
    token_type: &'static str,
    expires_in: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<String>,
    scope: String,
}

impl TokenReply {
    /// A fresh access token of that grant, next to whatever refresh token the grant decided on.
    pub(super) fn issue(
        context: &mut Context<'_>,
        grant: GrantId,
        scope: Scope,
        refresh_token: Option<String>,
    ) -> Self {
        let expires_in = context.config.access_token_lifetime.as_secs();
        let shown = scope.to_string();
        let expires_at = context.now + expires_in;
        Self {
            access_token: context.store.issue_access_token(grant, scope, expires_at),
            token_type: "Bearer",
            expires_in,
            refresh_token,
            scope: shown,
        }
    }
}

/// `POST /token`
pub(super) fn token(context: &mut Context<'_>, request: &Request<Vec<u8>>) -> Response<Vec<u8>> {
    let params = Params::from_body(request);
    if let Some(fault) = context.fault {
        if let Some(refusal) = fault.instead_of_token(params.as_ref()) {
            return refusal;
        }
    }
    match grant(context, request, params) {
        Ok(granted) => {
            let mut response = reply::json(&granted);
            reply::no_store(&mut response);
            if let Some(fault) = context.fault {
                fault.spoil_token(&mut response);
            }
            response
        }
        Err(error) => error.to_response(),
    }
}

fn grant(
    context: &mut Context<'_>,
    request: &Request<Vec<u8>>,
    params: Option<Params>,
) -> Result<TokenReply, ErrorResponse> {
    // Credentials never travel in the URI (section 2.3.1), and we publish ours without a query.
    if request.uri().query().is_some() {
        return Err(ErrorResponse::invalid_request("this endpoint takes no query"));
    }
    let params = params.ok_or_else(|| {
        ErrorResponse::invalid_request("the body must be application/x-www-form-urlencoded")
    })?;
    if params.repeat_any() {
        return Err(ErrorResponse::invalid_request("a parameter comes more than once"));
    }
    let client = client_auth::authenticate(context.config, request, &params)?;
    let grant_type = params
        .get("grant_type")
        .ok_or_else(|| ErrorResponse::invalid_request("grant_type is missing"))?;
    let (_, grant) = grants::SUPPORTED
        .iter()
        .find(|(supported, _)| *supported == grant_type)
        .ok_or_else(|| ErrorResponse::new("unsupported_grant_type", "no such grant type here"))?;
    grant(context, client, &params)
}
