//! Stands before CloudVault's token endpoint, sees what passes, and can hold the replies back.

use crate::forward::{Listener, join};
use std::net::TcpStream;
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) struct Gate {
    listener: Listener,
    shared: Arc<Shared>,
    held: Receiver<()>,
}

#[derive(Default)]
struct Shared {
    is_shut: Mutex<bool>,
    opened: Condvar,
    seen: Mutex<Vec<u8>>,
}

impl Gate {
    pub(crate) fn start(vault: &str) -> Self {
        let address = vault.trim_start_matches("http://").to_owned();
        let shared = Arc::<Shared>::default();
        let (sender, held) = mpsc::channel();
        let sharing = Arc::clone(&shared);
        let serve = move |near: TcpStream| {
            let Ok(far) = TcpStream::connect(&address) else { return };
            let back = |octets: &[u8]| {
                sharing.see(octets);
                if !octets.is_empty() && *sharing.is_shut() {
                    // Nobody listens any more if the test is over.
                    let _ = sender.send(());
                    let wait = sharing.opened.wait_while(sharing.is_shut(), |is_shut| *is_shut);
                    drop(wait.unwrap());
                }
            };
            join(&near, &far, |octets| sharing.see(octets), back);
        };
        Self { listener: Listener::start(serve), shared, held }
    }

    pub(crate) fn url(&self) -> String {
        self.listener.url()
    }

    /// From now on CloudVault acts, but nobody hears its reply.
    pub(crate) fn shut(&self) {
        *self.shared.is_shut() = true;
    }

    pub(crate) fn open(&self) {
        *self.shared.is_shut() = false;
        self.shared.opened.notify_all();
    }

    /// Waits until a reply is held back.
    pub(crate) fn holds(&self) {
        self.held.recv_timeout(PATIENCE).expect("a reply comes to the gate");
    }

    /// Every value that came by under one of these names, in a form or in JSON.
    pub(crate) fn values(&self, names: &[&str]) -> Vec<String> {
        let seen = String::from_utf8_lossy(&self.shared.seen.lock().unwrap()).into_owned();
        let words: Vec<_> = seen.split(|c: char| "&=\":,{}\r\n".contains(c)).collect();
        let words: Vec<_> = words.into_iter().filter(|word| !word.is_empty()).collect();
        let pairs = words.windows(2).filter(|pair| names.contains(&pair[0]));
        // The name of a grant is that of its parameter.
        let pairs = pairs.filter(|pair| !names.contains(&pair[1]));
        pairs.map(|pair| pair[1].to_owned()).collect()
    }
}

impl Drop for Gate {
    fn drop(&mut self) {
        self.open();
    }
}

impl Shared {
    fn is_shut(&self) -> MutexGuard<'_, bool> {
        self.is_shut.lock().unwrap()
    }

    fn see(&self, octets: &[u8]) {
        self.seen.lock().unwrap().extend(octets);
    }
}
