//! A server that does as it is told and remembers every octet that it was sent.

use super::answer::{Answer, End};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::{
    io::{self, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread,
    time::Duration,
};

/// How long to wait for what should happen at once.
const PATIENCE: Duration = Duration::from_secs(20);

/// A scripted server on a free loopback port, until it is dropped.
pub struct Origin {
    address: SocketAddr,
    base: String,
    shared: Arc<Shared>,
}

struct Shared {
    script: Box<dyn Fn(&Received) -> Answer + Send + Sync>,
    tls: Option<Arc<ServerConfig>>,
    log: Mutex<Log>,
    changed: Condvar,
}

/// What has happened at an [`Origin`].
#[derive(Clone, Debug, Default)]
pub struct Log {
    /// How many connections were opened.
    pub connections: usize,
    /// How many of them have ended.
    pub ended: usize,
    /// How many octets came, after TLS.
    pub octets: usize,
    /// The requests, in order.
    pub requests: Vec<Received>,
    stopped: bool,
}

/// A request as it was on the wire.
#[derive(Clone, Debug)]
pub struct Received {
    /// The number of its connection, from 1.
    pub connection: usize,
    /// The request line and the header fields.
    pub head: String,
    /// The body.
    pub body: Vec<u8>,
    /// The certificate that the client presented on the connection, in DER.
    pub certificate: Option<Vec<u8>>,
}

impl Origin {
    /// A server for plain HTTP on 127.0.0.1.
    pub fn plain(script: impl Fn(&Received) -> Answer + Send + Sync + 'static) -> Self {
        Self::start("127.0.0.1", None, script)
    }

    /// A server for HTTPS on localhost.
    pub fn secure(
        tls: Arc<ServerConfig>,
        script: impl Fn(&Received) -> Answer + Send + Sync + 'static,
    ) -> Self {
        Self::start("localhost", Some(tls), script)
    }

    fn start(
        host: &str,
        tls: Option<Arc<ServerConfig>>,
        script: impl Fn(&Received) -> Answer + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind((host, 0)).expect("a free port");
        let address = listener.local_addr().expect("an address");
        let scheme = if tls.is_some() { "https" } else { "http" };
        let base = format!("{scheme}://{host}:{}", address.port());
        let shared = Arc::new(Shared {
            script: Box::new(script),
            tls,
            log: Mutex::default(),
            changed: Condvar::new(),
        });
        let accepting = shared.clone();
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if accepting.lock().stopped {
                    return;
                }
                let connection = accepting.change(|log| {
                    log.connections += 1;
                    log.connections
                });
                let shared = accepting.clone();
                thread::spawn(move || shared.connection(stream, connection));
            }
        });
        Self { address, base, shared }
    }

    /// The URL of a path here.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// The port that the server listens on.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// What has happened so far.
    #[must_use]
    pub fn log(&self) -> Log {
        self.shared.lock().clone()
    }

    /// The only request that came.
    ///
    /// # Panics
    /// If none came, or several.
    #[must_use]
    pub fn only(&self) -> Received {
        let requests = self.log().requests;
        assert_eq!(requests.len(), 1, "{requests:?}");
        requests.into_iter().next().expect("one request")
    }

    /// Waits until something has happened.
    ///
    /// # Panics
    /// If it does not for a long time.
    pub fn wait_until(&self, happened: impl Fn(&Log) -> bool) {
        let log = self.shared.lock();
        let waiting = |log: &mut Log| !happened(log);
        let waited = self.shared.changed.wait_timeout_while(log, PATIENCE, waiting);
        let (log, timeout) = waited.unwrap_or_else(PoisonError::into_inner);
        assert!(!timeout.timed_out(), "waited in vain: {log:?}");
    }
}

