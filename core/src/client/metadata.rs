//! A server's own description of itself (RFC 8414 section 2, OpenID Connect Discovery section 3),
//! and the form in which an application keeps it.

use super::{AuthorizationServer, endpoints::Endpoints, mtls_aliases::MtlsAliases};
use crate::{
    error::ProtocolError,
    value::{Issuer, IssuerMatch},
    wire::json::Fields,
};
use alloc::collections::BTreeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _, ser::SerializeMap};

/// The members that are read; all others are ignored, `signed_metadata` among them.
const MEMBERS: [&str; 15] = [
    "issuer",
    "authorization_endpoint",
    "token_endpoint",
    "device_authorization_endpoint",
    "introspection_endpoint",
    "pushed_authorization_request_endpoint",
    "registration_endpoint",
    "revocation_endpoint",
    "userinfo_endpoint",
    "authorization_response_iss_parameter_supported",
    "require_pushed_authorization_requests",
    "code_challenge_methods_supported",
    "token_endpoint_auth_methods_supported",
    "dpop_signing_alg_values_supported",
    "mtls_endpoint_aliases",
];

impl AuthorizationServer {
    /// Reads a server's document. It must name the issuer that was asked (RFC 8414 section 3.3).
    pub(crate) fn from_metadata(
        body: &[u8],
        asked: &Issuer,
        how: &IssuerMatch,
    ) -> Result<Self, ProtocolError> {
        let document = Fields::read(body, &MEMBERS)?;
        if !how.accepts(asked, &document.required("issuer")?) {
            return Err(ProtocolError::IssuerMismatch);
        }
        let server = Self::from_fields(&document)?.with_issuer_match(how.clone());
        Ok(server.with_issuer(asked.clone()))
    }

    fn from_fields(document: &Fields<'_, 15>) -> Result<Self, ProtocolError> {
        let token_endpoint = document.url("token_endpoint")?;
        Ok(Self {
            issuer: None,
            issuer_match: IssuerMatch::Exact,
            iss_required: document.flag("authorization_response_iss_parameter_supported")?,
            authorization_endpoint: document.url("authorization_endpoint")?,
            token_endpoint: token_endpoint.ok_or(ProtocolError::Missing("token_endpoint"))?,
            code_challenge_methods: document.texts("code_challenge_methods_supported")?,
            token_endpoint_auth_methods: document.texts("token_endpoint_auth_methods_supported")?,
            dpop_signing_algs: document.texts("dpop_signing_alg_values_supported")?,
            require_pushed_authorization_requests: document
                .flag("require_pushed_authorization_requests")?,
            endpoints: Endpoints::read(document)?,
            mtls_aliases: MtlsAliases::read(document)?,
        })
    }
}

/// Writes the members of RFC 8414, and `issuer_match` where it is not exact.
impl Serialize for AuthorizationServer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let authorization = ("authorization_endpoint", self.authorization_endpoint.as_ref());
        let aliases: BTreeMap<_, _> =
            self.mtls_aliases.by_name().map(|(name, url)| (name, url.as_str())).collect();
        let lists = [
            ("code_challenge_methods_supported", &self.code_challenge_methods),
            ("token_endpoint_auth_methods_supported", &self.token_endpoint_auth_methods),
            ("dpop_signing_alg_values_supported", &self.dpop_signing_algs),
        ];
        let flags = [
            ("authorization_response_iss_parameter_supported", self.iss_required),
            ("require_pushed_authorization_requests", self.require_pushed_authorization_requests),
        ];
        let mut map = serializer.serialize_map(None)?;
        if let Some(issuer) = &self.issuer {
            map.serialize_entry("issuer", issuer.as_str())?;
        }
        match &self.issuer_match {
            IssuerMatch::Exact => {}
            IssuerMatch::TrailingSlash => map.serialize_entry("issuer_match", "/")?,
            IssuerMatch::Template(template) => map.serialize_entry("issuer_match", template)?,
        }
        map.serialize_entry("token_endpoint", self.token_endpoint.as_str())?;
        for (name, url) in core::iter::once(authorization).chain(self.endpoints.by_name()) {
            if let Some(url) = url {
                map.serialize_entry(name, url.as_str())?;
            }
        }
        for (name, list) in lists {
            if let Some(list) = list {
                map.serialize_entry(name, list)?;
            }
        }
        for (name, flag) in flags {
            map.serialize_entry(name, &flag)?;
        }
        if !aliases.is_empty() {
            map.serialize_entry("mtls_endpoint_aliases", &aliases)?;
        }
        map.end()
    }
}

/// Reads what [`Serialize`] wrote: the same checks as for a server's own document, but for the
/// issuer, which was compared before it was stored.
impl<'de> Deserialize<'de> for AuthorizationServer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let stored = serde_json::Value::deserialize(deserializer)?;
        let issuer_match = match stored.get("issuer_match").and_then(serde_json::Value::as_str) {
            None => IssuerMatch::Exact,
            Some("/") => IssuerMatch::TrailingSlash,
            Some(template) => IssuerMatch::Template(template.into()),
        };
        let body = serde_json::to_vec(&stored).map_err(D::Error::custom)?;
        let document = Fields::read(&body, &MEMBERS).map_err(D::Error::custom)?;
        let server = Self::from_fields(&document).map_err(D::Error::custom)?;
        let issuer = document.text("issuer").map_err(D::Error::custom)?;
        let issuer = issuer.map(|text| Issuer::parse(&text)).transpose();
        let issuer = issuer.map_err(D::Error::custom)?;
        Ok(Self { issuer, issuer_match, ..server })
    }
}
