//! Dynamic registration (RFC 7591), and what a registered client can do with it (RFC 7592).

use super::{Exchange, Failure, Rejection, Reply, whole_number};
use crate::{
    client::{AuthorizationServer, Client, ClientAuth, ClientBuilder, ClientMetadata},
    error::{ConfigError, Error, ProtocolError},
    value::{Secret, SecureUrl, UnixTime},
    wire::{Method, Request, Response, json::Fields},
};
use alloc::{format, string::String, vec::Vec};
use core::fmt;

const MEMBERS: [&str; 9] = [
    "error",
    "error_description",
    "error_uri",
    "client_id",
    "client_secret",
    "client_secret_expires_at",
    "registration_access_token",
    "registration_client_uri",
    "token_endpoint_auth_method",
];

impl AuthorizationServer {
    /// Begins to register a client (RFC 7591 section 3.1).
    ///
    /// # Errors
    /// [`ConfigError::Missing`] if the server has no registration endpoint, and whatever makes a
    /// client of this server impossible ([`ClientBuilder::build`]).
    pub fn register(&self, metadata: &ClientMetadata) -> Result<Register, Error> {
        let endpoint = self.registration_endpoint();
        let url = endpoint.ok_or(ConfigError::Missing("registration endpoint"))?.clone();
        // It has no id yet, and none is sent; what counts is its policy.
        let client = Client::public(self.clone(), "unregistered").build()?;
        let question =
            Question { method: Method::POST, url, body: metadata.to_json(), token: None };
        Ok(Register { client, question, manage: None })
    }
}

/// A question to the registration endpoint; [`AuthorizationServer::register`],
/// [`Registration::read`] and [`Registration::update`] make it.
#[must_use = "nothing is registered until it is sent"]
pub struct Register {
    client: Client,
    question: Question,
    /// Where an existing client is managed, should the answer not repeat it.
    manage: Option<Manage>,
}

/// Giving a registration up; [`Registration::delete`] makes it.
#[must_use = "nothing is deleted until it is sent"]
pub struct Unregister {
    client: Client,
    question: Question,
}

struct Question {
    method: Method,
    url: SecureUrl,
    body: Vec<u8>,
    token: Option<Secret>,
}

/// Where and by which token a registered client manages itself (RFC 7592 section 3).
#[derive(Clone)]
struct Manage {
    url: SecureUrl,
    token: Secret,
}

impl Question {
    fn request(&self, client: &Client) -> Result<Request, Error> {
        let mut request = Request::new(self.method.clone(), self.url.clone())
            .with_reply_limit(client.policy().max_body)
            .with_header("Accept", "application/json")?;
        if !self.body.is_empty() {
            request = request
                .with_header("Content-Type", "application/json")?
                .with_body(self.body.clone());
        }
        match &self.token {
            Some(token) => {
                request.with_header("Authorization", format!("Bearer {}", token.expose()))
            }
            None => Ok(request),
        }
    }

    fn secret(&self) -> &str {
        self.token.as_ref().map_or("", Secret::expose)
    }
}

impl Register {
    /// Sets the token that the server wants of those who register (RFC 7591 section 3).
    pub fn initial_access_token(mut self, token: impl Into<Secret>) -> Self {
        self.question.token = Some(token.into());
        self
    }

    fn read(&self, response: &Response, now: UnixTime) -> Result<Registration, Rejection> {
        let reply =
            Reply { client: &self.client, response, now, secrets: &[self.question.secret()] };
        let expected = if self.question.method == Method::POST { 201 } else { 200 };
        let members = reply.fields(|status| status == expected, &MEMBERS)?;
        self.registration(&members, response).map_err(|error| reply.reject(error))
    }

    fn registration(
        &self,
        members: &Fields<'_, 9>,
        response: &Response,
    ) -> Result<Registration, ProtocolError> {
        let client_secret = members.text("client_secret")?.map(Secret::from);
        let end = members.get("client_secret_expires_at");
        let end = whole_number("client_secret_expires_at", end)?;
        if client_secret.is_some() && end.is_none() {
            return Err(ProtocolError::Missing("client_secret_expires_at"));
        }
        let url = members.url("registration_client_uri")?;
        let token = members.text("registration_access_token")?.map(Secret::from);
        let known = self.manage.clone();
        let (known_url, known_token) = known.map(|known| (known.url, known.token)).unzip();
        let manage = url.or(known_url).zip(token.or(known_token));
        Ok(Registration {
            server: self.client.server().clone(),
            client_id: members.required("client_id")?,
            client_secret,
            // Zero means never.
            client_secret_expires_at: end.filter(|end| *end != 0).map(UnixTime::from_secs),
            auth_method: members.text("token_endpoint_auth_method")?,
            manage: manage.map(|(url, token)| Manage { url, token }),
            response: response.clone(),
        })
    }
}

impl Exchange for Register {
    type Output = Registration;

