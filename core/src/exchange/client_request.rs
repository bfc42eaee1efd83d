//! A request of the client to its server, authenticated (RFC 6749 section 2.3).

use super::attempt::Attempt;
use crate::{
    client::{Client, Credentials, Kind, TokenRequestBody},
    error::{ConfigError, Error},
    value::{Resource, SecureUrl, UnixTime},
    wire::{Form, Method, Request},
};

/// The type of an assertion that is a JWT (RFC 7523 section 2.2).
const JWT_BEARER: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// The request to the token endpoint, whatever the grant (RFC 6749 section 3.2), for tokens that
/// are to be used for these resources (RFC 8707 section 2.2).
pub(crate) fn token_request<'a>(
    client: &'a Client,
    mut form: Form<'a>,
    resources: &'a [Resource],
    attempt: &Attempt,
    now: UnixTime,
) -> Result<Request, Error> {
    let config = client.config();
    config.policy.check_resources(resources)?;
    form.push_resources(resources);
    let (endpoint, body) = (&config.server.token_endpoint, config.quirks.token_request_body);
    let request = write(client, endpoint, body, form, now)?;
    prove(client, request, attempt, now)
}

/// Adds the proof that a bound client owes (RFC 9449 section 5).
pub(crate) fn prove(
    client: &Client,
    mut request: Request,
    attempt: &Attempt,
    now: UnixTime,
) -> Result<Request, Error> {
    if let Some(binding) = client.binding() {
        let (method, url) = (request.method(), request.url());
        let proof = binding.proof(method, url, None, attempt.demanded(), now)?;
        request.headers_mut().push("DPoP", proof)?;
    }
    Ok(request)
}

/// The request to any other endpoint that wants the client to authenticate.
pub(crate) fn client_request<'a>(
    client: &'a Client,
    endpoint: &SecureUrl,
    form: Form<'a>,
    now: UnixTime,
) -> Result<Request, Error> {
    write(client, endpoint, TokenRequestBody::Form, form, now)
}

fn write<'a>(
    client: &'a Client,
    endpoint: &SecureUrl,
    body: TokenRequestBody,
    mut form: Form<'a>,
    now: UnixTime,
) -> Result<Request, Error> {
    let config = client.config();
    let mut request =
        Request::new(Method::POST, endpoint.clone()).with_reply_limit(config.policy.max_body);
    let content_type = match body {
        TokenRequestBody::Form => "application/x-www-form-urlencoded",
        TokenRequestBody::Json => "application/json",
    };
    let headers = request.headers_mut();
    headers.push_fixed("Accept", "application/json");
    headers.push_fixed("Content-Type", content_type);

    let client_id = config.quirks.client_id_param.unwrap_or("client_id");
    match &config.auth.0 {
        Kind::None | Kind::Certificate { .. } => form.push_once(client_id, &config.id),
        Kind::Basic(_) => {
            if let Some(basic) = &config.basic {
                headers.push("Authorization", basic.clone())?;
            }
        }
        Kind::Post(secret) => {
            form.push_once(client_id, &config.id);
            form.push(
                config.quirks.client_secret_param.unwrap_or("client_secret"),
                secret.expose(),
            );
        }
        Kind::Assertion { assertion, .. } => {
            let assertion = assertion.make(&config.id, &config.server, now)?;
            form.push_once(client_id, &config.id);
            form.push("client_assertion_type", JWT_BEARER);
            form.push("client_assertion", assertion);
        }
        Kind::Custom(custom) => {
            let Credentials { headers: added, params } = custom(&form, now)?;
            for (name, value) in added {
                if headers.contains(&name) {
                    return Err(ConfigError::Credentials.into());
                }
                headers.push(name, value)?;
            }
            for (name, value) in params {
                match form.get(&name) {
                    None => form.push(name, value.into_text()),
                    // Some requests have it anyway.
                    Some(id) if name == client_id && id == value.expose() => {}
                    Some(_) => return Err(ConfigError::Credentials.into()),
                }
            }
        }
    }
    let body = match body {
        TokenRequestBody::Form => form.to_urlencoded(),
        TokenRequestBody::Json => form.to_json(),
    };
    Ok(request.with_secret_body(body))
}
