//! Where a client goes that presents a certificate (RFC 8705 section 5).

use super::{AuthorizationServer, endpoints::Endpoints};
use crate::{error::ProtocolError, value::SecureUrl, wire::json::Fields};

const MEMBERS: [&str; 7] = [
    "token_endpoint",
    "device_authorization_endpoint",
    "introspection_endpoint",
    "pushed_authorization_request_endpoint",
    "registration_endpoint",
    "revocation_endpoint",
    "userinfo_endpoint",
];

/// The endpoints at which the server asks for a certificate, where they are others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct MtlsAliases {
    token: Option<SecureUrl>,
    endpoints: Endpoints,
}

impl MtlsAliases {
    /// Reads them from the server's document.
    pub(super) fn read<const N: usize>(document: &Fields<'_, N>) -> Result<Self, ProtocolError> {
        match document.object("mtls_endpoint_aliases", &MEMBERS)? {
            None => Ok(Self::default()),
            Some(aliases) => Ok(Self {
                token: aliases.url("token_endpoint")?,
                endpoints: Endpoints::read(&aliases)?,
            }),
        }
    }

    /// Those that the server has, by the names that metadata has for them.
    pub(super) fn by_name(&self) -> impl Iterator<Item = (&'static str, &SecureUrl)> {
        let token = ("token_endpoint", self.token.as_ref());
        let all = core::iter::once(token).chain(self.endpoints.by_name());
        all.filter_map(|(name, url)| Some((name, url?)))
    }
}

impl AuthorizationServer {
    /// The server as it is for a client that presents a certificate: the aliases stand in the
    /// places of the endpoints that have one.
    pub(super) fn at_mtls_aliases(self) -> Self {
        let MtlsAliases { token, endpoints } = self.mtls_aliases.clone();
        Self {
            token_endpoint: token.unwrap_or(self.token_endpoint),
            endpoints: endpoints.or(self.endpoints),
            ..self
        }
    }
}
