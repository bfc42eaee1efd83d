//! The rules that the RFCs leave open.

use crate::{error::ConfigError, value::Resource};
use core::time::Duration;

/// The rules that a client keeps, where the RFCs leave a choice.
///
/// Change what you need on [`Policy::default`], or begin with a profile:
///
/// ```
/// # use grantflow::Policy;
/// let mut policy = Policy::default();
/// policy.require_iss = true;
/// policy.pending_lifetime = std::time::Duration::from_secs(300);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Policy {
    /// How long before a token's end [`needs_refresh`](crate::Flow::needs_refresh) says so.
    /// 30 seconds.
    pub expiry_leeway: Duration,
    /// Whether a callback without `iss` may expose its error code as unverified
    /// ([`CallbackError::IssuerMissing`](crate::CallbackError::IssuerMissing)). Yes.
    pub expose_unverified_error: bool,
    /// The largest reply of the authorization server that is read, in octets. 1 MiB.
    pub max_body: usize,
    /// How long a pending flow waits for its callback. 10 minutes.
    pub pending_lifetime: Duration,
    /// Whether the browser may come back by a private-use scheme, which other applications of the
    /// device can claim too (RFC 8252 section 8.1). Yes.
    pub private_use_redirects: bool,
    /// Whether every callback must carry `iss`, promised or not. No.
    pub require_iss: bool,
    /// Whether the server must advertise S256; PKCE itself is sent in any case. No.
    pub require_pkce_advertised: bool,
    /// Whether every login must be pushed, demanded by the server or not (RFC 9126). No.
    pub require_push: bool,
    /// Whether every request for tokens must name what they are for (RFC 8707), and calls go to
    /// the origins of these resources only. No.
    pub require_resource: bool,
    /// How many step-ups may follow one another within an hour
    /// ([`step_up`](crate::Flow::step_up)). 2.
    pub step_up_limit: u8,
}

impl Policy {
    /// The rules of the Model Context Protocol's authorization: the server advertises S256;
    /// every request names the resource, and its tokens go nowhere else; the browser comes back
    /// by https or to a loopback address; nothing of an unverified callback is shown.
    ///
    /// The order of the protocol is that of [`DiscoverResource`](crate::DiscoverResource), then
    /// [`Discover`](crate::Discover), then
    /// [`register`](crate::AuthorizationServer::register) where the client is not known yet.
    #[must_use]
    pub fn mcp() -> Self {
        Self {
            expose_unverified_error: false,
            private_use_redirects: false,
            require_pkce_advertised: true,
            require_resource: true,
            ..Self::default()
        }
    }

    /// The rules of the FAPI 2.0 Security Profile, as far as they concern the code flow's front
    /// channel: the server advertises S256, every login is pushed, and every callback carries
    /// `iss`.
    #[must_use]
    pub fn fapi2() -> Self {
        Self {
            require_iss: true,
            require_pkce_advertised: true,
            require_push: true,
            ..Self::default()
        }
    }
}

impl Policy {
    /// Whether what is asked for may be asked without naming what it is for.
    pub(crate) fn check_resources(&self, named: &[Resource]) -> Result<(), ConfigError> {
        let is_missing = self.require_resource && named.is_empty();
        if is_missing { Err(ConfigError::ResourceRequired) } else { Ok(()) }
    }
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            expiry_leeway: Duration::from_secs(30),
            expose_unverified_error: true,
            max_body: 1 << 20,
            pending_lifetime: Duration::from_secs(600),
            private_use_redirects: true,
            require_iss: false,
            require_pkce_advertised: false,
            require_push: false,
            require_resource: false,
            step_up_limit: 2,
        }
    }
}
