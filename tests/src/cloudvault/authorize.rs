//! The authorization endpoint (RFC 6749 section 3.1): is this a request that we may ask a user?

use http::{Request, Response};

use super::Context;
use super::access::Access;
use super::authentication::Demand;
use super::authorization_response::ReplyTo;
use super::client::RegisteredClient;
use super::error::ErrorResponse;
use super::interaction;
use super::jwk::is_thumbprint;
use super::pages;
use super::par;
use super::params::Params;
use super::store::CodeBinding;

/// A request that has passed every check and waits for the user.
#[derive(Clone)]
pub(super) struct AuthorizationRequest {
    pub(super) client_id: String,
    pub(super) access: Access,
    pub(super) demand: Demand,
    pub(super) outcome: Outcome,
}

/// What becomes of the user's decision.
#[derive(Clone)]
pub(super) enum Outcome {
    /// It goes back to the client through the browser, with a code if it is a yes.
    Code { reply_to: ReplyTo, binding: CodeBinding },
    /// It is kept for the device that shows that user code.
    Device { user_code: String },
}

/// `GET /authorize`
pub(super) fn authorize(
    context: &mut Context<'_>,
    request: &Request<Vec<u8>>,
) -> Response<Vec<u8>> {
    let params = Params::from_query(request);
    if params.get("request_uri").is_some() {
        return match par::take(context, &params) {
            Ok(pushed) => interaction::begin(context, request, pushed),
            Err(words) => pages::error(words),
        };
    }
    // Until both hold, a redirect would go wherever an attacker likes (section 4.1.2.1).
    let (client, reply_to) = match addressee(context, &params) {
        Ok(known) => known,
        Err(words) => return pages::error(words),
    };
    if par::is_required(context.config, &client) {
        let error = ErrorResponse::invalid_request("authorization requests must be pushed");
        return reply_to.refuse(context, error);
    }
    match validate(context, &client, &params, &reply_to) {
        Ok(authorization_request) => interaction::begin(context, request, authorization_request),
        Err(error) => reply_to.refuse(context, error),
    }
}

fn addressee(
    context: &Context<'_>,
    params: &Params,
) -> Result<(RegisteredClient, ReplyTo), &'static str> {
    if params.repeats("client_id") || params.repeats("redirect_uri") {
        return Err("The app named itself or its address twice.");
    }
    let client = params
        .get("client_id")
        .and_then(|client_id| context.find_client(client_id))
        .ok_or("CloudVault does not know the app that sent you here.")?;
    let reply_to = ReplyTo::read(&client, params)
        .ok_or("The app asked to send you back to an address that is not registered for it.")?;
    Ok((client, reply_to))
}

/// Checks a request whose sender and way back are known.
pub(super) fn validate(
    context: &Context<'_>,
    client: &RegisteredClient,
    params: &Params,
    reply_to: &ReplyTo,
) -> Result<AuthorizationRequest, ErrorResponse> {
    if params.repeat_any() {
        return Err(ErrorResponse::invalid_request("a parameter comes more than once"));
    }
    // RFC 9101 section 5: what is signed in there would count, and nobody here could read it.
    if params.get("request").is_some() {
        return Err(ErrorResponse::new("request_not_supported", "no request objects here"));
    }
    match params.get("response_type") {
        Some("code") if client.may_use("authorization_code") => {}
        Some("code") => {
            return Err(ErrorResponse::new("unauthorized_client", "no codes for this client"));
        }
        Some(_) => {
            return Err(ErrorResponse::new("unsupported_response_type", "only response_type=code"));
        }
        None => return Err(ErrorResponse::invalid_request("response_type is missing")),
    }
    if !matches!(params.get("response_mode"), None | Some("query" | "form_post")) {
        return Err(ErrorResponse::invalid_request("response_mode is query or form_post"));
    }
    let access = Access::requested(context.config, params)?;
    // An absent method means `plain` (RFC 7636 section 4.3), which this server does not have.
    if params.get("code_challenge_method") != Some("S256") {
        return Err(ErrorResponse::invalid_request("code_challenge_method must be S256"));
    }
    let code_challenge =
        params.get("code_challenge").filter(|challenge| is_s256_challenge(challenge)).ok_or_else(
            || ErrorResponse::invalid_request("code_challenge must be 43 base64url characters"),
        )?;
    let dpop_jkt = params.get("dpop_jkt");
    if !dpop_jkt.is_none_or(is_thumbprint) {
        return Err(ErrorResponse::invalid_request("dpop_jkt is not a thumbprint"));
    }
    let binding = CodeBinding {
        redirect_uri: reply_to.redirect_uri.clone(),
        code_challenge: code_challenge.to_owned(),
        dpop_jkt: dpop_jkt.map(ToOwned::to_owned),
    };
    Ok(AuthorizationRequest {
        client_id: client.client_id.clone(),
        access,
        demand: Demand::read(params)?,
        outcome: Outcome::Code { reply_to: reply_to.clone(), binding },
    })
}

/// RFC 7636 section 4.2: 32 octets in base64url without padding.
fn is_s256_challenge(text: &str) -> bool {
    let base64url = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    text.len() == 43 && text.bytes().all(base64url)
}
