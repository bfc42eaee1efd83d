//! A protected resource's own description of itself (RFC 9728 section 2).

use crate::{
    error::ProtocolError,
    value::{Issuer, Resource},
    wire::json::Fields,
};
use alloc::{string::String, vec::Vec};

const MEMBERS: [&str; 3] = ["resource", "authorization_servers", "scopes_supported"];

/// What a protected resource says of itself: above all, which authorization servers it trusts.
///
/// Signed metadata is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResourceMetadata {
    resource: Resource,
    authorization_servers: Vec<Issuer>,
    scopes_supported: Option<Vec<String>>,
}

impl ResourceMetadata {
    /// Reads the document. It must describe the resource that was asked for (RFC 9728 section 3.3).
    pub(crate) fn from_document(body: &[u8], asked: &Resource) -> Result<Self, ProtocolError> {
        let document = Fields::read(body, &MEMBERS)?;
        if document.required("resource")? != asked.as_str() {
            return Err(ProtocolError::ResourceMismatch);
        }
        let texts = document.texts("authorization_servers")?.unwrap_or_default();
        let mut authorization_servers = Vec::with_capacity(texts.len());
        for text in texts {
            let server = Issuer::parse(&text);
            let invalid = |_| ProtocolError::Invalid("authorization_servers");
            authorization_servers.push(server.map_err(invalid)?);
        }
        Ok(Self {
            resource: asked.clone(),
            authorization_servers,
            scopes_supported: document.texts("scopes_supported")?,
        })
    }

    /// The resource: ask for tokens for exactly this.
    #[must_use]
    pub fn resource(&self) -> &Resource {
        &self.resource
    }

    /// The issuers that the resource trusts, in its order; none if it does not say.
    #[must_use]
    pub fn authorization_servers(&self) -> &[Issuer] {
        &self.authorization_servers
    }

    /// The scopes that the resource knows, if it says.
    #[must_use]
    pub fn scopes_supported(&self) -> Option<&[String]> {
        self.scopes_supported.as_deref()
    }
}
