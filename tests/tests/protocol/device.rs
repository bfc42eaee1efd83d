//! Devices without a browser (RFC 8628).

use crate::{
    NOW, TOKENS, again, bare_server, busy, confidential, form, json, later, over, public, values,
};
use grantflow::{
    Client, ClientAuth, ConfigError, DevicePoll, Error, ErrorCode, Exchange, Failure,
    ProtocolError, RunError, UnixTime, drive,
};
use std::{cell::Cell, convert::Infallible, time::Duration};

/// A reply to the device's request, with further members.
fn code(members: &str) -> String {
    format!(
        r#"{{"device_code":"the-device-code","user_code":"WDJB-MJHT",
            "verification_uri":"https://as.example/device"{members}}}"#
    )
}

fn ask(body: &str) -> Result<DevicePoll, Failure<grantflow::DeviceAuthorization>> {
    public().device().unwrap().scope("a b").unwrap().receive(&json(200, body), NOW)
}

/// A device that polls every five seconds for a minute.
fn waiting() -> DevicePoll {
    ask(&code(r#","expires_in":60"#)).unwrap()
}

fn at(seconds: u64) -> UnixTime {
    UnixTime::from_secs(1000 + seconds)
}

const PENDING: &str = r#"{"error":"authorization_pending"}"#;
const SLOW_DOWN: &str = r#"{"error":"slow_down"}"#;

#[test]
fn the_device_asks_and_polls_as_its_client() {
    let clients = [
        (public(), None),
        (confidential(ClientAuth::basic("s")), Some("Basic aWQ6cw==")),
        (confidential(ClientAuth::post("s")), None),
    ];
    for (client, authorization) in clients {
        let device = client.device().unwrap().scope("a b").unwrap();
        let request = device.request(NOW).unwrap();
        assert_eq!(request.url().as_str(), "https://as.example/device_authorization");
        assert_eq!(request.header("authorization"), authorization);
        let sent = form(&request);
        assert_eq!(values(&sent, "client_id"), ["id"]);
        assert_eq!(values(&sent, "scope"), ["a b"]);
        assert_eq!(values(&sent, "client_secret").len(), sent.len() - 2);
        let poll = device.receive(&json(200, &code(r#","expires_in":60"#)), NOW).unwrap();
        let request = poll.request(NOW).unwrap();
        assert_eq!(request.url().as_str(), "https://as.example/token");
        assert_eq!(request.header("authorization"), authorization);
        let sent = form(&request);
        let grant_type = "urn:ietf:params:oauth:grant-type:device_code";
        assert_eq!(values(&sent, "grant_type"), [grant_type]);
        assert_eq!(values(&sent, "device_code"), ["the-device-code"]);
    }
}

#[test]
fn what_the_user_needs_is_at_hand() {
    let complete = r#","verification_uri_complete":"https://as.example/device?c=W","expires_in":9"#;
    let poll = ask(&code(complete)).unwrap();
    assert_eq!(poll.user_code().as_str(), "WDJB-MJHT");
    assert_eq!(poll.verification_uri().as_str(), "https://as.example/device");
    assert_eq!(poll.verification_uri_complete().unwrap().as_str(), "https://as.example/device?c=W");
    assert_eq!(poll.expires_at(), at(9));
    assert_eq!(waiting().verification_uri_complete(), None);
}

#[test]
fn every_required_member_is_required() {
    let full = code(r#","expires_in":60"#);
    for name in ["device_code", "user_code", "verification_uri", "expires_in"] {
        let without = full.replace(&format!("\"{name}\""), "\"x\"");
        assert_eq!(over(ask(&without)), ProtocolError::Missing(name).into());
    }
    let null = full.replace("\"the-device-code\"", "null");
    assert_eq!(over(ask(&null)), ProtocolError::Missing("device_code").into());
    for lifetime in ["-1", "true", "1e3", "\"soon\""] {
        let body = code(&format!(r#","expires_in":{lifetime}"#));
        assert_eq!(over(ask(&body)), ProtocolError::Invalid("expires_in").into(), "{lifetime}");
    }
}

#[test]
fn googles_name_is_read_where_the_rfcs_is_absent() {
    let full = code(r#","expires_in":60"#);
    let google = full.replace("verification_uri", "verification_url");
    let uri = ask(&google).unwrap().verification_uri().as_str().to_owned();
    assert_eq!(uri, "https://as.example/device");
    let both = code(r#","verification_url":"https://evil.example/","expires_in":60"#);
    let uri = ask(&both).unwrap().verification_uri().as_str().to_owned();
    assert_eq!(uri, "https://as.example/device");
}

#[test]
fn only_urls_that_are_safe_to_open_are_shown() {
    for bad in ["javascript:alert(1)", "file:///etc/passwd", "http://as.example/", "ms-calculator:"]
    {
        let full = code(r#","expires_in":60"#);
        let body = full.replace("https://as.example/device", bad);
        assert_eq!(over(ask(&body)), ProtocolError::Invalid("verification_uri").into(), "{bad}");
        let body = body.replace("verification_uri", "verification_url");
        assert_eq!(over(ask(&body)), ProtocolError::Invalid("verification_url").into(), "{bad}");
        let body = code(&format!(r#","verification_uri_complete":"{bad}","expires_in":60"#));
        let expected = ProtocolError::Invalid("verification_uri_complete");
        assert_eq!(over(ask(&body)), expected.into(), "{bad}");
    }
}

#[test]
fn the_user_code_is_escaped_and_the_device_code_not_shown() {
    let body = code(r#","expires_in":60"#).replace("WDJB-MJHT", r"W\u001b[2J\u202e");
    let shown = format!("{:?}", ask(&body).unwrap());
    assert!(shown.contains(r"W\u{1b}[2J\u{202e}"), "{shown}");
    assert!(!shown.contains("the-device-code"), "{shown}");
}

#[test]
fn the_interval_is_five_seconds_or_what_the_server_says_within_reason() {
    for (interval, seconds) in [
        ("", 5),
        (r#","interval":null"#, 5),
        (r#","interval":0"#, 1),
        (r#","interval":0.5"#, 1),
        (r#","interval":1"#, 1),
        (r#","interval":"7""#, 7),
        (r#","interval":3600"#, 3600),
        (r#","interval":99999999999999999999"#, 3600),
    ] {
        let poll = ask(&code(&format!(r#","expires_in":60{interval}"#))).unwrap();
        assert_eq!(poll.interval(), Duration::from_secs(seconds), "{interval}");
    }
    let error = over(ask(&code(r#","expires_in":60,"interval":-5"#)));
    assert_eq!(error, ProtocolError::Invalid("interval").into());
}

#[test]
fn slow_down_makes_every_later_wait_five_seconds_longer_up_to_an_hour() {
    let long = |interval: u64| {
        ask(&code(&format!(r#","expires_in":1000000,"interval":{interval}"#))).unwrap()
    };
    let mut poll = long(5);
    for (body, expected) in
        [(PENDING, 5), (SLOW_DOWN, 10), (PENDING, 10), (SLOW_DOWN, 15), (PENDING, 15)]
    {
        let wait;
        (poll, wait) = again(poll.receive(&json(400, body), NOW));
        assert_eq!(wait, expected);
    }
    let (poll, wait) = again(long(3598).receive(&json(400, SLOW_DOWN), NOW));
    assert_eq!(wait, 3600);
    assert_eq!(again(poll.receive(&json(400, SLOW_DOWN), NOW)).1, 3600);
}

#[test]
fn an_error_at_200_is_an_error() {
    // GitHub.
    assert_eq!(again(waiting().receive(&json(200, PENDING), NOW)).1, 5);
    assert_eq!(again(waiting().receive(&json(200, SLOW_DOWN), NOW)).1, 10);
    let error = over(ask(r#"{"error":"device_flow_disabled"}"#));
    assert_eq!(error.code().unwrap().as_str(), "device_flow_disabled");
    // Google.
    assert_eq!(again(waiting().receive(&json(428, PENDING), NOW)).1, 5);
}

#[test]
fn polling_stops_when_the_code_ends() {
    assert_eq!(again(waiting().receive(&json(400, PENDING), at(54))).1, 5);
    for late in [55, 60, 1_000_000] {
        let error = over(waiting().receive(&json(400, PENDING), at(late)));
        assert_eq!(error.code(), Some(&ErrorCode::ExpiredToken), "{late}");
    }
    // The longer wait counts.
    let error = over(waiting().receive(&json(400, SLOW_DOWN), at(50)));
    assert_eq!(error.code(), Some(&ErrorCode::ExpiredToken));
    assert!(waiting().receive(&json(200, TOKENS), at(59)).is_ok());
}

#[test]
fn a_decision_ends_the_polling() {
    for refusal in ["access_denied", "expired_token", "invalid_grant", "unheard_of"] {
        let body = format!(r#"{{"error":"{refusal}"}}"#);
        let error = over(waiting().receive(&json(400, &body), NOW));
        assert_eq!(error.code().unwrap().as_str(), refusal);
    }
    let error = over(waiting().receive(&json(400, "{}"), NOW));
    assert_eq!(error, ProtocolError::NotAnOAuthError { status: 400 }.into());
    let flow = waiting().receive(&json(200, TOKENS), NOW).unwrap();
    assert_eq!(flow.tokens().access_token().expose(), "at");
    assert_eq!(flow.tokens().scope().as_str(), "a b");
}

#[test]
fn a_server_in_trouble_ends_nothing() {
    for status in [429, 500, 503] {
        let (poll, wait) = later(waiting().receive(&busy(status), NOW));
        assert_eq!((poll.user_code().as_str(), wait), ("WDJB-MJHT", Some(7)));
        let device = public().device().unwrap();
        assert_eq!(later(device.receive(&busy(status), NOW)).1, Some(7));
    }
}

#[test]
fn the_device_code_is_not_repeated() {
    let echo = r#"{"error":"invalid_grant","error_description":"no the-device-code"}"#;
    let Error::Refused(refusal) = over(waiting().receive(&json(400, echo), NOW)) else { panic!() };
    assert_eq!(refusal.description().unwrap().as_str(), "no ***");
}

#[test]
fn the_loop_waits_and_stops_by_itself() {
    let clock = Cell::new(0);
    let polls = Cell::new(0);
    let send = |_| {
        polls.set(polls.get() + 1);
        assert!(polls.get() < 100, "it never stops");
        Ok::<_, Infallible>(json(400, PENDING))
    };
    let sleep = |wait: Duration| clock.set(clock.get() + wait.as_secs());
    let error = drive(waiting(), || at(clock.get()), send, sleep).unwrap_err();
    let RunError::Protocol { failure, .. } = &error else { panic!("{error}") };
    assert_eq!(failure.error().code(), Some(&ErrorCode::ExpiredToken));
    assert_eq!((clock.get(), polls.get()), (55, 12));
}

#[test]
fn a_device_needs_an_endpoint() {
    let client = Client::public(bare_server(), "id").build().unwrap();
    let error = client.device().unwrap_err();
    assert_eq!(error, ConfigError::Missing("device authorization endpoint").into());
}
