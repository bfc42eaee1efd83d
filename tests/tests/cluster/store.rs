//! A Redis that loses connections, or is gone.

use crate::person::{Person, told};
use crate::scene::Scene;
use std::thread;

#[test]
fn new_tokens_outlive_a_connection_that_breaks_before_they_are_kept() {
    let scene = Scene::new();
    let mut alice = Person::new(&scene);
    alice.log_in();
    let [tab, _] = alice.tabs(&scene);
    scene.end_access_tokens();
    scene.gate.shut();
    thread::scope(|scope| {
        let refresh = scope.spawn(|| tab.open("/profile"));
        scene.gate.holds();
        let kill = redis::cmd("CLIENT").arg(&["KILL", "TYPE", "normal", "SKIPME", "yes"]).clone();
        kill.exec(&mut scene.redis.connect()).unwrap();
        scene.gate.open();
        assert_eq!(refresh.join().unwrap(), Some((200, "Your photos".to_owned())));
    });
    scene.end_access_tokens();
    assert_eq!(alice.open("/profile"), (200, "Your photos".to_owned()));
}

#[test]
fn without_redis_there_is_a_page_that_says_so() {
    let mut scene = Scene::new();
    let mut alice = Person::new(&scene);
    let authorization_url = alice.leave();
    let callback = alice.allow(&authorization_url);
    scene.redis.kill();
    let sorry = (500, "Our mistake".to_owned());
    for path in ["/", "/profile", &callback] {
        assert_eq!(alice.open(path), sorry, "at {path}");
    }
    scene.redis.restart();
    assert_eq!(alice.open("/"), (200, "Your photos on paper".to_owned()));
    alice.log_in();
    assert_eq!(told(&alice.press("/disconnect")), (303, "/?disconnected".to_owned()));
    for process in &mut scene.processes {
        let log = process.kill();
        assert!(log.contains("the store does not answer"), "{log}");
        assert!(!log.contains("panicked"), "{log}");
    }
}
