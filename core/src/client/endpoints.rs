//! The endpoints that only some servers have, and only some steps need.

use super::AuthorizationServer;
use crate::{error::ProtocolError, value::SecureUrl, wire::json::Fields};

/// The optional endpoints (RFC 8414 section 2).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Endpoints {
    pub(crate) device_authorization: Option<SecureUrl>,
    pub(crate) introspection: Option<SecureUrl>,
    pub(crate) pushed_authorization_request: Option<SecureUrl>,
    pub(crate) registration: Option<SecureUrl>,
    pub(crate) revocation: Option<SecureUrl>,
    pub(crate) userinfo: Option<SecureUrl>,
}

impl Endpoints {
    /// Reads them from a server's document, or from the part of it that holds aliases.
    pub(super) fn read<const N: usize>(document: &Fields<'_, N>) -> Result<Self, ProtocolError> {
        Ok(Self {
            device_authorization: document.url("device_authorization_endpoint")?,
            introspection: document.url("introspection_endpoint")?,
            pushed_authorization_request: document.url("pushed_authorization_request_endpoint")?,
            registration: document.url("registration_endpoint")?,
            revocation: document.url("revocation_endpoint")?,
            userinfo: document.url("userinfo_endpoint")?,
        })
    }

    /// All of them, by the names that metadata has for them.
    pub(super) fn by_name(&self) -> [(&'static str, Option<&SecureUrl>); 6] {
        [
            ("device_authorization_endpoint", self.device_authorization.as_ref()),
            ("introspection_endpoint", self.introspection.as_ref()),
            ("pushed_authorization_request_endpoint", self.pushed_authorization_request.as_ref()),
            ("registration_endpoint", self.registration.as_ref()),
            ("revocation_endpoint", self.revocation.as_ref()),
            ("userinfo_endpoint", self.userinfo.as_ref()),
        ]
    }

    /// These, and those of `others` that are missing here.
    pub(super) fn or(self, others: Self) -> Self {
        Self {
            device_authorization: self.device_authorization.or(others.device_authorization),
            introspection: self.introspection.or(others.introspection),
            pushed_authorization_request: self
                .pushed_authorization_request
                .or(others.pushed_authorization_request),
            registration: self.registration.or(others.registration),
            revocation: self.revocation.or(others.revocation),
            userinfo: self.userinfo.or(others.userinfo),
        }
    }
}

impl AuthorizationServer {
    /// Sets the device authorization endpoint (RFC 8628 section 3.1).
    #[must_use]
    pub fn with_device_authorization_endpoint(mut self, url: SecureUrl) -> Self {
        self.endpoints.device_authorization = Some(url);
        self
    }

    /// Sets the introspection endpoint (RFC 7662 section 2).
    #[must_use]
    pub fn with_introspection_endpoint(mut self, url: SecureUrl) -> Self {
        self.endpoints.introspection = Some(url);
        self
    }

    /// Sets the pushed authorization request endpoint (RFC 9126 section 2).
    #[must_use]
    pub fn with_pushed_authorization_request_endpoint(mut self, url: SecureUrl) -> Self {
        self.endpoints.pushed_authorization_request = Some(url);
        self
    }

    /// Sets the client registration endpoint (RFC 7591 section 3).
    #[must_use]
    pub fn with_registration_endpoint(mut self, url: SecureUrl) -> Self {
        self.endpoints.registration = Some(url);
        self
    }

    /// Sets the revocation endpoint (RFC 7009 section 2).
    #[must_use]
    pub fn with_revocation_endpoint(mut self, url: SecureUrl) -> Self {
        self.endpoints.revocation = Some(url);
        self
    }

    /// Sets the userinfo endpoint (OpenID Connect Core section 5.3).
    #[must_use]
    pub fn with_userinfo_endpoint(mut self, url: SecureUrl) -> Self {
        self.endpoints.userinfo = Some(url);
        self
    }

    /// The device authorization endpoint, if there is one.
    #[must_use]
    pub fn device_authorization_endpoint(&self) -> Option<&SecureUrl> {
        self.endpoints.device_authorization.as_ref()
    }

    /// The introspection endpoint, if there is one.
    #[must_use]
    pub fn introspection_endpoint(&self) -> Option<&SecureUrl> {
        self.endpoints.introspection.as_ref()
    }

    /// The pushed authorization request endpoint, if there is one.
    #[must_use]
    pub fn pushed_authorization_request_endpoint(&self) -> Option<&SecureUrl> {
        self.endpoints.pushed_authorization_request.as_ref()
    }

    /// The client registration endpoint, if there is one.
    #[must_use]
    pub fn registration_endpoint(&self) -> Option<&SecureUrl> {
        self.endpoints.registration.as_ref()
    }

    /// The revocation endpoint, if there is one.
    #[must_use]
    pub fn revocation_endpoint(&self) -> Option<&SecureUrl> {
        self.endpoints.revocation.as_ref()
    }

    /// The userinfo endpoint, if there is one.
    #[must_use]
    pub fn userinfo_endpoint(&self) -> Option<&SecureUrl> {
        self.endpoints.userinfo.as_ref()
    }
}