    fn request(&self, _now: UnixTime) -> Result<Request, Error> {
        self.question.request(&self.client)
    }

    /// # Errors
    /// [`Failure::Later`] for 429 and 5xx, [`Failure::Over`] for anything else.
    fn receive(self, response: &Response, now: UnixTime) -> Result<Registration, Failure<Self>> {
        self.read(response, now).map_err(|rejection| rejection.into_failure(self))
    }
}

impl Exchange for Unregister {
    type Output = ();

    fn request(&self, _now: UnixTime) -> Result<Request, Error> {
        self.question.request(&self.client)
    }

    /// # Errors
    /// [`Failure::Later`] for 429 and 5xx, [`Failure::Over`] for anything else.
    fn receive(self, response: &Response, now: UnixTime) -> Result<(), Failure<Self>> {
        let reply =
            Reply { client: &self.client, response, now, secrets: &[self.question.secret()] };
        match response.status() {
            204 => Ok(()),
            _ => match reply.success(|_| false, &[]) {
                Ok([]) => Ok(()),
                Err(rejection) => Err(rejection.into_failure(self)),
            },
        }
    }
}

/// A registered client (RFC 7591 section 3.2.1). What it holds is good at the server that gave it
/// and nowhere else. `Debug` shows no secret.
#[derive(Clone)]
pub struct Registration {
    server: AuthorizationServer,
    client_id: String,
    client_secret: Option<Secret>,
    client_secret_expires_at: Option<UnixTime>,
    auth_method: Option<String>,
    manage: Option<Manage>,
    response: Response,
}

impl Registration {
    /// The client id.
    #[must_use]
    pub fn client_id(&self) -> &str {
        &self.client_id
    }

    /// The client secret, if the server gave one.
    #[must_use]
    pub fn client_secret(&self) -> Option<&Secret> {
        self.client_secret.as_ref()
    }

    /// When the secret ends: `None` if it does not.
    #[must_use]
    pub fn client_secret_expires_at(&self) -> Option<UnixTime> {
        self.client_secret_expires_at
    }

    /// The server's whole answer: a server may register other values than were asked for.
    #[must_use]
    pub fn response(&self) -> &Response {
        &self.response
    }

    /// Begins a client with what was registered: its id, and its secret in the place that the
    /// server has noted.
    ///
    /// # Errors
    /// [`ConfigError::NoCommonAuthentication`] if the server has noted a style that needs more
    /// than a secret; begin the client by [`Client::confidential`] then.
    pub fn client(&self) -> Result<ClientBuilder, Error> {
        let (server, id) = (self.server.clone(), self.client_id.as_str());
        Ok(match (self.auth_method.as_deref(), &self.client_secret) {
            (Some("none"), _) | (None, None) => Client::public(server, id),
            (Some("client_secret_basic") | None, Some(secret)) => {
                Client::confidential(server, id, ClientAuth::basic(secret.clone()))
            }
            (Some("client_secret_post"), Some(secret)) => {
                Client::confidential(server, id, ClientAuth::post(secret.clone()))
            }
            _ => return Err(ConfigError::NoCommonAuthentication.into()),
        })
    }

    /// Begins to read the registration (RFC 7592 section 2.1).
    ///
    /// # Errors
    /// [`ConfigError::Missing`] if the server gave no place to manage it.
    pub fn read(&self) -> Result<Register, Error> {
        self.manage(Method::GET, Vec::new())
    }

    /// Begins to put other metadata in the place of what is registered (RFC 7592 section 2.2).
    ///
    /// # Errors
    /// [`ConfigError::Missing`] if the server gave no place to manage it.
    pub fn update(&self, metadata: &ClientMetadata) -> Result<Register, Error> {
        self.manage(Method::PUT, metadata.of(&self.client_id).to_json())
    }

    /// Begins to give the registration up (RFC 7592 section 2.3).
    ///
    /// # Errors
    /// [`ConfigError::Missing`] if the server gave no place to manage it.
    pub fn delete(self) -> Result<Unregister, Error> {
        let Register { client, question, .. } = self.manage(Method::DELETE, Vec::new())?;
        Ok(Unregister { client, question })
    }

    fn manage(&self, method: Method, body: Vec<u8>) -> Result<Register, Error> {
        let manage = self.manage.clone().ok_or(ConfigError::Missing("registration client URI"))?;
        let (url, token) = (manage.url.clone(), Some(manage.token.clone()));
        let client = Client::public(self.server.clone(), self.client_id.as_str()).build()?;
        let question = Question { method, url, body, token };
        Ok(Register { client, question, manage: Some(manage) })
    }
}

impl fmt::Debug for Registration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Registration")
            .field("client_id", &self.client_id)
            .field("client_secret_expires_at", &self.client_secret_expires_at)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Register {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Register")
    }
}

impl fmt::Debug for Unregister {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Unregister")
    }
}
