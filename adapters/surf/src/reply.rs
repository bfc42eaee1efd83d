//! Replies as surf gives them, and what it leaves out.

use crate::Backend;
use async_std::io::ReadExt as _;
use grantflow::{ReplyBody, Response, TransportError};
use std::io;
use surf::http;

/// Reads a reply to its end.
pub(crate) async fn read(
    mut reply: http::Response,
    mut body: ReplyBody,
    backend: Backend,
    is_head: bool,
) -> Result<Response, TransportError> {
    #[cfg(feature = "h1-client-rustls")]
    if backend == Backend::H1 {
        crate::h1::mend(&mut reply, is_head)?;
    }
    let _ = (backend, is_head);
    let mut reader = reply.take_body();
    let mut chunk = [0; 8192];
    loop {
        match reader.read(&mut chunk).await {
            Ok(0) => break,
            Ok(length) => body.push(&chunk[..length])?,
            Err(error) if error.kind() == io::ErrorKind::TimedOut => {
                return Err(TransportError::Timeout);
            }
            Err(error) => return Err(TransportError::Stack(error.into())),
        }
    }
    let headers = reply
        .iter()
        .flat_map(|(name, values)| values.iter().map(|value| (name.as_str(), value.as_str())));
    body.into_response(reply.status().into(), headers)
}

/// What an error of surf's means.
pub(crate) fn failed(error: http::Error) -> TransportError {
    #[cfg(feature = "curl-client")]
    let error = match error.downcast() {
        Ok(isahc::Error::Timeout) => return TransportError::Timeout,
        Ok(error) => return TransportError::Stack(error.into()),
        Err(error) => error,
    };
    TransportError::Stack(error.into_inner().into())
}
