//! Tokens that their client no longer wants (RFC 7009).

use http::header::RETRY_AFTER;
use http::{Request, Response, StatusCode};

use super::Context;
use super::client_auth;
use super::error::ErrorResponse;
use super::fault::Fault;
use super::reply;

/// `POST /revoke`
pub(super) fn revoke(context: &mut Context<'_>, request: &Request<Vec<u8>>) -> Response<Vec<u8>> {
    if context.fault == Some(&Fault::Revocation503) {
        let text = b"come back later".to_vec();
        let status = StatusCode::SERVICE_UNAVAILABLE;
        let mut response = reply::body(status, "text/plain; charset=utf-8", text);
        reply::set(&mut response, RETRY_AFTER, "30");
        return response;
    }
    match receive(context, request) {
        Ok(()) => {
            let mut response = Response::new(Vec::new());
            reply::no_store(&mut response);
            response
        }
        Err(error) => error.to_response(),
    }
}

/// The hint is for servers that would have to search (section 2.1): here it changes nothing, and a
/// wrong or unknown one does no harm.
fn receive(context: &mut Context<'_>, request: &Request<Vec<u8>>) -> Result<(), ErrorResponse> {
    let (client, params) = client_auth::form(context, request)?;
    let token =
        params.get("token").ok_or_else(|| ErrorResponse::invalid_request("token is missing"))?;
    context.store.revoke(token, &client.client_id).map_err(ErrorResponse::invalid_grant)
}
