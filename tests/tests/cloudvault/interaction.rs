//! What the pages refuse, and what they promise to browsers.

use std::time::Duration;

use grantflow_tests::cloudvault::Form;
use http::header::COOKIE;
use http::{Request, Response};

use crate::scene::{ISSUER, REDIRECT_URI, Scene, authorization_url, header, param};

fn page(response: &Response<Vec<u8>>) -> &str {
    std::str::from_utf8(response.body()).unwrap()
}

fn first_form(response: &Response<Vec<u8>>) -> Form {
    Form::read(page(response)).swap_remove(0)
}

fn field(form: &Form, name: &str) -> String {
    let mut fields = form.fields.iter();
    fields.find(|(field, _)| field == name).unwrap().1.clone()
}

#[test]
fn a_wrong_password_is_refused() {
    let scene = Scene::new();
    for (username, password) in [("alice", "Wonderland"), ("alice", ""), ("bob", "wonderland")] {
        let mut visitor = scene.visitor().signing_in_as(username, password);
        let dead_end = visitor.visit(&authorization_url(&[]), REDIRECT_URI).unwrap_err();
        assert_eq!(dead_end.status, 400);
        assert!(dead_end.page.contains("do not match"));
    }
}

#[test]
fn a_user_who_says_no_sends_access_denied() {
    let scene = Scene::new();
    let mut visitor = scene.visitor().denying();
    let callback = visitor.visit(&authorization_url(&[]), REDIRECT_URI).unwrap();
    assert_eq!(param(&callback.url, "error").as_deref(), Some("access_denied"));
    assert_eq!(param(&callback.url, "iss").as_deref(), Some(ISSUER));
    assert_eq!(param(&callback.url, "code"), None);
}

#[test]
fn a_signed_in_user_is_asked_for_consent_only() {
    let scene = Scene::new();
    let mut visitor = scene.visitor();
    visitor.visit(&authorization_url(&[]), REDIRECT_URI).unwrap();
    visitor.visit(&authorization_url(&[]), REDIRECT_URI).unwrap();
    assert_eq!(scene.vault.count("/login"), 1);
    assert_eq!(scene.vault.count("/authorize"), 2);
}

#[test]
fn a_form_without_its_csrf_token_is_refused() {
    let scene = Scene::new();
    let mut visitor = scene.visitor();
    let login = visitor.open(&authorization_url(&[]), None);
    let mut form = first_form(&login);
    form.fill("username", "alice");
    form.fill("password", "wonderland");
    let mut forged = form.clone();
    forged.fill("csrf", "guessed");
    let login_url = format!("{ISSUER}/login");
    assert_eq!(visitor.open(&login_url, Some(forged)).status(), 400);
    assert_eq!(visitor.open(&login_url, Some(form)).status(), 303);
}

#[test]
fn a_form_from_another_browser_is_refused() {
    let scene = Scene::new();
    let login = scene.visitor().open(&authorization_url(&[]), None);
    let mut form = first_form(&login);
    form.fill("username", "alice");
    form.fill("password", "wonderland");
    let login_url = format!("{ISSUER}/login");
    let mut other = scene.visitor();
    assert_eq!(other.open(&login_url, Some(form.clone())).status(), 400);

    // Not even with an anti-forgery token of its own.
    let own = first_form(&other.open(&authorization_url(&[]), None));
    form.fill("csrf", &field(&own, "csrf"));
    assert_eq!(other.open(&login_url, Some(form)).status(), 400);
}

#[test]
fn a_form_that_a_sign_in_in_another_tab_made_stale_leads_to_its_page_again() {
    let scene = Scene::new();
    let mut visitor = scene.visitor();
    let tabs = [(); 2].map(|()| visitor.open(&authorization_url(&[]), None));
    let [first, second] = tabs.map(|login| {
        let mut form = first_form(&login);
        form.fill("username", "alice");
        form.fill("password", "wonderland");
        form
    });
    let login_url = format!("{ISSUER}/login");
    assert_eq!(visitor.open(&login_url, Some(first)).status(), 303);
    let mut early = second.clone();
    early.fields.push(("decision".to_owned(), "allow".to_owned()));

    let expected = format!("consent?interaction={}", field(&second, "interaction"));
    let consent_url = format!("{ISSUER}/consent");
    for (url, form) in [(login_url, second), (consent_url, early)] {
        let response = visitor.open(&url, Some(form));
        assert_eq!((response.status().as_u16(), header(&response, "location")), (303, &*expected));
        assert!(!response.headers().contains_key("set-cookie"));
    }
    let consent = visitor.open(&format!("{ISSUER}/{expected}"), None);
    assert!(page(&consent).contains("wants to:"));
}

