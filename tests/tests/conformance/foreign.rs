//! Agents and clients that were configured elsewhere, and otherwise.

use grantflow::Request;
use grantflow_tests::conformance::{Answer, Origin};

/// ureq's own defaults follow redirects and turn a 4xx into an error without a body.
#[test]
fn an_agent_configured_otherwise_still_gives_replies() {
    let elsewhere = Origin::plain(|_| Answer::ok("elsewhere"));
    let location = elsewhere.url("/");
    let origin = Origin::plain(move |received| match received.line() {
        "GET /302 HTTP/1.1" => Answer::status(302).header("Location", &location).body("moved"),
        _ => Answer::status(400).body("invalid_grant"),
    });
    let agent = ureq::Agent::config_builder()
        .http_status_as_error(true)
        .max_redirects(5)
        .max_redirects_will_error(true)
        .proxy(None)
        .build();
    let http = grantflow_ureq::Http::from_agent(agent.into());
    for (path, status, body) in [("/302", 302, "moved"), ("/400", 400, "invalid_grant")] {
        let request = Request::get(origin.url(path).parse().unwrap());
        let reply = grantflow_ureq::send(&http, request).unwrap();
        assert_eq!((reply.status(), reply.body()), (status, body.as_bytes()));
    }
    assert_eq!(elsewhere.log().octets, 0);
}
