//! What an [`Origin`](super::Origin) answers, octet by octet.

use std::{
    io::{self, Write},
    thread,
    time::Duration,
};

/// A reply, or what a broken server sends in place of one.
#[derive(Clone, Debug)]
pub struct Answer {
    head: Vec<u8>,
    body: Vec<u8>,
    drip: Option<Duration>,
    pub(super) end: End,
}

/// What becomes of the connection after the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// It waits for the next request.
    Keep,
    /// It is closed.
    Close,
    /// It is reset.
    Reset,
    /// It stays open, silent, until the client goes away.
    Hold,
}

impl Answer {
    /// A reply with a status and nothing else yet.
    #[must_use]
    pub fn status(status: u16) -> Self {
        Self::raw(format!("HTTP/1.1 {status} Whatever\r\n"))
    }

    /// 200 with a body, and its length.
    #[must_use]
    pub fn ok(body: impl AsRef<[u8]>) -> Self {
        Self::status(200).body(body)
    }

    /// Any octets.
    #[must_use]
    pub fn raw(octets: impl Into<Vec<u8>>) -> Self {
        Self { head: octets.into(), body: Vec::new(), drip: None, end: End::Keep }
    }

    /// Nothing.
    #[must_use]
    pub fn nothing() -> Self {
        Self::raw("")
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        self.head.extend_from_slice(name.as_bytes());
        self.head.extend_from_slice(b": ");
        self.head.extend_from_slice(value.as_ref());
        self.head.extend_from_slice(b"\r\n");
        self
    }

    /// Sets the body and says how long it is.
    #[must_use]
    pub fn body(self, body: impl AsRef<[u8]>) -> Self {
        let body = body.as_ref();
        self.header("Content-Length", body.len().to_string()).part(body)
    }

    /// Ends the head; there is no body.
    #[must_use]
    pub fn no_body(self) -> Self {
        self.part("")
    }

    /// Sets the body and says that it is longer.
    #[must_use]
    pub fn cut_body(self, body: impl AsRef<[u8]>) -> Self {
        let body = body.as_ref();
        self.header("Content-Length", (body.len() + 100).to_string()).part(body)
    }

    /// Sets the body, in chunks of 1,000 octets. Its last chunk can be left out.
    #[must_use]
    pub fn chunked(self, body: impl AsRef<[u8]>, is_whole: bool) -> Self {
        let mut chunks = Vec::new();
        for chunk in body.as_ref().chunks(1000) {
            chunks.extend_from_slice(format!("{:x}\r\n", chunk.len()).as_bytes());
            chunks.extend_from_slice(chunk);
            chunks.extend_from_slice(b"\r\n");
        }
        if is_whole {
            chunks.extend_from_slice(b"0\r\n\r\n");
        }
        self.header("Transfer-Encoding", "chunked").part(chunks)
    }

    /// Sets the body, which ends with the connection.
    #[must_use]
    pub fn unframed(self, body: impl AsRef<[u8]>) -> Self {
        self.header("Connection", "close").part(body).end(End::Close)
    }

    /// Sends the head whole and the body octet by octet, or all octet by octet if there is none.
    #[must_use]
    pub fn drip(mut self, pause: Duration) -> Self {
        self.drip = Some(pause);
        self
    }

    /// Sets what becomes of the connection.
    #[must_use]
    pub fn end(mut self, end: End) -> Self {
        self.end = end;
        self
    }

    fn part(mut self, body: impl AsRef<[u8]>) -> Self {
        self.head.extend_from_slice(b"\r\n");
        self.body = body.as_ref().to_vec();
        self
    }

    pub(super) fn write(&self, stream: &mut impl Write) -> io::Result<()> {
        let (at_once, slowly) = match self.drip {
            None => ([&self.head[..], &self.body].concat(), &[][..]),
            Some(_) if self.body.is_empty() => (Vec::new(), &self.head[..]),
            Some(_) => (self.head.clone(), &self.body[..]),
        };
        stream.write_all(&at_once)?;
        stream.flush()?;
        for octet in slowly {
            thread::sleep(self.drip.unwrap_or_default());
            stream.write_all(&[*octet])?;
            stream.flush()?;
        }
        Ok(())
    }
}