#[test]
fn consent_before_login_is_refused() {
    let scene = Scene::new();
    let mut visitor = scene.visitor();
    let login = visitor.open(&authorization_url(&[]), None);
    let mut form = first_form(&login);
    form.fields.push(("decision".to_owned(), "allow".to_owned()));
    let response = visitor.open(&format!("{ISSUER}/consent"), Some(form));
    assert_eq!(response.status(), 400);
}

#[test]
fn a_consent_counts_once() {
    let scene = Scene::new();
    let mut visitor = scene.visitor();
    visitor.visit(&authorization_url(&[]), REDIRECT_URI).unwrap();
    let consent = visitor.open(&authorization_url(&[]), None);
    let mut form = first_form(&consent);
    assert!(form.press(|label| label == "Allow"));
    let url = format!("{ISSUER}/consent");
    assert_eq!(visitor.open(&url, Some(form.clone())).status(), 303);
    assert_eq!(visitor.open(&url, Some(form)).status(), 400);
}

#[test]
fn a_page_left_open_too_long_is_refused() {
    let scene = Scene::new();
    let mut visitor = scene.visitor();
    let mut form = first_form(&visitor.open(&authorization_url(&[]), None));
    form.fill("username", "alice");
    form.fill("password", "wonderland");
    scene.clock.advance(Duration::from_secs(600));
    let response = visitor.open(&format!("{ISSUER}/login"), Some(form));
    assert_eq!(response.status(), 400);
}

#[test]
fn signing_in_changes_the_session_cookie() {
    let scene = Scene::new();
    let mut visitor = scene.visitor();
    let login = visitor.open(&authorization_url(&[]), None);
    let mut form = first_form(&login);
    form.fill("username", "alice");
    form.fill("password", "wonderland");
    let after = visitor.open(&format!("{ISSUER}/login"), Some(form));
    let (before, after) = (header(&login, "set-cookie"), header(&after, "set-cookie"));
    assert_ne!(before, after);
    for cookie in [before, after] {
        assert!(cookie.ends_with("; Path=/; HttpOnly; SameSite=Lax; Secure"));
    }

    let old = before.split(';').next().unwrap();
    let request = Request::get(authorization_url(&[])).header(COOKIE, old);
    let response = scene.vault.handle(request.body(Vec::new()).unwrap());
    assert!(response.headers().contains_key("set-cookie"));
}

#[test]
fn the_consent_page_names_the_client_and_its_wishes_as_text() {
    let scene = Scene::new();
    let mut visitor = scene.visitor();
    visitor.visit(&authorization_url(&[]), REDIRECT_URI).unwrap();
    let both = visitor.open(&authorization_url(&[]), None);
    assert!(page(&both).contains("Print&lt;b&gt;My&lt;/b&gt;Pics wants to:"));
    assert!(page(&both).contains("see your photos"));
    assert!(page(&both).contains("list your albums"));
    let one = visitor.open(&authorization_url(&[("scope", "list_albums")]), None);
    assert!(!page(&one).contains("see your photos"));
}

#[test]
fn every_page_keeps_out_of_frames_caches_and_referrers() {
    let scene = Scene::new();
    let mut visitor = scene.visitor();
    let login = visitor.open(&authorization_url(&[]), None);
    let error = visitor.open(&authorization_url(&[("client_id", "x")]), None);
    visitor.visit(&authorization_url(&[]), REDIRECT_URI).unwrap();
    let consent = visitor.open(&authorization_url(&[]), None);
    let url = authorization_url(&[("response_mode", "form_post"), ("scope", "x")]);
    let form_post = visitor.open(&url, None);
    for response in [login, error, consent, form_post] {
        assert!(page(&response).contains("name=\"viewport\""));
        assert_eq!(header(&response, "cache-control"), "no-store");
        assert_eq!(header(&response, "x-frame-options"), "DENY");
        assert_eq!(header(&response, "referrer-policy"), "no-referrer");
        let policy = header(&response, "content-security-policy");
        assert!(policy.starts_with("default-src 'none';"), "{policy}");
        assert!(policy.contains("form-action "), "{policy}");
    }
}
