//! Logins that begin in one process and end in another.

use crate::person::{Person, Tab, told};
use crate::scene::Scene;
use std::thread;

#[test]
fn a_login_that_one_process_begins_another_ends() {
    let scene = Scene::new();
    let mut alice = Person::new(&scene);
    alice.log_in();
    let [login, callback] = ["/login", "/callback"].map(|path| scene.balancer.who_served(path));
    assert_ne!(login, callback);
}

#[test]
fn a_login_outlives_the_process_that_began_it() {
    let mut scene = Scene::new();
    let mut alice = Person::new(&scene);
    let authorization_url = alice.leave();
    let began = scene.balancer.who_served("/login");
    let callback = alice.allow(&authorization_url);
    scene.process_at(began).kill();
    assert_eq!(alice.open(&callback), (303, "/profile".to_owned()));
    assert_ne!(scene.balancer.who_served("/callback"), began);
    assert_eq!(alice.open("/profile"), (200, "Your photos".to_owned()));
}

#[test]
fn a_callback_that_comes_to_both_processes_at_once_counts_once() {
    let scene = Scene::new();
    for round in 1..=10 {
        let mut alice = Person::new(&scene);
        let authorization_url = alice.leave();
        let callback = alice.allow(&authorization_url);
        // The browser shows PrintMyPics the cookies that it has now.
        alice.open("/");
        let mut told = Tab::open_at_once(&alice.tabs(&scene), &callback);
        told.sort();
        let [first, second] = told;
        let sorry = (400, "No login is waiting here".to_owned());
        assert_eq!(first, Some((303, "/profile".to_owned())), "in round {round}");
        assert_eq!(second, Some(sorry), "in round {round}");
        assert_eq!(scene.token_requests(), round);
    }
}

#[test]
fn a_callback_counts_once_while_the_code_is_on_its_way() {
    let scene = Scene::new();
    let mut alice = Person::new(&scene);
    let authorization_url = alice.leave();
    let callback = alice.allow(&authorization_url);
    alice.open("/");
    let [one, other] = alice.tabs(&scene);
    scene.gate.shut();
    thread::scope(|scope| {
        let first = scope.spawn(|| one.open(&callback));
        scene.gate.holds();
        let second = other.open(&callback);
        assert_eq!(second, Some((400, "No login is waiting here".to_owned())));
        scene.gate.open();
        assert_eq!(first.join().unwrap(), Some((303, "/profile".to_owned())));
    });
    assert_eq!(scene.token_requests(), 1);
}

#[test]
fn another_browser_can_neither_end_a_login_nor_spoil_it() {
    let scene = Scene::new();
    let (mut alice, mut mallory) = (Person::new(&scene), Person::new(&scene));
    let authorization_url = alice.leave();
    let callback = alice.allow(&authorization_url);
    assert_eq!(mallory.open(&callback).0, 400);
    mallory.leave();
    assert_eq!(mallory.open(&callback), (400, "That answer is not for you".to_owned()));
    assert_eq!(alice.open(&callback), (303, "/profile".to_owned()));
}

#[test]
fn logins_in_two_tabs_both_end_in_either_order() {
    let scene = Scene::new();
    let mut alice = Person::new(&scene);
    let (first, second) = (alice.leave(), alice.leave());
    for authorization_url in [second, first] {
        let callback = alice.allow(&authorization_url);
        assert_eq!(alice.open(&callback), (303, "/profile".to_owned()));
    }
    assert_eq!(alice.open("/profile"), (200, "Your photos".to_owned()));
}

#[test]
fn whoever_disconnects_is_disconnected_in_every_process() {
    let scene = Scene::new();
    let mut alice = Person::new(&scene);
    alice.log_in();
    let tabs = alice.tabs(&scene);
    assert_eq!(told(&alice.press("/disconnect")), (303, "/?disconnected".to_owned()));
    // Not even the old cookies lead to the photos.
    for tab in tabs {
        assert_eq!(tab.open("/profile"), Some((303, "/".to_owned())));
    }
}
