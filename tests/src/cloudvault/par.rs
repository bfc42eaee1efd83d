//! Pushed authorization requests (RFC 9126): checked here, asked of the user later.

use std::collections::HashMap;

use http::{Request, Response, StatusCode};
use serde_json::json;

use super::Context;
use super::authorization_response::ReplyTo;
use super::authorize::{self, AuthorizationRequest, Outcome};
use super::client::RegisteredClient;
use super::client_auth;
use super::config::Config;
use super::dpop;
use super::error::ErrorResponse;
use super::fault::Fault;
use super::nonce::{self, Role};
use super::params::Params;
use super::random::unguessable;
use super::reply;

/// Seconds.
const LIFETIME: u64 = 60;

/// Requests that no browser has brought yet, by `request_uri`.
#[derive(Default)]
pub(super) struct PushedRequests(HashMap<String, Pushed>);

struct Pushed {
    request: AuthorizationRequest,
    expires_at: u64,
}

/// `POST /par`
pub(super) fn push(context: &mut Context<'_>, request: &Request<Vec<u8>>) -> Response<Vec<u8>> {
    let mut response = match receive(context, request) {
        Ok(request_uri) => {
            let reply = match context.fault {
                Some(Fault::ParWithoutExpiry) => json!({ "request_uri": request_uri }),
                _ => json!({ "request_uri": request_uri, "expires_in": LIFETIME }),
            };
            let mut response = reply::json(&reply);
            if context.fault != Some(&Fault::ParStatus200) {
                *response.status_mut() = StatusCode::CREATED;
            }
            reply::no_store(&mut response);
            response
        }
        Err(error) => error.to_response(),
    };
    nonce::advertise(context, Role::AuthorizationServer, &mut response);
    response
}

fn receive(context: &mut Context<'_>, request: &Request<Vec<u8>>) -> Result<String, ErrorResponse> {
    let (client, params) = client_auth::form(context, request)?;
    let jkt = dpop::prove(context, request, Role::AuthorizationServer, None)?;
    // Section 2.1
    if params.get("request_uri").is_some() {
        return Err(ErrorResponse::invalid_request("request_uri cannot be pushed"));
    }
    let reply_to = ReplyTo::read(&client, &params)
        .ok_or_else(|| ErrorResponse::invalid_request("redirect_uri is not registered"))?;
    let mut request = authorize::validate(context, &client, &params, &reply_to)?;
    if let (Some(jkt), Outcome::Code { binding, .. }) = (jkt, &mut request.outcome) {
        // RFC 9449 section 10.1
        if *binding.dpop_jkt.get_or_insert_with(|| jkt.clone()) != jkt {
            let words = "dpop_jkt is not the thumbprint of the key of the proof";
            return Err(ErrorResponse::new("invalid_dpop_proof", words));
        }
    }
    let request_uri = format!("urn:ietf:params:oauth:request_uri:{}", unguessable());
    let expires_at = context.now + LIFETIME;
    context.pushed_requests.0.insert(request_uri.clone(), Pushed { request, expires_at });
    Ok(request_uri)
}

/// The request that an authorization URL refers to: by its client, in time, once (section 4).
pub(super) fn take(
    context: &mut Context<'_>,
    params: &Params,
) -> Result<AuthorizationRequest, &'static str> {
    if params.repeat_any() || !params.has_only(&["client_id", "request_uri"]) {
        return Err("The app put more into the address than its name and its request.");
    }
    let request_uri = params.get("request_uri").unwrap_or_default();
    let pushed = &mut context.pushed_requests.0;
    let by_its_client =
        |pushed: &Pushed| Some(pushed.request.client_id.as_str()) == params.get("client_id");
    if !pushed.get(request_uri).is_some_and(by_its_client) {
        return Err("CloudVault does not know this request of this app.");
    }
    let pushed = pushed.remove(request_uri).filter(|pushed| context.now < pushed.expires_at);
    pushed.map(|pushed| pushed.request).ok_or("The request of the app is too old.")
}

/// Whether that client's requests must be pushed (sections 5 and 6).
pub(super) fn is_required(config: &Config, client: &RegisteredClient) -> bool {
    config.require_pushed_authorization_requests || client.require_pushed_authorization_requests
}
