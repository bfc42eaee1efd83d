//! The ways in which servers in the wild are wrong, one at a time.

use std::time::Duration;

use http::header::{CONTENT_ENCODING, CONTENT_TYPE, LOCATION, RETRY_AFTER};
use http::{Response, StatusCode};
use serde_json::{Value, json};

use super::error::ErrorResponse;
use super::gzip_bomb::gzip_bomb;
use super::params::Params;
use super::reply;

/// A way to be wrong. Where nothing else is said, the grant is honest and only its reply is spoilt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Callback: no code, but an empty one.
    EmptyCode,
    /// Callback: `error=access_denied` next to the code.
    ErrorAndCode,
    /// Callback: everything is inside `response`, as in JARM.
    JarmResponse,
    /// Callback: no `iss`.
    MissingIss,
    /// Callback: no `state`.
    MissingState,
    /// Callback: an `access_token` next to the code.
    TokenInCallback,
    /// Callback: two codes.
    TwoCodes,
    /// Callback: the `iss` of another server.
    WrongIss,
    /// Callback: the `state` of another flow.
    WrongState,

    /// Token: the errors that a polling device waits for come with status 200.
    DeviceErrorAt200,
    /// Token: `token_type` is `Bearer` for a token that is bound to a key.
    DpopDowngrade,
    /// Token: a second `access_token` member.
    DuplicateMember,
    /// Token: 400 with the `code_verifier` in `error_description`. The code is not spent.
    EchoesVerifier,
    /// Token: an `access_token` without a character.
    EmptyAccessToken,
    /// Token: 200 with no body.
    EmptyBody,
    /// Token: `invalid_grant` with status 200. The code is not spent.
    ErrorAt200,
    /// Token: 256 MiB of zeros in 256 KiB of gzip.
    GzipBomb,
    /// Token: a page with status 200.
    Html200,
    /// Token: a page with status 500. The code is not spent.
    Html500,
    /// Token: no `token_type`.
    MissingTokenType,
    /// Token: `expires_in` is -1.
    NegativeExpiry,
    /// Token: no `Content-Type`.
    NoContentType,
    /// Token: an honest object of 2 MiB.
    Oversized,
    /// Token: 429 with `Retry-After: 30`. The code is not spent.
    RateLimited,
    /// Token: 307 to that place. The code is not spent.
    Redirect307(String),
    /// Token, over a socket only: the reply comes that much later.
    Slow(Duration),
    /// Token: 201 in place of 200.
    Status201,
    /// Token: a word after the JSON object.
    TrailingGarbage,
    /// Token, over a socket only: the connection closes in the middle of the body.
    Truncated,
    /// Token: 503. The code is not spent.
    Unavailable503,
    /// Token: `token_type` is `mac`.
    UnknownTokenType,

    /// Metadata: the `issuer` is another server.
    MetadataOfAnotherIssuer,
    /// Metadata of a resource: the `resource` is another one.
    ResourceMetadataOfAnotherResource,

    /// Every proof is told to come again with the newest nonce.
    NonceLoop,
    /// PAR: 200 in place of 201.
    ParStatus200,
    /// PAR: no `expires_in`.
    ParWithoutExpiry,
    /// Introspection: `active` is a string.
    IntrospectionActiveAsString,
    /// Revocation: 503 with `Retry-After: 30`. The token stays good.
    Revocation503,
}

