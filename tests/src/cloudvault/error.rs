//! How the server says no (RFC 6749 sections 4.1.2.1 and 5.2).

use http::header::WWW_AUTHENTICATE;
use http::{Response, StatusCode};
use serde::Serialize;

use super::reply;

/// An error response, for the redirect URI or for the body of a direct reply.
#[derive(Clone, Copy, Serialize)]
pub(super) struct ErrorResponse {
    pub(super) error: &'static str,
    pub(super) error_description: &'static str,
}

impl ErrorResponse {
    pub(super) fn new(error: &'static str, error_description: &'static str) -> Self {
        Self { error, error_description }
    }

    pub(super) fn invalid_client(error_description: &'static str) -> Self {
        Self::new("invalid_client", error_description)
    }

    pub(super) fn invalid_grant(error_description: &'static str) -> Self {
        Self::new("invalid_grant", error_description)
    }

    pub(super) fn invalid_request(error_description: &'static str) -> Self {
        Self::new("invalid_request", error_description)
    }

    pub(super) fn invalid_scope(error_description: &'static str) -> Self {
        Self::new("invalid_scope", error_description)
    }

    /// The direct reply of an endpoint at which clients authenticate.
    pub(super) fn to_response(self) -> Response<Vec<u8>> {
        let mut response = reply::json(&self);
        *response.status_mut() = StatusCode::BAD_REQUEST;
        if self.error == "invalid_client" {
            *response.status_mut() = StatusCode::UNAUTHORIZED;
            reply::set(&mut response, WWW_AUTHENTICATE, r#"Basic realm="CloudVault""#);
        }
        reply::no_store(&mut response);
        response
    }
}
