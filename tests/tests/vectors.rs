//! The vectors, group by group: those that fail are those that the API cannot express yet.

use grantflow_tests::vectors::Report;

#[track_caller]
fn fails(text: &str, expected: &[&str]) {
    let mut report = Report::default();
    report.run(text);
    let failed: Vec<_> = report.failed.iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!(failed, expected, "{:#?}", report.failed);
    assert_ne!(report.passed, 0);
}

#[test]
fn authz_url() {
    fails(include_str!("../vectors/authz_url.jsonl"), &[]);
}

#[test]
fn callback() {
    fails(include_str!("../vectors/callback.jsonl"), &[]);
}

#[test]
fn client_auth() {
    fails(include_str!("../vectors/client_auth.jsonl"), &[]);
}

#[test]
fn dpop() {
    fails(include_str!("../vectors/dpop.jsonl"), &[]);
}

#[test]
fn device() {
    fails(include_str!("../vectors/device.jsonl"), &[]);
}

#[test]
fn discovery() {
    fails(include_str!("../vectors/discovery.jsonl"), &[]);
}

#[test]
fn introspection() {
    fails(include_str!("../vectors/introspection.jsonl"), &[]);
}

#[test]
fn par() {
    fails(include_str!("../vectors/par.jsonl"), &[]);
}

#[test]
fn pkce() {
    fails(include_str!("../vectors/pkce.jsonl"), &[]);
}

#[test]
fn refresh() {
    fails(include_str!("../vectors/refresh.jsonl"), &[]);
}

#[test]
fn resource_metadata() {
    fails(include_str!("../vectors/resource_metadata.jsonl"), &[]);
}

#[test]
fn revocation() {
    fails(include_str!("../vectors/revocation.jsonl"), &[]);
}

#[test]
fn token_error() {
    fails(include_str!("../vectors/token_error.jsonl"), &[]);
}

#[test]
fn token_response() {
    fails(include_str!("../vectors/token_response.jsonl"), &[]);
}

#[test]
fn www_authenticate() {
    fails(include_str!("../vectors/www_authenticate.jsonl"), &[]);
}
