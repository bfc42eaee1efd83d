//! What a client registers with (RFC 7591 section 2).

use crate::{
    error::{ConfigError, Error},
    value::{RedirectUri, Scope},
};
use alloc::{string::String, vec::Vec};
use serde::Serialize;
use serde_json::{Map, Value};

/// A client's description of itself, for dynamic registration.
///
/// ```
/// # use grantflow::{ApplicationType, ClientMetadata};
/// let metadata = ClientMetadata::new(ApplicationType::Web, ["https://client.example/cb".parse()?])
///     .with_client_name("PrintMyPics")
///     .with_token_endpoint_auth_method("none")
///     .with("client_uri", "https://client.example")?;
/// # Ok::<(), grantflow::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct ClientMetadata(Map<String, Value>);

/// Which redirect URIs a server may expect (OpenID Connect Dynamic Client Registration section 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ApplicationType {
    /// Loopback and private-use redirect URIs.
    Native,
    /// https redirect URIs.
    Web,
}

impl ClientMetadata {
    /// A client of the code grant, with refresh tokens.
    #[must_use]
    pub fn new(
        application_type: ApplicationType,
        redirect_uris: impl IntoIterator<Item = RedirectUri>,
    ) -> Self {
        let redirect_uris = redirect_uris.into_iter().map(|uri| Value::from(uri.as_str()));
        let application_type = match application_type {
            ApplicationType::Native => "native",
            ApplicationType::Web => "web",
        };
        let mut members = Map::new();
        members.insert("application_type".into(), application_type.into());
        members.insert("redirect_uris".into(), redirect_uris.collect::<Vec<_>>().into());
        members.insert("response_types".into(), ["code"].as_slice().into());
        Self(members).with_grant_types(["authorization_code", "refresh_token"])
    }

    /// Sets the name that people see.
    #[must_use]
    pub fn with_client_name(self, name: &str) -> Self {
        self.insert("client_name", name)
    }

    /// Sets the grants that the client uses.
    #[must_use]
    pub fn with_grant_types<'a>(self, grant_types: impl IntoIterator<Item = &'a str>) -> Self {
        self.insert("grant_types", grant_types.into_iter().collect::<Vec<_>>())
    }

    /// Sets how the client authenticates: `none`, `client_secret_basic`, `client_secret_post`,
    /// `private_key_jwt` with a `jwks` beside it.
    #[must_use]
    pub fn with_token_endpoint_auth_method(self, method: &str) -> Self {
        self.insert("token_endpoint_auth_method", method)
    }

    /// Sets the scopes that the client may ask for.
    #[must_use]
    pub fn with_scope(self, scope: &Scope) -> Self {
        self.insert("scope", scope.as_str())
    }

    /// Sets any other member: `jwks`, `client_uri`, `contacts`, `dpop_bound_access_tokens`.
    ///
    /// # Errors
    /// [`ConfigError::Parameters`] if the value does not serialise to JSON.
    pub fn with(self, name: &str, value: impl Serialize) -> Result<Self, Error> {
        let value = serde_json::to_value(value).map_err(|_| ConfigError::Parameters)?;
        Ok(self.insert(name, value))
    }

    fn insert(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.0.insert(name.into(), value.into());
        self
    }

    /// The document to send.
    pub(crate) fn to_json(&self) -> Vec<u8> {
        // Serialising a tree of JSON into memory cannot fail.
        serde_json::to_vec(&self.0).unwrap_or_default()
    }

    /// The same for a client that exists (RFC 7592 section 2.2).
    pub(crate) fn of(&self, client_id: &str) -> Self {
        self.clone().insert("client_id", client_id)
    }
}