impl Fault {
    pub(super) fn spoil_callback(&self, params: &mut Vec<(&'static str, String)>) {
        let has_code = params.iter().any(|(name, _)| *name == "code");
        match self {
            Self::EmptyCode => replace(params, "code", ""),
            Self::ErrorAndCode if has_code => params.push(("error", "access_denied".to_owned())),
            Self::JarmResponse => {
                *params = vec![("response", "eyJhbGciOiJub25lIn0.e30.".to_owned())];
            }
            Self::MissingIss => params.retain(|(name, _)| *name != "iss"),
            Self::MissingState => params.retain(|(name, _)| *name != "state"),
            Self::TokenInCallback => params.push(("access_token", "from-the-front".to_owned())),
            Self::TwoCodes if has_code => params.push(("code", "the-other-code".to_owned())),
            Self::WrongIss => replace(params, "iss", "https://another.example"),
            Self::WrongState => replace(params, "state", "the-state-of-another-flow"),
            _ => {}
        }
    }

    /// A reply that keeps the token endpoint from looking at the request.
    pub(super) fn instead_of_token(&self, params: Option<&Params>) -> Option<Response<Vec<u8>>> {
        let response = match self {
            Self::EchoesVerifier => {
                let verifier = params.and_then(|params| params.get("code_verifier"));
                let words = format!("{} does not fit", verifier.unwrap_or_default());
                oauth_error(StatusCode::BAD_REQUEST, "invalid_grant", &words)
            }
            Self::ErrorAt200 => oauth_error(StatusCode::OK, "invalid_grant", "not this one"),
            Self::Html500 => page(StatusCode::INTERNAL_SERVER_ERROR),
            Self::RateLimited => {
                let words = "too many requests";
                let mut response =
                    oauth_error(StatusCode::TOO_MANY_REQUESTS, "temporarily_unavailable", words);
                reply::set(&mut response, RETRY_AFTER, "30");
                response
            }
            Self::Redirect307(location) => {
                let mut response = page(StatusCode::TEMPORARY_REDIRECT);
                reply::set(&mut response, LOCATION, location);
                response
            }
            Self::Unavailable503 => page(StatusCode::SERVICE_UNAVAILABLE),
            _ => return None,
        };
        Some(response)
    }

    /// Spoils the reply to a grant that did not succeed.
    pub(super) fn spoil_refusal(&self, error: ErrorResponse, response: &mut Response<Vec<u8>>) {
        let of_device = ["authorization_pending", "slow_down", "expired_token", "access_denied"];
        if *self == Self::DeviceErrorAt200 && of_device.contains(&error.error) {
            *response.status_mut() = StatusCode::OK;
        }
    }

    /// Spoils the reply to a grant that succeeded.
    pub(super) fn spoil_token(&self, response: &mut Response<Vec<u8>>) {
        match self {
            Self::DuplicateMember => {
                response.body_mut().pop();
                append(response, r#","access_token":"the-other-token"}"#);
            }
            Self::EmptyAccessToken => set_member(response, "access_token", Some(json!(""))),
            Self::EmptyBody => response.body_mut().clear(),
            Self::GzipBomb => {
                *response.body_mut() = gzip_bomb();
                reply::set(response, CONTENT_ENCODING, "gzip");
            }
            Self::Html200 => *response = page(StatusCode::OK),
            Self::MissingTokenType => set_member(response, "token_type", None),
            Self::NegativeExpiry => set_member(response, "expires_in", Some(json!(-1))),
            Self::NoContentType => {
                response.headers_mut().remove(CONTENT_TYPE);
            }
            Self::Oversized => {
                let padding = "x".repeat(2 * 1024 * 1024);
                set_member(response, "padding", Some(Value::String(padding)));
            }
            Self::Status201 => *response.status_mut() = StatusCode::CREATED,
            Self::TrailingGarbage => append(response, " trailing"),
            Self::UnknownTokenType => set_member(response, "token_type", Some(json!("mac"))),
            _ => {}
        }
    }
}

fn replace(params: &mut [(&'static str, String)], name: &str, value: &str) {
    for (_, current) in params.iter_mut().filter(|(given, _)| *given == name) {
        value.clone_into(current);
    }
}

fn oauth_error(status: StatusCode, error: &str, words: &str) -> Response<Vec<u8>> {
    let mut response = reply::json(&json!({ "error": error, "error_description": words }));
    *response.status_mut() = status;
    response
}

fn page(status: StatusCode) -> Response<Vec<u8>> {
    let html = format!("<!DOCTYPE html><title>{status}</title><h1>{status}</h1>");
    reply::body(status, "text/html; charset=utf-8", html.into_bytes())
}

fn append(response: &mut Response<Vec<u8>>, text: &str) {
    response.body_mut().extend_from_slice(text.as_bytes());
}

fn set_member(response: &mut Response<Vec<u8>>, name: &str, value: Option<Value>) {
    let body = response.body_mut();
    let mut object: serde_json::Map<String, Value> =
        serde_json::from_slice(body).expect("an honest reply is a JSON object");
    match value {
        Some(value) => object.insert(name.to_owned(), value),
        None => object.remove(name),
    };
    *body = serde_json::to_vec(&object).expect("a JSON object");
}
