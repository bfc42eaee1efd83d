//! The few shapes that responses have.

use http::header::{
    ALLOW, CACHE_CONTROL, CONTENT_TYPE, LOCATION, PRAGMA, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderName, HeaderValue, Response, StatusCode};
use serde::Serialize;

/// A body of that media type.
pub(super) fn body(status: StatusCode, media_type: &str, body: Vec<u8>) -> Response<Vec<u8>> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    set(&mut response, CONTENT_TYPE, media_type);
    set(&mut response, X_CONTENT_TYPE_OPTIONS, "nosniff");
    response
}

/// 200 with JSON.
pub(super) fn json(value: &impl Serialize) -> Response<Vec<u8>> {
    let text = serde_json::to_vec(value).expect("our replies are JSON");
    body(StatusCode::OK, "application/json", text)
}

/// A redirect that turns a POST into a GET (RFC 9700 section 4.12: never 307).
pub(super) fn see_other(location: &str) -> Response<Vec<u8>> {
    let mut response = Response::new(Vec::new());
    *response.status_mut() = StatusCode::SEE_OTHER;
    set(&mut response, LOCATION, location);
    set(&mut response, REFERRER_POLICY, "no-referrer");
    no_store(&mut response);
    response
}

/// 405 with the methods that would have been right.
pub(super) fn method_not_allowed(allowed: &str) -> Response<Vec<u8>> {
    let mut response = body(
        StatusCode::METHOD_NOT_ALLOWED,
        "text/plain; charset=utf-8",
        b"method not allowed".to_vec(),
    );
    set(&mut response, ALLOW, allowed);
    response
}

/// 404.
pub(super) fn not_found() -> Response<Vec<u8>> {
    let text = b"not found".to_vec();
    body(StatusCode::NOT_FOUND, "text/plain; charset=utf-8", text)
}

/// Keeps the response out of every cache (RFC 6749 section 5.1).
pub(super) fn no_store(response: &mut Response<Vec<u8>>) {
    set(response, CACHE_CONTROL, "no-store");
    set(response, PRAGMA, "no-cache");
}

/// Sets one header field.
pub(super) fn set(response: &mut Response<Vec<u8>>, name: HeaderName, value: &str) {
    let value = HeaderValue::from_str(value).expect("our header values have no control character");
    response.headers_mut().insert(name, value);
}
