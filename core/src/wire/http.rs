//! Conversions to and from the types of the `http` crate.

use super::{Request, Response};
use crate::error::{ConfigError, Error};
use ::http::{HeaderValue, Request as HttpRequest, Response as HttpResponse};
use alloc::vec::Vec;

/// The limit of the reply's body has no place in the other type: read
/// [`Request::reply_limit`] before converting. All header values are marked as sensitive.
impl TryFrom<Request> for HttpRequest<Vec<u8>> {
    type Error = Error;

    /// # Errors
    /// [`ConfigError::Http`] for what the `http` crate does not take, such as a URL of more than
    /// 64 KiB.
    fn try_from(request: Request) -> Result<Self, Error> {
        let builder = HttpRequest::builder().method(request.method().as_str());
        let mut builder = builder.uri(request.url().as_str());
        for (name, value) in request.headers() {
            let mut value = HeaderValue::from_str(value).map_err(|_| ConfigError::Http)?;
            value.set_sensitive(true);
            builder = builder.header(name, value);
        }
        builder.body(request.body().to_vec()).map_err(|_| ConfigError::Http.into())
    }
}

impl<B: Into<Vec<u8>>> From<HttpResponse<B>> for Response {
    fn from(response: HttpResponse<B>) -> Self {
        let (parts, body) = response.into_parts();
        let headers = parts.headers.iter().map(|(name, value)| (name.as_str(), value));
        Self::new(parts.status.as_u16(), headers, body)
    }
}
