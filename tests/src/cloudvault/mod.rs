//! CloudVault: a photo store with its own OAuth 2.0 authorization server, strict about every rule
//! that binds servers and, when told to misbehave, wrong in exactly one known way.
//!
//! ```text
//!                     CloudVault::handle(Request) -> Response      routes.rs
//!                                       |
//!        browser                     client                     resource API
//!           |                           |                           |
//!       /authorize <---- request_uri -- /par          /photos /albums /me /vaulted
//!       /device    <---- user_code ---- /device_authorization       |
//!           |                           |                        gate.rs
//!       interaction.rs              client_auth.rs               challenge.rs
//!       /login --> /consent         /token   grants/                |
//!           |                       /revoke /introspect /register   |
//!           |                           |                           |
//!           +------ code ----------> store.rs <---- access token ---+
//!                                       |
//!             certificate.rs, dpop.rs, nonce.rs, replay.rs: proofs for all
//! ```
//!
//! The server does no I/O and never sleeps: a test calls [`CloudVault::handle`], moves the
//! [`Clock`] and reads [`CloudVault::requests`]. [`Server`] puts the same value behind a socket,
//! [`Visitor`] is the person in front of it.
//!
//! ```
//! use grantflow_tests::cloudvault::{CloudVault, Config};
//! use http::Request;
//!
//! let vault = CloudVault::new(Config::new("https://vault.example"));
//! let request = Request::get("/me").body(Vec::new()).unwrap();
//! assert_eq!(vault.handle(request).status(), 401);
//! assert_eq!(vault.count("/me"), 1);
//! ```

mod access;
mod authentication;
mod authorization_details;
mod authorization_response;
mod authorize;
mod certificate;
mod challenge;
mod client;
mod client_assertion;
mod client_auth;
mod client_metadata;
mod clock;
mod config;
mod confirmation;
mod cookies;
mod device;
mod dpop;
mod error;
mod fault;
mod gate;
mod grants;
mod gzip_bomb;
mod html;
mod interaction;
mod introspection;
mod jwk;
mod jwt;
mod metadata;
mod nonce;
mod pages;
mod par;
mod params;
mod photos;
mod random;
mod registration;
mod replay;
mod reply;
mod resource_metadata;
mod revocation;
mod routes;
mod scope;
mod serve;
mod session;
mod store;
mod token;
mod user;
mod visitor;

use std::sync::{Arc, Mutex, MutexGuard};

use http::{Method, Request, Response, StatusCode};

pub use certificate::PeerCertificate;
pub use client::{ApplicationType, AuthenticationMethod, ClientAuthentication, RegisteredClient};
pub use clock::Clock;
pub use config::{Config, TrustedIssuer, WellKnown};
pub use fault::Fault;
pub use html::{Button, Form, texts};
pub use jwk::PublicJwk;
pub use photos::{Album, Photo};
pub use serve::Server;
pub use user::User;
pub use visitor::{Callback, DeadEnd, Visitor};

use device::Devices;
use interaction::Interactions;
use nonce::Nonces;
use par::PushedRequests;
use registration::Registrations;
use replay::Replays;
use session::Sessions;
use store::Store;

/// The server. Clones are handles to the same one.
#[derive(Clone)]
pub struct CloudVault(Arc<Shared>);

struct Shared {
    config: Config,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    sessions: Sessions,
    interactions: Interactions,
    pushed_requests: PushedRequests,
    devices: Devices,
    registrations: Registrations,
    replays: Replays,
    nonces: Nonces,
    store: Store,
    fault: Option<Fault>,
    requests: Vec<LoggedRequest>,
}

/// A request that the server has answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoggedRequest {
    /// The method.
    pub method: Method,
    /// The path, without the query.
    pub path: String,
    /// The status of the response.
    pub status: StatusCode,
}

/// What an endpoint works with.
struct Context<'a> {
    config: &'a Config,
    /// Seconds since 1970.
    now: u64,
    fault: Option<&'a Fault>,
    sessions: &'a mut Sessions,
    interactions: &'a mut Interactions,
    pushed_requests: &'a mut PushedRequests,
    devices: &'a mut Devices,
    registrations: &'a mut Registrations,
    replays: &'a mut Replays,
    nonces: &'a mut Nonces,
    store: &'a mut Store,
}

impl Context<'_> {
    /// A client that was set up or has registered.
    fn find_client(&self, client_id: &str) -> Option<RegisteredClient> {
        let set_up = self.config.clients.iter().find(|client| client.client_id == client_id);
        set_up.or_else(|| self.registrations.find_client(client_id)).cloned()
    }
}

impl CloudVault {
    /// A server in memory.
    #[must_use]
    pub fn new(config: Config) -> Self {
        Self(Arc::new(Shared { config, state: Mutex::default() }))
    }

    /// How the server was set up.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.0.config
    }

    /// Answers one request. Only the path and the query of its URI count, and the
    /// [`PeerCertificate`] that it may come with.
    pub fn handle(&self, request: Request<Vec<u8>>) -> Response<Vec<u8>> {
        let mut state = self.state();
        let State {
            sessions,
            interactions,
            pushed_requests,
            devices,
            registrations,
            replays,
            nonces,
            store,
            fault,
            requests,
        } = &mut *state;
        let mut context = Context {
            config: self.config(),
            now: self.config().clock.now(),
            fault: fault.as_ref(),
            sessions,
            interactions,
            pushed_requests,
            devices,
            registrations,
            replays,
            nonces,
            store,
        };
        let response = routes::route(&mut context, &request);
        let (head, _) = request.into_parts();
        requests.push(LoggedRequest {
            method: head.method,
            path: head.uri.path().to_owned(),
            status: response.status(),
        });
        response
    }

    /// Makes the server wrong in one way, until [`CloudVault::behave`] or another fault.
    pub fn misbehave(&self, fault: Fault) {
        self.state().fault = Some(fault);
    }

    /// Makes the server right again.
    pub fn behave(&self) {
        self.state().fault = None;
    }

    /// The requests answered so far, in order.
    #[must_use]
    pub fn requests(&self) -> Vec<LoggedRequest> {
        self.state().requests.clone()
    }

    /// How many requests came to that path.
    #[must_use]
    pub fn count(&self, path: &str) -> usize {
        let state = self.state();
        let to_path = state.requests.iter().filter(|logged| logged.path == path);
        to_path.count()
    }

    fn fault(&self) -> Option<Fault> {
        self.state().fault.clone()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().expect("no request has panicked")
    }
}
