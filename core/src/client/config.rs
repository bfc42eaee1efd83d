//! What a client is made of.

use super::{AuthorizationServer, ClientAuth, Policy, Quirks};
use crate::value::{RedirectUri, Secret, SecureUrl};
use alloc::{boxed::Box, sync::Arc, vec::Vec};

/// The parts of a client, and what is worked out of them once.
pub(crate) struct Config {
    pub(crate) server: AuthorizationServer,
    pub(crate) id: Box<str>,
    pub(crate) auth: ClientAuth,
    /// The Basic header, where that is how the client authenticates.
    pub(crate) basic: Option<Secret>,
    pub(crate) redirect_uri: Option<RedirectUri>,
    pub(crate) resource_origins: Vec<SecureUrl>,
    pub(crate) policy: Policy,
    pub(crate) quirks: Quirks,
    /// The part of the authorization URL that is the same for all flows.
    pub(crate) authorization_url: Option<Box<str>>,
    /// The same for requests that were pushed.
    pub(crate) pushed_url: Option<Box<str>>,
    /// Tells this client at this server from any other, in what is stored.
    pub(crate) digest: Arc<str>,
}
