//! A client in the words of a registration (RFC 7591 section 2).

use serde::Deserialize;
use serde_json::{Value, json};
use url::Url;

use super::client::{
    ApplicationType, AuthenticationMethod, ClientAuthentication, RegisteredClient,
};
use super::error::ErrorResponse;
use super::grants;
use super::jwk::PublicJwk;
use super::random::unguessable;

/// What a client says about itself. What this server does not know is ignored, what it knows must
/// be right.
#[derive(Deserialize)]
pub(super) struct ClientMetadata {
    #[serde(default)]
    redirect_uris: Vec<String>,
    token_endpoint_auth_method: Option<String>,
    grant_types: Option<Vec<String>>,
    response_types: Option<Vec<String>>,
    client_name: Option<String>,
    application_type: Option<String>,
    jwks: Option<Value>,
    #[serde(default)]
    require_pushed_authorization_requests: bool,
    #[serde(default)]
    dpop_bound_access_tokens: bool,
    #[serde(default)]
    tls_client_certificate_bound_access_tokens: bool,
}

impl ClientMetadata {
    pub(super) fn parse(body: &[u8]) -> Result<Self, ErrorResponse> {
        serde_json::from_slice(body).map_err(|_| invalid("not an object of client metadata"))
    }

    /// The client. An earlier secret stays if the new method has one, too.
    pub(super) fn into_client(
        self,
        client_id: String,
        secret: Option<&str>,
    ) -> Result<RegisteredClient, ErrorResponse> {
        let application_type = match self.application_type.as_deref() {
            None | Some("web") => ApplicationType::Web,
            Some("native") => ApplicationType::Native,
            Some(_) => return Err(invalid("application_type is web or native")),
        };
        let grant_types = self.grant_types.unwrap_or_else(|| vec!["authorization_code".to_owned()]);
        if !grant_types.iter().all(|asked| grants::names().any(|name| name == asked)) {
            return Err(invalid("a grant type that nobody knows"));
        }
        let uses_codes = grant_types.iter().any(|asked| asked == "authorization_code");
        // Section 2.1: the two lists say the same.
        let default = if uses_codes { vec!["code".to_owned()] } else { Vec::new() };
        if self.response_types.unwrap_or_else(|| default.clone()) != default {
            return Err(invalid("response_types do not go with grant_types"));
        }
        if uses_codes && self.redirect_uris.is_empty() {
            return Err(invalid_redirect_uri("authorization_code needs redirect_uris"));
        }
        if !self.redirect_uris.iter().all(|uri| is_acceptable(uri)) {
            let words = "https, or http on a loopback address, or a scheme with a dot; no fragment";
            return Err(invalid_redirect_uri(words));
        }
        let method = self.token_endpoint_auth_method.as_deref();
        let authentication = authentication(method, self.jwks.as_ref(), secret)?;
        Ok(RegisteredClient {
            client_name: self.client_name.unwrap_or_else(|| client_id.clone()),
            client_id,
            redirect_uris: self.redirect_uris,
            authentication,
            application_type,
            grant_types,
            require_pushed_authorization_requests: self.require_pushed_authorization_requests,
            dpop_bound_access_tokens: self.dpop_bound_access_tokens,
            tls_client_certificate_bound_access_tokens: self
                .tls_client_certificate_bound_access_tokens,
        })
    }
}

fn authentication(
    method: Option<&str>,
    jwks: Option<&Value>,
    secret: Option<&str>,
) -> Result<AuthenticationMethod, ErrorResponse> {
    let secret = || secret.map_or_else(unguessable, ToOwned::to_owned);
    Ok(match method.unwrap_or("client_secret_basic") {
        "none" => ClientAuthentication::None.into(),
        "client_secret_basic" => ClientAuthentication::SecretBasic(secret()).into(),
        "client_secret_jwt" => AuthenticationMethod::SecretJwt(secret()),
        "client_secret_post" => ClientAuthentication::SecretPost(secret()).into(),
        "private_key_jwt" => {
            let keys = jwks.and_then(|jwks| jwks["keys"].as_array());
            let key = match keys.map(Vec::as_slice) {
                Some([key]) => PublicJwk::from_json(key),
                _ => None,
            };
            let key = key.ok_or_else(|| invalid("jwks is not one public P-256 key"))?;
            AuthenticationMethod::PrivateKeyJwt(key)
        }
        _ => return Err(invalid("no such token_endpoint_auth_method")),
    })
}

/// The client with every default filled in (section 3.2.1).
pub(super) fn to_json(client: &RegisteredClient) -> Value {
    let mut metadata = json!({
        "client_id": client.client_id,
        "client_name": client.client_name,
        "redirect_uris": client.redirect_uris,
        "grant_types": client.grant_types,
        "response_types": if client.may_use("authorization_code") { vec!["code"] } else { vec![] },
        "token_endpoint_auth_method": client.authentication.name(),
        "application_type": match client.application_type {
            ApplicationType::Native => "native",
            ApplicationType::Web => "web",
        },
        "require_pushed_authorization_requests": client.require_pushed_authorization_requests,
        "dpop_bound_access_tokens": client.dpop_bound_access_tokens,
        "tls_client_certificate_bound_access_tokens":
            client.tls_client_certificate_bound_access_tokens,
    });
    if let Some(secret) = client.authentication.secret() {
        metadata["client_secret"] = secret.into();
        metadata["client_secret_expires_at"] = 0.into();
    }
    if let AuthenticationMethod::PrivateKeyJwt(key) = &client.authentication {
        metadata["jwks"] = json!({ "keys": [key.to_json()] });
    }
    metadata
}

/// RFC 9700 section 2.6, RFC 8252 section 7.
fn is_acceptable(redirect_uri: &str) -> bool {
    Url::parse(redirect_uri).is_ok_and(|url| {
        let has_safe_scheme = match url.scheme() {
            "https" => true,
            "http" => matches!(url.host_str(), Some("127.0.0.1" | "[::1]")),
            scheme => scheme.contains('.'),
        };
        has_safe_scheme && url.fragment().is_none()
    })
}

fn invalid(words: &'static str) -> ErrorResponse {
    ErrorResponse::new("invalid_client_metadata", words)
}

fn invalid_redirect_uri(words: &'static str) -> ErrorResponse {
    ErrorResponse::new("invalid_redirect_uri", words)
}
