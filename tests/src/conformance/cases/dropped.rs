//! Futures that are dropped on the way.

use super::{LONG, client, connection::user, get_as};
use crate::conformance::{Answer, AsyncAdapter, End, Origin, Received};
use std::{sync::Mutex, time::Duration};
use tokio::sync::oneshot;

/// Dropping the future ends the exchange: its connection is closed, at the latest when the timeout
/// is over.
pub fn a_dropped_future_ends_the_exchange<A: AsyncAdapter>() {
    let client = client::<A>(Duration::from_secs(1));
    let (arrived, when) = signal();
    let origin = Origin::plain(move |_| {
        arrived();
        Answer::nothing().end(End::Hold)
    });
    client.send_and_drop(get_as(&origin.url("/"), "alice"), when);
    origin.wait_until(|log| log.ended == log.connections);
    assert_eq!(origin.log().requests.len(), 1);
}

/// After alice's future was dropped, bob gets bob's reply, although alice's comes first.
pub fn after_a_dropped_future_the_next_reply_is_its_own<A: AsyncAdapter>() {
    let client = client::<A>(LONG);
    let (arrived, when) = signal();
    let (drop_it, dropped) = std::sync::mpsc::channel::<()>();
    let dropped = Mutex::new(dropped);
    let origin = Origin::plain(move |received: &Received| match user(received) {
        "alice" => {
            arrived();
            let dropped = dropped.lock().expect("one alice");
            dropped.recv().expect("the future was dropped");
            Answer::ok("for alice")
        }
        user => Answer::ok(format!("for {user}")),
    });
    let url = origin.url("/");
    client.send(get_as(&url, "warm")).unwrap();
    client.send_and_drop(get_as(&url, "alice"), when);
    drop_it.send(()).unwrap();
    origin.wait_until(|log| log.requests.len() == 2);
    for user in ["bob", "carol"] {
        assert_eq!(
            client.send(get_as(&url, user)).unwrap().body(),
            format!("for {user}").as_bytes()
        );
    }
}

/// Something to call once, and something to wait for.
fn signal() -> (impl Fn() + Send + Sync, oneshot::Receiver<()>) {
    let (sender, receiver) = oneshot::channel();
    let sender = Mutex::new(Some(sender));
    let signal = move || {
        let sender = sender.lock().expect("nobody has panicked").take();
        // Nobody waits any more if the request is there for the second time.
        let _ = sender.map(|sender| sender.send(()));
    };
    (signal, receiver)
}
