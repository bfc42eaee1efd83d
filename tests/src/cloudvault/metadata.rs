//! What the server says about itself (RFC 8414).

use http::{Request, Response};
use serde_json::json;

use super::config::{Config, WellKnown};
use super::fault::Fault;
use super::{Context, authentication, authorization_details, gate, grants, reply, scope};

/// The methods of endpoints at which public clients are welcome.
pub(super) const AUTHENTICATION_METHODS: [&str; 7] = [
    "none",
    "client_secret_basic",
    "client_secret_post",
    "client_secret_jwt",
    "private_key_jwt",
    "tls_client_auth",
    "self_signed_tls_client_auth",
];

/// The endpoints that may want to see the certificate of a client.
const MTLS_ENDPOINTS: [(&str, &str); 6] = [
    ("token_endpoint", "/token"),
    ("pushed_authorization_request_endpoint", "/par"),
    ("device_authorization_endpoint", "/device_authorization"),
    ("revocation_endpoint", "/revoke"),
    ("introspection_endpoint", "/introspect"),
    ("userinfo_endpoint", "/me"),
];

/// The one path at which the document is (sections 3 and 5).
pub(super) fn path(config: &Config) -> String {
    let (_, path) = config.origin_and_path();
    match config.well_known {
        WellKnown::OauthAuthorizationServer => {
            format!("/.well-known/oauth-authorization-server{path}")
        }
        WellKnown::OpenidConfiguration => format!("/.well-known/openid-configuration{path}"),
        WellKnown::OpenidConfigurationAppended => {
            format!("{path}/.well-known/openid-configuration")
        }
    }
}

/// `GET` the document.
pub(super) fn metadata(context: &mut Context<'_>, _: &Request<Vec<u8>>) -> Response<Vec<u8>> {
    let config = context.config;
    let base = &config.issuer;
    let issuer = match context.fault {
        Some(Fault::MetadataOfAnotherIssuer) => "https://another.example",
        _ => base,
    };
    let at = |path: &str| format!("{base}{path}");
    let mut document = json!({
        "issuer": issuer,
        "authorization_endpoint": at("/authorize"),
        "require_pushed_authorization_requests": config.require_pushed_authorization_requests,
        "registration_endpoint": at("/register"),
        "scopes_supported": scope::KNOWN.map(|(name, _)| name),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query", "form_post"],
        "grant_types_supported": grants::names().collect::<Vec<_>>(),
        "token_endpoint_auth_methods_supported": AUTHENTICATION_METHODS,
        "token_endpoint_auth_signing_alg_values_supported": ["ES256", "HS256"],
        "revocation_endpoint_auth_methods_supported": AUTHENTICATION_METHODS,
        "revocation_endpoint_auth_signing_alg_values_supported": ["ES256", "HS256"],
        "introspection_endpoint_auth_methods_supported": AUTHENTICATION_METHODS[1..],
        "introspection_endpoint_auth_signing_alg_values_supported": ["ES256", "HS256"],
        "code_challenge_methods_supported": ["S256"],
        "dpop_signing_alg_values_supported": ["ES256"],
        "tls_client_certificate_bound_access_tokens": true,
        "authorization_details_types_supported": authorization_details::TYPES,
        "acr_values_supported": authentication::KNOWN,
        "authorization_response_iss_parameter_supported": true,
        "protected_resources": gate::PROTECTED.map(at),
    });
    for (name, path) in MTLS_ENDPOINTS {
        document[name] = at(path).into();
    }
    if let Some(origin) = &config.mtls_origin {
        let (_, base_path) = config.origin_and_path();
        for (name, path) in MTLS_ENDPOINTS {
            // RFC 8705 section 5
            document["mtls_endpoint_aliases"][name] = format!("{origin}{base_path}{path}").into();
        }
    }
    reply::json(&document)
}