impl Drop for Origin {
    fn drop(&mut self) {
        self.shared.change(|log| log.stopped = true);
        // Wakes the thread that accepts; if it is gone already, so much the better.
        let _ = TcpStream::connect(self.address);
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Log> {
        // A case that fails while it waits must still be able to stop the server.
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change<T>(&self, change: impl FnOnce(&mut Log) -> T) -> T {
        let result = change(&mut self.lock());
        self.changed.notify_all();
        result
    }

    fn connection(&self, stream: TcpStream, connection: usize) {
        // A client that goes away in the middle is what many cases are about.
        let _ = match &self.tls {
            Some(config) => {
                ServerConnection::new(config.clone()).map_err(io::Error::other).and_then(|tls| {
                    let mut tls = StreamOwned::new(tls, &stream);
                    self.serve(&mut tls, client_certificate, &stream, connection)
                })
            }
            None => self.serve(&mut &stream, |_| None, &stream, connection),
        };
        drop(stream);
        self.change(|log| log.ended += 1);
    }

    fn serve<S: Read + Write>(
        &self,
        stream: &mut S,
        client_certificate: fn(&S) -> Option<Vec<u8>>,
        socket: &TcpStream,
        connection: usize,
    ) -> io::Result<()> {
        let mut input = Vec::new();
        while let Some(mut received) = self.receive(stream, &mut input, connection)? {
            received.certificate = client_certificate(stream);
            let answer = (self.script)(&received);
            self.change(|log| log.requests.push(received));
            answer.write(stream)?;
            match answer.end {
                End::Keep => {}
                End::Close => return Ok(()),
                End::Reset => {
                    return socket2::SockRef::from(socket).set_linger(Some(Duration::ZERO));
                }
                End::Hold => {
                    // Nothing comes any more but the end of the connection; a client that does
                    // not end it shall fail its case, not hang in it.
                    socket.set_read_timeout(Some(PATIENCE))?;
                    let _ = stream.read(&mut [0])?;
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    fn receive(
        &self,
        stream: &mut impl Read,
        input: &mut Vec<u8>,
        connection: usize,
    ) -> io::Result<Option<Received>> {
        loop {
            if let Some(received) = Received::parse(input, connection) {
                return Ok(Some(received));
            }
            let mut chunk = [0; 8192];
            let length = stream.read(&mut chunk)?;
            if length == 0 {
                return Ok(None);
            }
            self.change(|log| log.octets += length);
            input.extend_from_slice(&chunk[..length]);
        }
    }
}

fn client_certificate(stream: &StreamOwned<ServerConnection, &TcpStream>) -> Option<Vec<u8>> {
    Some(stream.conn.peer_certificates()?.first()?.to_vec())
}

impl Received {
    /// Takes one whole request off the input.
    fn parse(input: &mut Vec<u8>, connection: usize) -> Option<Self> {
        let end = input.windows(4).position(|end| end == b"\r\n\r\n")?;
        let head = input[..end].iter().map(|octet| char::from(*octet)).collect();
        let mut received = Self { connection, head, body: Vec::new(), certificate: None };
        let length = received
            .header("content-length")
            .map_or(0, |text| text.parse().expect("a length that is a number"));
        let whole = end + 4 + length;
        if input.len() < whole {
            return None;
        }
        received.body = input[end + 4..whole].to_vec();
        input.drain(..whole);
        Some(received)
    }

    /// The request line.
    #[must_use]
    pub fn line(&self) -> &str {
        self.head.split("\r\n").next().unwrap_or_default()
    }

    /// The header fields, in order, with their names in lower case.
    #[must_use]
    pub fn headers(&self) -> Vec<(String, &str)> {
        let fields = self.head.split("\r\n").skip(1);
        let fields = fields.map(|field| field.split_once(':').expect("a header field"));
        fields.map(|(name, value)| (name.to_ascii_lowercase(), value.trim())).collect()
    }

    /// The value of a header that may be there once.
    ///
    /// # Panics
    /// If it is there several times.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers().into_iter().filter(|(known, _)| known == name);
        let value = values.next().map(|(_, value)| value);
        assert!(values.next().is_none(), "{name} is repeated: {}", self.head);
        value
    }
}
