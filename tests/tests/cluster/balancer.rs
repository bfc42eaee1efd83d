//! A load balancer: each connection goes to the next process, and no more to one that is gone.

use crate::forward::{Listener, join};
use std::net::{SocketAddr, TcpStream};
use std::sync::{Arc, Mutex};

pub(crate) struct Balancer {
    listener: Listener,
    shared: Arc<Mutex<Shared>>,
}

#[derive(Default)]
struct Shared {
    /// The next one first.
    backends: Vec<SocketAddr>,
    served: Vec<(String, SocketAddr)>,
}

impl Balancer {
    pub(crate) fn start() -> Self {
        let shared = Arc::<Mutex<Shared>>::default();
        let sharing = Arc::clone(&shared);
        let serve = move |near: TcpStream| {
            let Some((far, backend)) = connect(&sharing) else { return };
            let mut is_first = true;
            let note = |octets: &[u8]| {
                if is_first {
                    is_first = false;
                    let line = String::from_utf8_lossy(octets).into_owned();
                    let target = line.split([' ', '?']).nth(1).unwrap_or_default();
                    sharing.lock().unwrap().served.push((target.to_owned(), backend));
                }
            };
            join(&near, &far, note, |_| {});
        };
        Self { listener: Listener::start(serve), shared }
    }

    pub(crate) fn add(&self, backend: SocketAddr) {
        self.shared.lock().unwrap().backends.push(backend);
    }

    pub(crate) fn url(&self) -> String {
        self.listener.url()
    }

    /// Who served that path last.
    pub(crate) fn who_served(&self, path: &str) -> SocketAddr {
        let shared = self.shared.lock().unwrap();
        let served = shared.served.iter().rfind(|(served, _)| served == path);
        served.unwrap_or_else(|| panic!("nobody has served {path}")).1
    }
}

fn connect(shared: &Mutex<Shared>) -> Option<(TcpStream, SocketAddr)> {
    let backends = &mut shared.lock().unwrap().backends;
    loop {
        let backend = *backends.first()?;
        if let Ok(stream) = TcpStream::connect(backend) {
            backends.rotate_left(1);
            return Some((stream, backend));
        }
        backends.remove(0);
    }
}
