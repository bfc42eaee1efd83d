//! The application over HTTP, with CloudVault beside it: what people meet when all goes well, and
//! when it does not.

use crate::{
    app::App,
    auto::{Auto, location, text},
    browser,
    embedded::{self, Embedded},
    visit::Keeper,
};
use axum::http::Response;
use grantflow_reqwest::Http;
use grantflow_tests::cloudvault::{Fault, Form, texts};
use std::{net::TcpListener, time::Duration};
use tokio::runtime::Runtime;

struct Scene {
    base_url: String,
    redirect_uri: String,
    runtime: Runtime,
    vault: Embedded,
}

impl Scene {
    fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base_url = format!("http://{}", listener.local_addr().unwrap());
        let (settings, vault) = embedded::start(&base_url, true).unwrap();
        let app = App::new(settings, Http::new().unwrap(), Keeper::new(), true);
        let runtime = tokio::runtime::Builder::new_multi_thread();
        let runtime = { runtime }.worker_threads(1).enable_all().build().unwrap();
        runtime.spawn(app.serve(listener));
        let redirect_uri = format!("{base_url}/callback");
        Self { base_url, redirect_uri, runtime, vault }
    }

    /// Somebody with a browser of their own.
    fn person(&self) -> Auto {
        let person = browser::person(self.runtime.handle().clone()).unwrap();
        Auto { base_url: self.base_url.clone(), person, is_denying: false }
    }

    /// Where CloudVault sends the person after they said yes.
    fn callback(&self, somebody: &mut Auto) -> String {
        let login = self.start(somebody);
        self.go_on(somebody, &login)
    }

    fn start(&self, somebody: &mut Auto) -> String {
        let home = somebody.page("/").unwrap();
        location(&somebody.submit(&home, "/login").unwrap()).unwrap()
    }

    fn go_on(&self, somebody: &mut Auto, login: &str) -> String {
        somebody.person.visit(login, &self.redirect_uri).unwrap().url
    }
}

/// The status and the heading of a page.
fn told(reply: &Response<Vec<u8>>) -> (u16, String) {
    (reply.status().as_u16(), texts(&text(reply), "h1").concat())
}

#[track_caller]
fn assert_told(somebody: &mut Auto, url: &str, status: u16, heading: &str) {
    assert_eq!(told(&somebody.person.open(url, None)), (status, heading.to_owned()));
}

#[track_caller]
fn assert_lets_in(somebody: &mut Auto, callback: &str) {
    let reply = somebody.person.open(callback, None);
    assert_eq!((reply.status().as_u16(), location(&reply).unwrap()), (303, "/profile".to_owned()));
}

#[test]
fn a_person_logs_in_and_sees_photos() {
    let scene = Scene::new();
    scene.person().run(Some(&scene.vault)).unwrap();
}

#[test]
fn a_person_who_says_no_reads_that_they_cancelled() {
    let scene = Scene::new();
    let Auto { base_url, person, .. } = scene.person();
    let person = person.denying();
    Auto { base_url, person, is_denying: true }.run(None).unwrap();
}

#[test]
fn a_login_ends_in_the_browser_that_started_it() {
    let scene = Scene::new();
    let (mut alice, mut mallory) = (scene.person(), scene.person());
    let callback = scene.callback(&mut alice);
    assert_told(&mut mallory, &callback, 400, "No login is waiting here");
    scene.start(&mut mallory);
    assert_told(&mut mallory, &callback, 400, "That answer is not for you");
    assert_lets_in(&mut alice, &callback);
}

#[test]
fn the_three_youngest_logins_wait() {
    let scene = Scene::new();
    let mut alice = scene.person();
    let logins = [(); 4].map(|()| scene.start(&mut alice));
    let callbacks = logins.map(|login| scene.go_on(&mut alice, &login));
    let [first, second, third, fourth] = callbacks;
    assert_told(&mut alice, &first, 400, "That answer is not for you");
    for callback in [third, second, fourth] {
        assert_lets_in(&mut alice, &callback);
    }
}

