//! CloudVault: a photo store with its own OAuth 2.0 authorization server, strict about every rule
//! that binds servers and, when told to misbehave, wrong in exactly one known way.
//!
//! ```text
//!                        CloudVault::handle(Request) -> Response
//!                                          |
//!      /authorize --> /login --> /consent -+- /token -------- /photos /albums /me
//!          |                        |      |     |                    |
//!      authorize.rs          interaction.rs|  client_auth.rs       bearer.rs
//!                                          |  grants/
//!                                       store.rs
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

mod authorization_response;
mod authorize;
mod bearer;
mod client_auth;
mod clock;
mod config;
mod cookies;
mod error;
mod fault;
mod grants;
mod html;
mod interaction;
mod metadata;
mod pages;
mod params;
mod photos;
mod random;
mod reply;
mod scope;
mod serve;
mod session;
mod store;
mod token;
mod user;
mod visitor;

use std::sync::{Arc, Mutex, MutexGuard};

use http::{Method, Request, Response, StatusCode};

pub use clock::Clock;
pub use config::{ApplicationType, ClientAuthentication, Config, RegisteredClient};
pub use fault::Fault;
pub use html::{Form, texts};
pub use photos::{Album, Photo};
pub use serve::Server;
pub use user::User;
pub use visitor::{Callback, DeadEnd, Visitor};

use interaction::Interactions;
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
    store: &'a mut Store,
}

type Endpoint = fn(&mut Context<'_>, &Request<Vec<u8>>) -> Response<Vec<u8>>;

const ROUTES: [(&str, &str, Endpoint); 11] = [
    ("GET", "/.well-known/oauth-authorization-server", metadata::metadata),
    ("GET", "/authorize", authorize::authorize),
    ("GET", "/consent", interaction::consent_page),
    ("POST", "/consent", interaction::consent),
    ("POST", "/login", interaction::login),
    ("POST", "/token", token::token),
    ("GET", "/photos", photos::photos),
    ("GET", "/photos/{id}.svg", photos::svg),
    ("GET", "/albums", photos::albums),
    ("GET", "/me", photos::me),
    ("GET", "/style.css", pages::style),
];

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

    /// Answers one request. Only the path and the query of its URI count.
    pub fn handle(&self, request: Request<Vec<u8>>) -> Response<Vec<u8>> {
        let mut state = self.state();
        let State { sessions, interactions, store, fault, requests } = &mut *state;
        let mut context = Context {
            config: self.config(),
            now: self.config().clock.now(),
            fault: fault.as_ref(),
            sessions,
            interactions,
            store,
        };
        let response = route(&mut context, &request);
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

fn route(context: &mut Context<'_>, request: &Request<Vec<u8>>) -> Response<Vec<u8>> {
    let path = match request.uri().path() {
        path if path.starts_with("/photos/") => "/photos/{id}.svg",
        path => path,
    };
    let mut allowed = Vec::new();
    for (method, route, endpoint) in ROUTES {
        if route == path {
            if method == request.method().as_str() {
                return endpoint(context, request);
            }
            allowed.push(method);
        }
    }
    if allowed.is_empty() {
        return reply::not_found();
    }
    reply::method_not_allowed(&allowed.join(", "))
}
