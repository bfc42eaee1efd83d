//! The authorization endpoint (RFC 6749 section 3.1): is this a request that we may ask a user?

use http::{Request, Response};

use super::Context;
use super::authorization_response::{ReplyTo, ResponseMode};
use super::config::{Config, RegisteredClient};
use super::error::ErrorResponse;
use super::interaction;
use super::pages;
use super::params::Params;
use super::scope::Scope;

/// A request that has passed every check and waits for the user.
#[derive(Clone)]
pub(super) struct AuthorizationRequest {
    pub(super) client_id: String,
    pub(super) scope: Scope,
    pub(super) code_challenge: String,
    pub(super) reply_to: ReplyTo,
}

/// `GET /authorize`
pub(super) fn authorize(
    context: &mut Context<'_>,
    request: &Request<Vec<u8>>,
) -> Response<Vec<u8>> {
    let params = Params::from_query(request);
    // Until both hold, a redirect would go wherever an attacker likes (section 4.1.2.1).
    let (client, reply_to) = match addressee(context.config, &params) {
        Ok(known) => known,
        Err(words) => return pages::error(words),
    };
    match validate(client, &params, &reply_to) {
        Ok(authorization_request) => interaction::begin(context, request, authorization_request),
        Err(error) => reply_to.refuse(context, error),
    }
}

fn addressee<'a>(
    config: &'a Config,
    params: &Params,
) -> Result<(&'a RegisteredClient, ReplyTo), &'static str> {
    if params.repeats("client_id") || params.repeats("redirect_uri") {
        return Err("The app named itself or its address twice.");
    }
    let client = params
        .get("client_id")
        .and_then(|client_id| config.find_client(client_id))
        .ok_or("CloudVault does not know the app that sent you here.")?;
    let redirect_uri = params
        .get("redirect_uri")
        .filter(|redirect_uri| client.may_redirect_to(redirect_uri))
        .ok_or("The app asked to send you back to an address that is not registered for it.")?;
    let response_mode = match params.get("response_mode") {
        Some("form_post") if !params.repeats("response_mode") => ResponseMode::FormPost,
        _ => ResponseMode::Query,
    };
    let state = params.get("state").filter(|_| !params.repeats("state"));
    Ok((
        client,
        ReplyTo {
            redirect_uri: redirect_uri.to_owned(),
            state: state.map(ToOwned::to_owned),
            response_mode,
        },
    ))
}

fn validate(
    client: &RegisteredClient,
    params: &Params,
    reply_to: &ReplyTo,
) -> Result<AuthorizationRequest, ErrorResponse> {
    if params.repeat_any() {
        return Err(ErrorResponse::invalid_request("a parameter comes more than once"));
    }
    match params.get("response_type") {
        Some("code") => {}
        Some(_) => {
            return Err(ErrorResponse::new("unsupported_response_type", "only response_type=code"));
        }
        None => return Err(ErrorResponse::invalid_request("response_type is missing")),
    }
    if !matches!(params.get("response_mode"), None | Some("query" | "form_post")) {
        return Err(ErrorResponse::invalid_request("response_mode is query or form_post"));
    }
    let scope = match params.get("scope") {
        None => Scope::default_scope(),
        Some(text) => Scope::parse(text)
            .ok_or_else(|| ErrorResponse::invalid_scope("a scope that nobody knows"))?,
    };
    // An absent method means `plain` (RFC 7636 section 4.3), which this server does not have.
    if params.get("code_challenge_method") != Some("S256") {
        return Err(ErrorResponse::invalid_request("code_challenge_method must be S256"));
    }
    let code_challenge =
        params.get("code_challenge").filter(|challenge| is_s256_challenge(challenge)).ok_or_else(
            || ErrorResponse::invalid_request("code_challenge must be 43 base64url characters"),
        )?;
    Ok(AuthorizationRequest {
        client_id: client.client_id.clone(),
        scope,
        code_challenge: code_challenge.to_owned(),
        reply_to: reply_to.clone(),
    })
}

/// RFC 7636 section 4.2: 32 octets in base64url without padding.
fn is_s256_challenge(text: &str) -> bool {
    let base64url = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    text.len() == 43 && text.bytes().all(base64url)
}
