//! What Redis and the log may know: nothing that opens a door.

use crate::person::Person;
use crate::scene::{Process, SECRET, Scene};
use std::collections::BTreeSet;

#[test]
fn neither_redis_nor_the_log_ever_sees_a_secret() {
    let mut scene = Scene::new();
    let mut alice = Person::new(&scene);
    let authorization_url = alice.leave();
    let callback = alice.allow(&authorization_url);
    alice.open(&callback);
    scene.end_access_tokens();
    assert_eq!(alice.open("/profile").0, 200);

    let names = ["access_token", "code", "code_verifier", "refresh_token"];
    let mut secrets: BTreeSet<_> = scene.gate.values(&names).into_iter().collect();
    // A code with its verifier, and two tokens twice.
    assert_eq!(secrets.len(), 6, "{secrets:?}");
    let query = callback.split(['?', '&']).find_map(|pair| pair.strip_prefix("state="));
    secrets.insert(query.expect("there is a state").to_owned());
    secrets.insert(SECRET.to_owned());

    let heard = scene.redis.heard();
    for name in ["printmypics:login:", "printmypics:tokens:", "printmypics:lease:"] {
        assert!(heard.contains(name), "{heard}");
    }
    let logs = scene.processes.each_mut().map(Process::kill).concat();
    assert!(logs.contains("Flow<Authorized>"), "{logs}");
    for secret in &secrets {
        assert!(!heard.contains(secret), "Redis has heard {secret}:\n{heard}");
        assert!(!logs.contains(secret), "{secret} is in the log:\n{logs}");
    }
}
