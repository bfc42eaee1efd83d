//! Conversions to and from the types of the `http` crate.

use super::{Request, Response};
use crate::error::{ConfigError, Error};
use alloc::vec::Vec;

/// # Errors
/// [`ConfigError::Header`] never in practice: what a [`Request`] holds was checked before.
impl TryFrom<Request> for ::http::Request<Vec<u8>> {
    type Error = Error;

    fn try_from(request: Request) -> Result<Self, Error> {
        let mut builder = ::http::Request::builder()
            .method(request.method().as_str())
            .uri(request.url().as_str());
        for (name, value) in request.headers() {
            builder = builder.header(name, value);
        }
        builder.body(request.body().to_vec()).map_err(|_| ConfigError::Header.into())
    }
}

impl<B: Into<Vec<u8>>> From<::http::Response<B>> for Response {
    fn from(response: ::http::Response<B>) -> Self {
        let (parts, body) = response.into_parts();
        let headers = parts.headers.iter().map(|(name, value)| (name.as_str(), value));
        Self::new(parts.status.as_u16(), headers, body)
    }
}
