//! Nonces for DPoP proofs (RFC 9449 sections 8 and 9): two servers, two series.

use http::{HeaderName, Response};

use super::Context;
use super::config::Config;
use super::fault::Fault;
use super::random::unguessable;
use super::reply;

const DPOP_NONCE: HeaderName = HeaderName::from_static("dpop-nonce");

/// Which of the two roles a proof is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    AuthorizationServer,
    ResourceServer,
}

/// The nonces that proofs may carry now.
#[derive(Default)]
pub(super) struct Nonces {
    authorization_server: Series,
    resource_server: Series,
}

#[derive(Default)]
struct Series {
    current: Option<Nonce>,
    previous: Option<Nonce>,
}

#[derive(Clone)]
struct Nonce {
    text: String,
    since: u64,
}

impl Series {
    /// The newest nonce. The one before it is still good, so that no request in flight fails.
    fn newest(&mut self, now: u64, lifetime: u64) -> &str {
        let fresh = |nonce: &Nonce| now < nonce.since + lifetime;
        if !self.current.as_ref().is_some_and(fresh) {
            self.renew(now);
            self.previous = self.previous.take().filter(|old| now < old.since + 2 * lifetime);
        }
        self.current.as_ref().map_or("", |nonce| &nonce.text)
    }

    fn renew(&mut self, now: u64) {
        let next = Nonce { text: unguessable(), since: now };
        self.previous = self.current.replace(next);
    }

    fn accepts(&self, text: &str) -> bool {
        [&self.current, &self.previous].into_iter().flatten().any(|nonce| nonce.text == text)
    }
}

/// Whether a proof with that nonce may pass.
pub(super) fn is_good(context: &mut Context<'_>, role: Role, nonce: Option<&str>) -> bool {
    if context.fault == Some(&Fault::NonceLoop) {
        let now = context.now;
        series(context, role).renew(now);
        return false;
    }
    if !is_demanded(context.config, role) {
        return true;
    }
    let (now, lifetime) = (context.now, context.config.dpop_nonce_lifetime.as_secs());
    let series = series(context, role);
    series.newest(now, lifetime);
    nonce.is_some_and(|nonce| series.accepts(nonce))
}

/// Hands the newest nonce out, with success as well as with refusal (section 8.2).
pub(super) fn advertise(context: &mut Context<'_>, role: Role, response: &mut Response<Vec<u8>>) {
    if is_demanded(context.config, role) || context.fault == Some(&Fault::NonceLoop) {
        let (now, lifetime) = (context.now, context.config.dpop_nonce_lifetime.as_secs());
        reply::set(response, DPOP_NONCE, series(context, role).newest(now, lifetime));
    }
}

fn is_demanded(config: &Config, role: Role) -> bool {
    match role {
        Role::AuthorizationServer => config.dpop_nonce_at_authorization_server,
        Role::ResourceServer => config.dpop_nonce_at_resource_server,
    }
}

fn series<'a>(context: &'a mut Context<'_>, role: Role) -> &'a mut Series {
    match role {
        Role::AuthorizationServer => &mut context.nonces.authorization_server,
        Role::ResourceServer => &mut context.nonces.resource_server,
    }
}
