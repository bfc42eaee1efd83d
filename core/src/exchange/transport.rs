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
}

impl ReplyBody {
    /// An empty body for the reply to a request.
    #[must_use]
    pub fn new(request: &crate::Request) -> Self {
        Self { octets: Zeroizing::default(), limit: request.reply_limit() }
    }

    /// Adds what was received, after decompression.
    ///
    /// # Errors
    /// [`TransportError::BodyTooLarge`]; nothing is added then.
    pub fn push(&mut self, chunk: &[u8]) -> Result<(), TransportError> {
        if self.octets.len().saturating_add(chunk.len()) > self.limit {
            return Err(TransportError::BodyTooLarge { limit: self.limit });
        }
        self.octets.extend_from_slice(chunk);
        Ok(())
    }

    /// Reads all that a blocking stack has.
    ///
    /// # Errors
    /// [`TransportError::BodyTooLarge`]; [`TransportError::Stack`] if reading fails.
    #[cfg(feature = "std")]
    pub fn read_from(&mut self, reader: &mut impl std::io::Read) -> Result<(), TransportError> {
        let mut chunk = Zeroizing::new([0; 8192]);
        loop {
            let result = reader.read(&mut *chunk);
            match result {
                Ok(0) => return Ok(()),
                Ok(length) => self.push(chunk.get(..length).unwrap_or_default())?,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => return Err(TransportError::Stack(error.into())),
            }
        }
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
