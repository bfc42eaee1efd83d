//! What the server says about itself (RFC 8414).

use http::{Request, Response};
use serde_json::json;

use super::Context;
use super::fault::Fault;
use super::{grants, reply, scope};

/// `GET /.well-known/oauth-authorization-server`
pub(super) fn metadata(context: &mut Context<'_>, _: &Request<Vec<u8>>) -> Response<Vec<u8>> {
    let base = &context.config.issuer;
    let issuer = match context.fault {
        Some(Fault::MetadataOfAnotherIssuer) => "https://another.example",
        _ => base,
    };
    reply::json(&json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{base}/authorize"),
        "token_endpoint": format!("{base}/token"),
        "scopes_supported": scope::KNOWN.map(|(name, _)| name),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query", "form_post"],
        "grant_types_supported": grants::SUPPORTED.map(|(grant_type, _)| grant_type),
        "token_endpoint_auth_methods_supported":
            ["none", "client_secret_basic", "client_secret_post"],
        "code_challenge_methods_supported": ["S256"],
        "authorization_response_iss_parameter_supported": true,
    }))
}
