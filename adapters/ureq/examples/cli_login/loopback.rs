//! A listener on this machine that only the browser on it can reach (RFC 8252 section 7.3).

use super::BoxError;
use grantflow::{AwaitingCallback, Callback, CodeReceived, Failure, Flow, UnixTime};
use std::{
    io::{self, BufReader, Read as _, Write as _},
    net::{IpAddr, Ipv4Addr, Ipv6Addr, TcpListener, TcpStream},
    sync::mpsc,
    thread,
    time::Duration,
};

/// How long the user may take.
const PATIENCE: Duration = Duration::from_secs(300);

pub(crate) struct Loopback {
    listener: TcpListener,
    redirect_uri: String,
}

/// A GET request, and where to answer it.
type Hit = (String, TcpStream);

impl Loopback {
    /// Listens on a free port. Machines without IPv4 exist, and machines without IPv6.
    pub(crate) fn bind(prefers_ipv6: bool) -> io::Result<Self> {
        let mut hosts = [IpAddr::from(Ipv4Addr::LOCALHOST), IpAddr::from(Ipv6Addr::LOCALHOST)];
        if prefers_ipv6 {
            hosts.reverse();
        }
        let [first, second] = hosts;
        let listener = TcpListener::bind((first, 0)).or_else(|_| TcpListener::bind((second, 0)))?;
        let redirect_uri = format!("http://{}/callback", listener.local_addr()?);
        Ok(Self { listener, redirect_uri })
    }

    pub(crate) fn redirect_uri(&self) -> &str {
        &self.redirect_uri
    }

    /// Waits for the browser to come back. Whatever else calls does not end the login: other
    /// pages, other programs, connections on which nothing comes.
    pub(crate) fn wait(
        self,
        mut awaiting: Flow<AwaitingCallback>,
    ) -> Result<Flow<CodeReceived>, BoxError> {
        let hits = self.hits();
        loop {
            let (target, stream) = hits.recv_timeout(PATIENCE).map_err(|_| "nobody came back")?;
            if !target.starts_with("/callback?") {
                answer(stream, "404 Not Found", "There is nothing here.");
                continue;
            }
            let Ok(callback) = Callback::from_path_and_query(&target) else {
                answer(stream, "400 Bad Request", "This is no callback.");
                continue;
            };
            match awaiting.receive(callback, UnixTime::now()) {
                Ok(code) => {
                    answer(stream, "200 OK", "You are logged in. You can close this window.");
                    return Ok(code);
                }
                Err(Failure::Later { state, .. }) => {
                    answer(stream, "400 Bad Request", "This belongs to another login.");
                    awaiting = *state;
                }
                Err(failure) => {
                    answer(stream, "200 OK", "You are not logged in. The program says why.");
                    return Err(failure.into_error().into());
                }
            }
        }
    }

    /// What comes in, each connection on a thread of its own: browsers open some in advance.
    fn hits(self) -> mpsc::Receiver<Hit> {
        let (sender, hits) = mpsc::channel();
        thread::spawn(move || {
            for stream in self.listener.incoming().flatten() {
                let sender = sender.clone();
                thread::spawn(move || {
                    if let Ok(hit) = read(stream) {
                        // Once the login is over, nobody listens.
                        let _ = sender.send(hit);
                    }
                });
            }
        });
        hits
    }
}

/// Reads a request's head: at most 16 KiB of it, for at most ten seconds each time.
fn read(stream: TcpStream) -> io::Result<Hit> {
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    let mut head = Vec::new();
    let mut octets = BufReader::new(&stream).take(16 << 10).bytes();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(octets.next().ok_or(io::ErrorKind::UnexpectedEof)??);
    }
    let head = String::from_utf8_lossy(&head);
    let target = head.strip_prefix("GET ").and_then(|rest| rest.split(' ').next());
    let target = target.ok_or(io::ErrorKind::InvalidData)?;
    Ok((target.to_owned(), stream))
}

fn answer(mut stream: TcpStream, status: &str, text: &str) {
    let reply = format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/plain\r\nContent-Length: {}\r\n\
         Cache-Control: no-store\r\nReferrer-Policy: no-referrer\r\nConnection: close\r\n\r\n{text}",
        text.len(),
    );
    // A browser that has gone away misses its page; the login goes on.
    let _ = stream.write_all(reply.as_bytes());
}
