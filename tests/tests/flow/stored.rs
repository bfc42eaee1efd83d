//! Tokens in the application's storage.

use grantflow::{Flow, StoredTokens};
use grantflow_tests::scenario::Scenario;

/// Every version that was ever released, one a line. Lines are added, never changed.
const GOLDEN: &str = include_str!("stored.golden");

#[test]
fn every_version_ever_released_is_read_and_the_last_is_written() {
    for line in GOLDEN.lines() {
        let stored: StoredTokens = serde_json::from_str(line).unwrap();
        assert_eq!(serde_json::to_string(&stored).unwrap(), line);
    }
    assert_eq!(GOLDEN.lines().count(), 4);
}

#[test]
fn a_restored_flow_is_as_good_as_the_first() {
    let scenario = Scenario::new();
    let json = serde_json::to_string(&scenario.authorized().store()).unwrap();
    let flow = Flow::restore(&scenario.client, serde_json::from_str(&json).unwrap()).unwrap();
    let photos = scenario.run(flow.call(scenario.get("/photos")).unwrap()).unwrap();
    assert_eq!(photos.status(), 200);
    assert!(flow.tokens().extra::<serde_json::Value>().is_err());
    assert!(scenario.run(flow.refresh().unwrap()).is_ok());
}

#[test]
fn no_debug_shows_a_token_or_a_state() {
    let scenario = Scenario::new();
    let (url, awaiting) = scenario.awaiting();
    let state = url.as_str().split("state=").nth(1).unwrap().split('&').next().unwrap();
    assert!(!format!("{url:?} {awaiting:?}").contains(state));
    let flow = scenario.authorized();
    let shown = format!("{flow:?} {:?} {:?}", flow.tokens(), flow.store());
    for secret in [flow.tokens().access_token(), flow.tokens().refresh_token().unwrap()] {
        assert!(!shown.contains(secret.expose()), "{shown}");
    }
}