#[test]
fn a_form_that_no_page_showed_does_nothing() {
    let scene = Scene::new();
    let mut alice = scene.person();
    let callback = scene.callback(&mut alice);
    assert_lets_in(&mut alice, &callback);
    for action in ["/login", "/refresh", "/disconnect"] {
        let url = format!("{}{action}", scene.base_url);
        for fields in [vec![], vec![("token".to_owned(), "guessed".to_owned())]] {
            let form = Form { fields, ..Form::default() };
            let reply = alice.person.open(&url, Some(form));
            assert_eq!(told(&reply), (403, "That page was out of date".to_owned()));
        }
        assert_eq!(alice.person.open(&url, None).status(), 405);
    }
    alice.page("/profile").unwrap();
}

#[test]
fn a_login_begins_a_new_session() {
    let scene = Scene::new();
    let mut alice = scene.person();
    let before = alice.page("/").unwrap();
    let callback = scene.callback(&mut alice);
    let reply = alice.person.open(&callback, None);
    for cookie in reply.headers().get_all("set-cookie") {
        let cookie = cookie.to_str().unwrap();
        assert!(cookie.starts_with("printmypics_"), "{cookie}");
        for attribute in ["; HttpOnly", "; SameSite=Lax", "; Path=/"] {
            assert!(cookie.contains(attribute) || cookie.contains("Max-Age=0"), "{cookie}");
        }
    }
    let old = Form::read(&before).swap_remove(0);
    let reply = alice.person.open(&format!("{}/login", scene.base_url), Some(old));
    assert_eq!(reply.status(), 403);
}

#[test]
fn a_grant_that_has_ended_asks_to_connect_again() {
    let scene = Scene::new();
    let mut alice = scene.person();
    let callback = scene.callback(&mut alice);
    assert_lets_in(&mut alice, &callback);
    scene.vault.clock.advance(Duration::from_secs(31 * 24 * 3600));
    let profile = format!("{}/profile", scene.base_url);
    assert_told(&mut alice, &profile, 200, "Please connect again");
    assert_eq!(location(&alice.person.open(&profile, None)).unwrap(), "/");
}

#[test]
fn trouble_is_told_in_words_and_the_next_login_works() {
    let scene = Scene::new();
    let cases = [
        (Fault::Html200, 502, "No luck this time"),
        (Fault::Html500, 502, "No luck this time"),
        (Fault::RateLimited, 502, "No luck this time"),
        (Fault::Truncated, 502, "No luck this time"),
        (Fault::ErrorAt200, 400, "That took a little too long"),
        (Fault::EmptyCode, 502, "No luck this time"),
        (Fault::ErrorAndCode, 200, "You cancelled"),
        (Fault::MissingIss, 400, "Somebody else answered"),
        (Fault::WrongIss, 400, "Somebody else answered"),
        (Fault::MissingState, 400, "That answer is not for you"),
        (Fault::WrongState, 400, "That answer is not for you"),
        (Fault::TokenInCallback, 400, "That answer is not for you"),
        (Fault::TwoCodes, 400, "That answer is not for you"),
    ];
    let mut alice = scene.person();
    for (fault, status, heading) in cases {
        println!("\n{fault:?}");
        scene.vault.server.vault().misbehave(fault);
        let callback = scene.callback(&mut alice);
        assert_told(&mut alice, &callback, status, heading);
    }
    scene.vault.server.vault().behave();
    let callback = scene.callback(&mut alice);
    assert_lets_in(&mut alice, &callback);
}

#[test]
fn whoever_comes_to_localhost_is_sent_to_the_redirect_uris_host() {
    let scene = Scene::new();
    let url = scene.base_url.replace("127.0.0.1", "localhost");
    let reply = scene.person().person.open(&url, None);
    assert_eq!(location(&reply).unwrap(), scene.base_url);
}

#[test]
fn no_page_can_be_framed_cached_or_scripted() {
    let scene = Scene::new();
    let mut alice = scene.person();
    for path in ["/", "/nowhere", "/callback?code=x&state=y", "/style.css"] {
        let reply = alice.person.open(&format!("{}{path}", scene.base_url), None);
        let header = |name| reply.headers()[name].to_str().unwrap();
        assert_eq!(header("cache-control"), "no-store");
        assert_eq!(header("referrer-policy"), "no-referrer");
        assert_eq!(header("x-content-type-options"), "nosniff");
        let policy = header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; style-src 'self';"), "{policy}");
        assert!(policy.contains("frame-ancestors 'none'"), "{policy}");
    }
}
