//! The rules that the RFCs leave open.

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
    /// Whether every callback must carry `iss`, promised or not. No.
    pub require_iss: bool,
    /// Whether the server must advertise S256; PKCE itself is sent in any case. No.
    pub require_pkce_advertised: bool,
}

impl Policy {
    /// The rules of the Model Context Protocol's authorization, as far as they concern the
    /// code flow: the server advertises S256, and nothing of an unverified callback is shown.
    #[must_use]
    pub fn mcp() -> Self {
        Self { expose_unverified_error: false, require_pkce_advertised: true, ..Self::default() }
    }

    /// The rules of the FAPI 2.0 Security Profile, as far as they concern the code flow's front
    /// channel: the server advertises S256, and every callback carries `iss`.
    #[must_use]
    pub fn fapi2() -> Self {
        Self { require_iss: true, require_pkce_advertised: true, ..Self::default() }
    }
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            expiry_leeway: Duration::from_secs(30),
            expose_unverified_error: true,
            max_body: 1 << 20,
            pending_lifetime: Duration::from_secs(600),
            require_iss: false,
            require_pkce_advertised: false,
        }
    }
}
