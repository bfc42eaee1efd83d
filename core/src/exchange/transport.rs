//! What every adapter needs to bind an HTTP stack: an error, and a body that stops growing.

use alloc::{boxed::Box, vec::Vec};
use core::{error::Error, fmt};
use zeroize::Zeroizing;

/// What an HTTP stack failed with, whatever the stack.
pub(crate) type BoxError = Box<dyn Error + Send + Sync>;

/// Why no reply came of a request.
///
/// The adapters of this project fail with it; another stack may use it or an error of its own.
/// It never holds the request: no header, no body, no URL.
#[derive(Debug)]
#[non_exhaustive]
pub enum TransportError {
    /// The reply's body is larger than [`Request::reply_limit`](crate::Request::reply_limit).
    BodyTooLarge {
        /// The limit, in octets, after decompression.
        limit: usize,
    },
    /// The HTTP stack failed: no connection, TLS, a broken reply.
    Stack(Box<dyn Error + Send + Sync>),
    /// The exchange took longer than the client allows.
    Timeout,
    /// The reply's body ended before its announced length.
    Truncated,
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BodyTooLarge { limit } => {
                write!(f, "the reply's body is larger than {limit} octets")
            }
            Self::Stack(error) => error.fmt(f),
            Self::Timeout => f.write_str("the server took too long"),
            Self::Truncated => f.write_str("the reply's body is shorter than announced"),
        }
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            // Its own text is this one's.
            Self::Stack(error) => error.source(),
            Self::BodyTooLarge { .. } | Self::Timeout | Self::Truncated => None,
        }
    }
}

/// A reply's body in the making, which never grows beyond its request's limit.
///
/// ```
/// # use grantflow::{Request, ReplyBody};
/// # let request = Request::get("https://api.example/".parse()?).with_reply_limit(8);
/// let mut body = ReplyBody::new(&request);
/// body.push(b"12345678")?;
/// assert!(body.push(b"9").is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct ReplyBody {
    octets: Zeroizing<Vec<u8>>,
    limit: usize,
    is_head: bool,
}

impl ReplyBody {
    /// An empty body for the reply to a request.
    #[must_use]
    pub fn new(request: &crate::Request) -> Self {
        Self {
            octets: Zeroizing::default(),
            limit: request.reply_limit(),
            is_head: *request.method() == crate::Method::HEAD,
        }
    }

    /// Adds what was received, after decompression.
    ///
    /// # Errors
    /// [`TransportError::BodyTooLarge`]; nothing is added then.
    pub fn push(&mut self, chunk: &[u8]) -> Result<(), TransportError> {
        if self.octets.len().saturating_add(chunk.len()) > self.limit {
            return Err(TransportError::BodyTooLarge { limit: self.limit });
        }
        self.make_room(chunk.len());
        self.octets.extend_from_slice(chunk);
        Ok(())
    }

    /// Makes room as `Vec` does, but wipes the buffer that became too small.
    fn make_room(&mut self, more: usize) {
        let length = self.octets.len().saturating_add(more);
        if length > self.octets.capacity() {
            let doubled = self.octets.capacity().saturating_mul(2);
            let mut larger = Zeroizing::new(Vec::with_capacity(length.max(doubled)));
            larger.extend_from_slice(&self.octets);
            self.octets = larger;
        }
    }

    /// Reads all that a blocking stack has. `failed` tells what an error of its reader means.
    ///
    /// # Errors
    /// [`TransportError::BodyTooLarge`]; what `failed` makes of an error.
    #[cfg(feature = "std")]
    pub fn read_from(
        &mut self,
        reader: &mut impl std::io::Read,
        failed: impl Fn(std::io::Error) -> TransportError,
    ) -> Result<(), TransportError> {
        let mut chunk = Zeroizing::new([0; 8192]);
        loop {
            let result = reader.read(&mut *chunk);
            match result {
                Ok(0) => return Ok(()),
                Ok(length) => self.push(chunk.get(..length).unwrap_or_default())?,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => return Err(failed(error)),
            }
        }
    }

    /// The reply, once its body was read.
    ///
    /// ```
    /// # use grantflow::{Request, ReplyBody, TransportError};
    /// # let request = Request::get("https://api.example/".parse()?);
    /// let mut body = ReplyBody::new(&request);
    /// body.push(b"1234567")?;
    /// let reply = body.into_response(200, [("content-length", "8")]);
    /// assert!(matches!(reply, Err(TransportError::Truncated)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`TransportError::Truncated`] if the body is shorter than its `Content-Length`, which not
    /// every stack notices. A body with a `Content-Encoding` is not measured: the stack may have
    /// decoded it. Nor is a reply that has none by definition (RFC 9110 section 6.4.1).
    pub fn into_response<N, V>(
        self,
        status: u16,
        headers: impl IntoIterator<Item = (N, V)>,
    ) -> Result<crate::Response, TransportError>
    where
        N: Into<Box<str>>,
        V: AsRef<[u8]>,
    {
        let is_bodiless = self.is_head || status == 204 || status == 304;
        let length = self.octets.len();
        let response = crate::Response::new(status, headers, self.into_octets());
        let is_encoded = response.headers_named("content-encoding").next().is_some();
        let announced = response.header("content-length").and_then(|text| text.parse().ok());
        if !is_bodiless
            && !is_encoded
            && announced.is_some_and(|announced: usize| length < announced)
        {
            return Err(TransportError::Truncated);
        }
        Ok(response)
    }

    /// The whole body.
    #[must_use]
    pub fn into_octets(mut self) -> Vec<u8> {
        core::mem::take(&mut *self.octets)
    }
}

impl fmt::Debug for ReplyBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ReplyBody({} octets)", self.octets.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Method, Request};

    #[track_caller]
    fn is_whole(method: Method, status: u16, headers: &[(&str, &str)]) -> bool {
        let request = Request::new(method, "https://api.example/".parse().unwrap());
        let mut body = ReplyBody::new(&request);
        body.push(b"1234").unwrap();
        body.into_response(status, headers.iter().copied()).is_ok()
    }

    #[test]
    fn a_body_shorter_than_announced_is_no_reply() {
        assert!(!is_whole(Method::GET, 200, &[("Content-Length", "5")]));
        assert!(!is_whole(Method::POST, 500, &[("content-length", "5")]));
        assert!(is_whole(Method::GET, 200, &[("content-length", "4")]));
    }

    #[test]
    fn a_length_that_does_not_count_the_body_is_not_compared() {
        assert!(is_whole(Method::GET, 200, &[]));
        assert!(is_whole(Method::GET, 200, &[("content-length", "many")]));
        assert!(is_whole(
            Method::GET,
            200,
            &[("content-length", "9"), ("content-encoding", "gzip")]
        ));
        assert!(is_whole(Method::HEAD, 200, &[("content-length", "5")]));
        assert!(is_whole(Method::GET, 304, &[("content-length", "5")]));
    }
}
