//! The same server behind a socket, with the faults that only a socket can have.

use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::thread::JoinHandle;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::response::IntoResponse as _;
use http::header::CONTENT_LENGTH;
use http::{Response, StatusCode};
use http_body::Frame;
use tokio::sync::oneshot;

use super::{CloudVault, Config, Fault};

const MAX_REQUEST_BODY: usize = 1024 * 1024;

/// A [`CloudVault`] that listens on a loopback address, on a thread of its own, until it is
/// stopped or dropped.
pub struct Server {
    vault: CloudVault,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Listens on a free port of `127.0.0.1`. The issuer of `config` becomes the base URL,
    /// and keeps its path.
    ///
    /// # Errors
    ///
    /// When the system gives no socket or no runtime.
    pub fn start(config: Config) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        listener.set_nonblocking(true)?;
        let (_, path) = config.origin_and_path();
        let issuer = format!("http://{}{path}", listener.local_addr()?);
        let vault = CloudVault::new(Config { issuer, ..config });
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let (stop, stopped) = oneshot::channel();
        let app = Router::new().fallback(answer).with_state(vault.clone());
        let thread = std::thread::spawn(move || {
            runtime.block_on(async move {
                let serve = async {
                    let listener = tokio::net::TcpListener::from_std(listener)?;
                    axum::serve(listener, app).await
                };
                tokio::select! {
                    result = serve => result.expect("a bound listener serves"),
                    _ = stopped => {}
                }
            });
        });
        Ok(Self { vault, stop: Some(stop), thread: Some(thread) })
    }

    /// Where the server is, without a trailing slash: also its issuer.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.vault.config().issuer
    }

    /// The server behind the socket.
    #[must_use]
    pub fn vault(&self) -> &CloudVault {
        &self.vault
    }

    /// Closes the socket and every connection, and waits until that is done.
    pub fn stop(self) {
        drop(self);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            // Nobody listens any more if the thread has died, which `join` tells.
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let ended = thread.join();
            if !std::thread::panicking() {
                ended.expect("the server thread has not panicked");
            }
        }
    }
}

async fn answer(State(vault): State<CloudVault>, request: Request) -> Response<Body> {
    let (head, body) = request.into_parts();
    let Ok(body) = to_bytes(body, MAX_REQUEST_BODY).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let is_token = head.uri.path().ends_with("/token");
    let response = vault.handle(Request::from_parts(head, body.to_vec()));
    match vault.fault() {
        Some(Fault::Slow(delay)) if is_token => {
            tokio::time::sleep(delay).await;
            response.map(Body::from)
        }
        Some(Fault::Truncated) if is_token => truncated(response),
        _ => response.map(Body::from),
    }
}

/// Half of the body under a `Content-Length` that promises all of it.
fn truncated(response: Response<Vec<u8>>) -> Response<Body> {
    let promised = response.body().len();
    let mut response = response.map(|mut body| {
        body.truncate(promised / 2);
        Body::new(Half { bytes: Some(Bytes::from(body)), flushed: false })
    });
    let headers = response.headers_mut();
    headers.insert(CONTENT_LENGTH, promised.into());
    response
}

/// A body that ends too early, with a pause in which the bytes before its end leave the server.
struct Half {
    bytes: Option<Bytes>,
    flushed: bool,
}

impl http_body::Body for Half {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if let Some(bytes) = self.bytes.take() {
            return Poll::Ready(Some(Ok(Frame::data(bytes))));
        }
        if !self.flushed {
            self.flushed = true;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(Some(Err(io::ErrorKind::ConnectionReset.into())))
    }
}
