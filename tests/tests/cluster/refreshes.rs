//! Refresh tokens that are used once, and processes that all want to.

use crate::person::{Person, Tab};
use crate::scene::Scene;
use grantflow_tests::cloudvault::Fault;
use std::io::Write as _;
use std::net::TcpStream;
use std::thread;
use std::time::Duration;

const PHOTOS: &str = "Your photos";

/// Alice, who has logged in and whose access token has ended, and her tab at each process.
fn alice(scene: &Scene) -> (Person, [Tab; 2]) {
    let mut alice = Person::new(scene);
    alice.log_in();
    let tabs = alice.tabs(scene);
    scene.end_access_tokens();
    (alice, tabs)
}

#[test]
fn of_two_processes_that_need_new_tokens_at_once_one_gets_them_for_both() {
    let scene = Scene::new();
    let (mut alice, tabs) = alice(&scene);
    // Time for the other process to do wrong.
    scene.vault().misbehave(Fault::Slow(Duration::from_millis(50)));
    for round in 1..=20 {
        let before = scene.token_requests();
        let told = Tab::open_at_once(&tabs, "/profile");
        for told in told {
            assert_eq!(told, Some((200, PHOTOS.to_owned())), "in round {round}");
        }
        assert_eq!(scene.token_requests(), before + 1, "in round {round}");
        scene.end_access_tokens();
    }
    assert_eq!(alice.open("/profile"), (200, PHOTOS.to_owned()));
}

#[test]
fn who_comes_during_a_refresh_waits_for_it() {
    let mut scene = Scene::new();
    let (_, [one, other]) = alice(&scene);
    let before = scene.token_requests();
    scene.gate.shut();
    let Scene { gate, redis, .. } = &mut scene;
    thread::scope(|scope| {
        let first = scope.spawn(|| one.open("/profile"));
        gate.holds();
        let second = scope.spawn(|| other.open("/profile"));
        redis.hears("BLPOP");
        gate.open();
        for told in [first, second] {
            assert_eq!(told.join().unwrap(), Some((200, PHOTOS.to_owned())));
        }
    });
    assert_eq!(scene.token_requests(), before + 1);
}

#[test]
fn a_process_that_dies_with_the_new_tokens_costs_a_login_and_no_more() {
    let mut scene = Scene::with_lease(2);
    let (mut alice, [one, _]) = alice(&scene);
    let before = scene.token_requests();
    scene.gate.shut();
    thread::scope(|scope| {
        let first = scope.spawn(|| one.open("/profile"));
        scene.gate.holds();
        scene.processes[0].kill();
        assert_eq!(first.join().unwrap(), None);
    });
    scene.gate.open();
    // The other process waits for the end of the lease. Then CloudVault takes it for a thief.
    assert_eq!(alice.open("/profile"), (200, "Please connect again".to_owned()));
    assert_eq!(scene.token_requests(), before + 2);
    assert_eq!(alice.open("/profile"), (303, "/".to_owned()));
    alice.log_in();
}

#[test]
fn a_browser_that_hangs_up_does_not_cost_the_new_tokens() {
    let scene = Scene::new();
    let (mut alice, [one, _]) = alice(&scene);
    let before = scene.token_requests();
    scene.gate.shut();
    let mut browser = TcpStream::connect(scene.processes[0].address).unwrap();
    browser.write_all(one.request("/profile").as_bytes()).unwrap();
    scene.gate.holds();
    drop(browser);
    scene.gate.open();
    assert_eq!(alice.open("/profile"), (200, PHOTOS.to_owned()));
    assert_eq!(scene.token_requests(), before + 1);
    scene.end_access_tokens();
    assert_eq!(alice.open("/profile"), (200, PHOTOS.to_owned()));
}

#[test]
fn whoever_disconnects_during_a_refresh_stays_disconnected() {
    let scene = Scene::new();
    let (mut alice, [one, _]) = alice(&scene);
    scene.gate.shut();
    thread::scope(|scope| {
        let refresh = scope.spawn(|| one.open("/profile"));
        scene.gate.holds();
        alice.press("/disconnect");
        scene.gate.open();
        assert_eq!(refresh.join().unwrap(), Some((200, "Please connect again".to_owned())));
    });
    assert_eq!(one.open("/profile"), Some((303, "/".to_owned())));
}
