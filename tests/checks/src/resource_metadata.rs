//! A resource's metadata is believed only if it names the very resource that was asked for, with
//! the servers that stand there.

use crate::{heap, json, json::Object, reply, scene::NOW, secrets::hidden};
use grantflow::{DiscoverResource, Exchange, Failure, Issuer, Response};

const RESOURCE: &str = "https://api.example/photos";

/// Takes the document in, at the resource's well-known URL and at its host's.
///
/// # Panics
/// If another resource is believed, if the search goes on for ever, or if it takes too much heap.
pub fn check(input: &[u8]) {
    let response = reply::response(input);
    let resource = RESOURCE.parse().expect("it is a resource");
    let discover = DiscoverResource::new(resource).expect("it is a URL");
    let asked = [RESOURCE, "https://api.example"];
    let Some(state) = ask(discover, asked[0], &response) else { return };
    if let Some(state) = ask(state, asked[1], &response) {
        panic!("it goes on for ever: {state:?}");
    }
}

/// Gives what goes on elsewhere.
fn ask(discover: DiscoverResource, asked: &str, response: &Response) -> Option<DiscoverResource> {
    let allowed = heap::allowed(response.body().len());
    let metadata = match heap::at_most(allowed, || discover.receive(response, NOW)) {
        Ok(metadata) => metadata,
        Err(failure) => {
            hidden(&format!("{failure} {failure:?}"), &[]);
            let Failure::Again { state, .. } = failure else { return None };
            assert!((400..500).contains(&response.status()) && response.status() != 429);
            return Some(*state);
        }
    };
    assert_eq!(response.status(), 200);
    assert!(json::is_object(response.body()), "it is not JSON");
    assert_eq!(metadata.resource().as_str(), asked);
    if let Some(said) = Object::read(response.body()) {
        assert_eq!(said.text("resource"), Some(asked));
        let servers = metadata.authorization_servers().iter().map(Issuer::as_str);
        let said_servers = said.texts("authorization_servers").unwrap_or_default();
        assert!(servers.eq(said_servers.iter()), "{metadata:?}");
        assert_eq!(metadata.scopes_supported(), said.texts("scopes_supported").as_deref());
    }
    None
}
