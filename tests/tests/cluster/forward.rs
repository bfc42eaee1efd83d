//! What a load balancer and a gate have in common: connections come in and are passed on.

use std::io::{self, Read as _, Write as _};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};

/// Listens on a free port of `127.0.0.1` until it is dropped.
pub(crate) struct Listener {
    address: SocketAddr,
    is_over: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Listener {
    /// Each connection has a thread of its own.
    pub(crate) fn start(serve: impl Fn(TcpStream) + Clone + Send + 'static) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("there is a free port");
        let address = listener.local_addr().expect("it is bound");
        let is_over = Arc::new(AtomicBool::new(false));
        let over = Arc::clone(&is_over);
        let accept = move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if over.load(Ordering::SeqCst) {
                    return;
                }
                let serve = serve.clone();
                thread::spawn(move || serve(stream));
            }
        };
        Self { address, is_over, thread: Some(thread::spawn(accept)) }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::SeqCst);
        // `accept` has no other way to wake up.
        let _ = TcpStream::connect(self.address);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Passes everything on in both directions until both sides have ended. Each piece is shown first.
pub(crate) fn join(
    near: &TcpStream,
    far: &TcpStream,
    out: impl FnMut(&[u8]),
    back: impl FnMut(&[u8]) + Send,
) {
    thread::scope(|scope| {
        scope.spawn(|| copy(far, near, back));
        copy(near, far, out);
    });
}

fn copy(mut from: &TcpStream, mut to: &TcpStream, mut show: impl FnMut(&[u8])) {
    let mut buffer = [0; 16 * 1024];
    let mut pass = || -> io::Result<bool> {
        let length = from.read(&mut buffer)?;
        show(&buffer[..length]);
        to.write_all(&buffer[..length])?;
        Ok(length > 0)
    };
    while pass().unwrap_or(false) {}
    // The other side may be gone.
    let _ = to.shutdown(Shutdown::Write);
}
