//! What lies around on the machine.

use super::{LONG, client, get};
use crate::conformance::{Adapter, Answer, Origin, child};

/// `http_proxy` and its kin are not used.
pub fn proxies_of_the_environment_are_not_used<A: Adapter>() {
    if let Some(url) = child::url() {
        assert_eq!(client::<A>(LONG).send(get(&url)).unwrap().body(), b"direct");
        return;
    }
    let proxy = Origin::plain(|_| Answer::ok("by proxy"));
    let origin = Origin::plain(|_| Answer::ok("direct"));
    let case = "proxies_of_the_environment_are_not_used";
    let output = child::run::<A>(case, &origin.url("/"), Some(&proxy.url("/")));
    child::assert_success(&output);
    assert_eq!(origin.log().requests.len(), 1);
    assert_eq!(proxy.log().octets, 0);
}
