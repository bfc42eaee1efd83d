//! What the resource API says about itself (RFC 9728), for the whole and for each of its paths.

use http::{Request, Response};
use serde_json::json;

use super::Context;
use super::config::Config;
use super::fault::Fault;
use super::{gate, reply, scope};

const WELL_KNOWN: &str = "/.well-known/oauth-protected-resource";

/// The resource whose document is at that path (section 3.1).
pub(super) fn resource(config: &Config, path: &str) -> Option<String> {
    let (origin, base_path) = config.origin_and_path();
    let resource_path = path.strip_prefix(WELL_KNOWN)?;
    let route = resource_path.strip_prefix(base_path)?;
    let known = route.is_empty() || gate::PROTECTED.contains(&route);
    known.then(|| format!("{origin}{resource_path}"))
}

/// `GET` the document.
pub(super) fn metadata(context: &mut Context<'_>, request: &Request<Vec<u8>>) -> Response<Vec<u8>> {
    let Some(mut resource) = resource(context.config, request.uri().path()) else {
        return reply::not_found();
    };
    if context.fault == Some(&Fault::ResourceMetadataOfAnotherResource) {
        resource = "https://another.example/photos".to_owned();
    }
    reply::json(&json!({
        "resource": resource,
        "authorization_servers": [context.config.issuer],
        "scopes_supported": scope::KNOWN.map(|(name, _)| name),
        "bearer_methods_supported": ["header"],
        "resource_name": "CloudVault",
        "dpop_signing_alg_values_supported": ["ES256"],
        "dpop_bound_access_tokens_required": false,
        "tls_client_certificate_bound_access_tokens": true,
        "authorization_details_types_supported": ["photo_access"],
    }))
}
