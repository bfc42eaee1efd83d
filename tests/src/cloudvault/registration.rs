//! Clients that register themselves (RFC 7591) and look after that (RFC 7592).

use std::collections::HashMap;

use http::header::{AUTHORIZATION, CONTENT_TYPE, WWW_AUTHENTICATE};
use http::{Request, Response, StatusCode};
use serde_json::Value;
use subtle::ConstantTimeEq as _;

use super::Context;
use super::client::RegisteredClient;
use super::client_metadata::{self, ClientMetadata};
use super::error::ErrorResponse;
use super::random::unguessable;
use super::reply;

/// Who has registered, by client id.
#[derive(Default)]
pub(super) struct Registrations(HashMap<String, Registration>);

#[derive(Clone)]
struct Registration {
    client: RegisteredClient,
    access_token: String,
    issued_at: u64,
}

impl Registrations {
    pub(super) fn find_client(&self, client_id: &str) -> Option<&RegisteredClient> {
        self.0.get(client_id).map(|registration| &registration.client)
    }
}

/// `POST /register`
pub(super) fn register(context: &mut Context<'_>, request: &Request<Vec<u8>>) -> Response<Vec<u8>> {
    let initial = context.config.initial_access_token.as_deref();
    if !initial.is_none_or(|initial| shows(request, initial)) {
        return unauthorized();
    }
    let client = metadata(request).and_then(|metadata| metadata.into_client(unguessable(), None));
    let client = match client {
        Ok(client) => client,
        Err(error) => return error.to_response(),
    };
    let (client_id, issued_at) = (client.client_id.clone(), context.now);
    let registration = Registration { client, access_token: unguessable(), issued_at };
    let mut response = show(context, &registration);
    *response.status_mut() = StatusCode::CREATED;
    context.registrations.0.insert(client_id, registration);
    response
}

/// `GET /register/{id}`
pub(super) fn read(context: &mut Context<'_>, request: &Request<Vec<u8>>) -> Response<Vec<u8>> {
    match find(context, request) {
        Some(registration) => show(context, &registration),
        None => unauthorized(),
    }
}

/// `PUT /register/{id}`
pub(super) fn update(context: &mut Context<'_>, request: &Request<Vec<u8>>) -> Response<Vec<u8>> {
    let Some(mut registration) = find(context, request) else {
        return unauthorized();
    };
    match replacement(&registration.client, request) {
        Ok(client) => registration.client = client,
        Err(error) => return error.to_response(),
    }
    let response = show(context, &registration);
    let client_id = registration.client.client_id.clone();
    context.registrations.0.insert(client_id, registration);
    response
}

/// `DELETE /register/{id}`, which ends whatever the client has got.
pub(super) fn delete(context: &mut Context<'_>, request: &Request<Vec<u8>>) -> Response<Vec<u8>> {
    let Some(registration) = find(context, request) else {
        return unauthorized();
    };
    let client_id = registration.client.client_id;
    context.registrations.0.remove(&client_id);
    context.store.revoke_grants_to(&client_id);
    let mut response = Response::new(Vec::new());
    *response.status_mut() = StatusCode::NO_CONTENT;
    reply::no_store(&mut response);
    response
}

/// RFC 7592 section 2.2: the client names itself, repeats its secret at most, and leaves out what
/// only the server decides.
fn replacement(
    client: &RegisteredClient,
    request: &Request<Vec<u8>>,
) -> Result<RegisteredClient, ErrorResponse> {
    let metadata = metadata(request)?;
    let body: Value = serde_json::from_slice(request.body()).unwrap_or_default();
    if body["client_id"] != client.client_id.as_str() {
        return Err(ErrorResponse::invalid_request("client_id is not that of this client"));
    }
    let secret = client.authentication.secret();
    if body.get("client_secret").is_some_and(|given| given.as_str() != secret) {
        return Err(ErrorResponse::invalid_request("client_secret is not that of this client"));
    }
    let ours = [
        "registration_access_token",
        "registration_client_uri",
        "client_secret_expires_at",
        "client_id_issued_at",
    ];
    if ours.iter().any(|name| body.get(name).is_some()) {
        return Err(ErrorResponse::invalid_request("a member that only the server decides"));
    }
    metadata.into_client(client.client_id.clone(), secret)
}

fn metadata(request: &Request<Vec<u8>>) -> Result<ClientMetadata, ErrorResponse> {
    let media_type = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let essence = media_type.and_then(|text| text.split(';').next()).unwrap_or_default();
    if !essence.trim().eq_ignore_ascii_case("application/json") {
        return Err(ErrorResponse::invalid_request("the body must be application/json"));
    }
    ClientMetadata::parse(request.body())
}

/// The registration behind the path, for whoever shows its token.
fn find(context: &Context<'_>, request: &Request<Vec<u8>>) -> Option<Registration> {
    let client_id = request.uri().path().rsplit('/').next()?;
    let registration = context.registrations.0.get(client_id)?;
    shows(request, &registration.access_token).then(|| registration.clone())
}

fn shows(request: &Request<Vec<u8>>, token: &str) -> bool {
    let header = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let shown = header.and_then(|header| header.split_once(' '));
    shown.is_some_and(|(scheme, shown)| {
        scheme.eq_ignore_ascii_case("Bearer") && shown.as_bytes().ct_eq(token.as_bytes()).into()
    })
}

fn show(context: &Context<'_>, registration: &Registration) -> Response<Vec<u8>> {
    let Registration { client, access_token, issued_at } = registration;
    let mut metadata = client_metadata::to_json(client);
    metadata["client_id_issued_at"] = (*issued_at).into();
    metadata["registration_access_token"] = access_token.as_str().into();
    metadata["registration_client_uri"] =
        format!("{}/register/{}", context.config.issuer, client.client_id).into();
    let mut response = reply::json(&metadata);
    reply::no_store(&mut response);
    response
}

fn unauthorized() -> Response<Vec<u8>> {
    let mut response = Response::new(Vec::new());
    *response.status_mut() = StatusCode::UNAUTHORIZED;
    let challenge = r#"Bearer realm="CloudVault", error="invalid_token""#;
    reply::set(&mut response, WWW_AUTHENTICATE, challenge);
    reply::no_store(&mut response);
    response
}
