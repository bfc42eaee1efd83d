//! Time saturates at both ends, and a clock that is wrong costs no more than a login.

use crate::scene::{cases, client, code_received, pairs, start, value};
use grantflow::{
    AuthorizationServer, Callback, Client, Discover, Entropy, Error, Exchange, Failure, Flow,
    Pending, Response, SessionBinding, StoredTokens, TokenType, UnixTime,
};
use proptest::prelude::*;
use std::time::Duration;

/// Any time, the ends and their neighbours often.
fn seconds() -> impl Strategy<Value = u64> {
    prop_oneof![0..1000_u64, u64::MAX - 1000..=u64::MAX, any::<u64>()]
}

fn json(status: u16, body: &str) -> Response {
    Response::new(status, [("content-type", "application/json")], body)
}

fn device_client() -> Client {
    let server = AuthorizationServer::new("https://as.example/token".parse().unwrap())
        .with_authorization_endpoint("https://as.example/authorize".parse().unwrap())
        .with_device_authorization_endpoint("https://as.example/device".parse().unwrap())
        .with_pushed_authorization_request_endpoint("https://as.example/par".parse().unwrap());
    let redirect_uri = "https://client.example/cb".parse().unwrap();
    Client::public(server, "id").redirect_uri(redirect_uri).build().unwrap()
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn adding_and_subtracting_saturate(at in seconds(), more in seconds()) {
        let (time, later) = (UnixTime::from_secs(at), UnixTime::from_secs(more));
        let sum = time.saturating_add(Duration::from_secs(more));
        prop_assert_eq!(sum.as_secs(), at.saturating_add(more));
        prop_assert_eq!(later.saturating_since(time).as_secs(), more.saturating_sub(at));
        prop_assert!(sum >= time);
    }

    #[test]
    fn a_tokens_end_saturates(now in seconds(), lifetime in seconds()) {
        let body = format!(r#"{{"access_token":"a","token_type":"Bearer","expires_in":{lifetime}}}"#);
        let now = UnixTime::from_secs(now);
        let flow = code_received(&client(), "c").receive(&json(200, &body), now).unwrap();
        let end = now.saturating_add(Duration::from_secs(lifetime));
        prop_assert_eq!(flow.tokens().expires_at(), Some(end));
    }

    #[test]
    fn a_token_that_has_ended_has_ended_at_every_later_time(
        end in seconds(), now in seconds(), later in seconds(), leeway in seconds(),
    ) {
        let stored = StoredTokens::import("a", TokenType::Bearer).unwrap();
        let stored = stored.with_expires_at(UnixTime::from_secs(end));
        let flow = Flow::restore(&client(), stored).unwrap();
        let leeway = Duration::from_secs(leeway);
        let ended = |now| flow.tokens().expires_within(leeway, UnixTime::from_secs(now));
        prop_assert_eq!(ended(now), end <= now.saturating_add(leeway.as_secs()));
        prop_assert!(!ended(now.min(later)) || ended(now.max(later)));
    }

    #[test]
    fn a_login_lives_ten_minutes_by_any_clock(began in seconds(), now in seconds(), drift in 0..1300_u64) {
        let client = client();
        for now in [now, began.saturating_add(drift), began.saturating_sub(drift)] {
            let flow = Flow::new(&client);
            let (url, awaiting) = flow
                .redirect(Entropy::from_os().unwrap(), UnixTime::from_secs(began))
                .unwrap();
            let query = url.as_str().split_once('?').unwrap().1;
            let state = value(&pairs(query.as_bytes()), "state").to_owned();
            let session = SessionBinding::new("s");
            let pending = Pending::from_text(&awaiting.suspend(&session).to_text()).unwrap();
            prop_assert_eq!(pending.started().as_secs(), began);
            let awaiting = Flow::resume(&client, &pending, &session).unwrap();
            let callback = Callback::from_query(&format!("code=c&state={state}")).unwrap();
            let result = awaiting.receive(callback, UnixTime::from_secs(now));
            prop_assert_eq!(result.is_ok(), began.abs_diff(now) <= 600, "{} {}", began, now);
            let is_late = matches!(result, Err(Failure::Over(_)));
            prop_assert!(result.is_ok() || is_late);
        }
    }

    #[test]
    fn no_server_makes_a_client_wait_longer_than_an_hour(
        now in seconds(),
        field in "[0-9]{1,25}|(Mon|x), [0-9]{2} (Jan|Dec) [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} GMT|[ -~]{0,30}",
    ) {
        let response = Response::new(503, [("Retry-After", field)], "");
        let discover = Discover::new("https://as.example".parse().unwrap());
        let failure = discover.receive(&response, UnixTime::from_secs(now)).unwrap_err();
        let Failure::Later { wait, .. } = failure else { panic!("{failure:?}") };
        prop_assert!(wait.is_none_or(|wait| wait <= Duration::from_secs(3600)));
    }

    #[test]
    fn a_date_to_come_back_at_is_that_date(now in 0..200_000_000_000_u64, wait in 0..5000_u64) {
        let at = now + wait;
        let response = Response::new(503, [("Retry-After", imf_fixdate(at))], "");
        let discover = Discover::new("https://as.example".parse().unwrap());
        let failure = discover.receive(&response, UnixTime::from_secs(now)).unwrap_err();
        let Failure::Later { wait: said, .. } = failure else { panic!("{failure:?}") };
        prop_assert_eq!(said, Some(Duration::from_secs(wait.min(3600))));
    }

    #[test]
    fn a_device_polls_within_its_time_by_any_clock(
        now in seconds(), lifetime in seconds(), interval in seconds(), later in seconds(),
    ) {
        let body = format!(
            r#"{{"device_code":"d","user_code":"u","verification_uri":"https://as.example/d",
                "expires_in":{lifetime},"interval":{interval}}}"#
        );
        let begun = UnixTime::from_secs(now);
        let poll = device_client().device().unwrap().receive(&json(200, &body), begun).unwrap();
        prop_assert_eq!(poll.expires_at().as_secs(), now.saturating_add(lifetime));
        prop_assert!((1..=3600).contains(&poll.interval().as_secs()));
        let (end, interval) = (poll.expires_at(), poll.interval());
        let later = UnixTime::from_secs(later);
        let pending = json(400, r#"{"error":"authorization_pending"}"#);
        let goes_on = matches!(poll.receive(&pending, later), Err(Failure::Again { .. }));
        prop_assert_eq!(goes_on, later.saturating_add(interval) < end);
    }

    #[test]
    fn a_pushed_request_ends_in_its_time(now in seconds(), lifetime in seconds()) {
        let body = format!(r#"{{"request_uri":"urn:a:b","expires_in":{lifetime}}}"#);
        let now = UnixTime::from_secs(now);
        let push = Flow::new(&device_client()).push(Entropy::from_os().unwrap(), now).unwrap();
        match push.receive(&json(201, &body), now) {
            Ok((url, _)) => {
                let end = now.saturating_add(Duration::from_secs(lifetime));
                prop_assert_eq!(url.expires_at(), Some(end));
            }
            Err(failure) => prop_assert!(lifetime == 0, "{:?}", failure),
        }
    }

    #[test]
    fn a_start_at_any_time_is_a_start(now in seconds()) {
        let (sent, _) = start(Flow::new(&client()), Entropy::from_os().unwrap());
        prop_assert_eq!(value(&sent, "state").len(), 43);
        let started = Flow::new(&client()).redirect(Entropy::from_os().unwrap(), UnixTime::from_secs(now));
        prop_assert!(started.is_ok_and(|(url, _)| url.expires_at().is_none()));
    }
}

#[test]
fn the_ends_of_time_are_times_like_any_other() {
    for now in [0, u64::MAX] {
        let now = UnixTime::from_secs(now);
        let reply = json(200, r#"{"access_token":"a","token_type":"Bearer","expires_in":"1"}"#);
        let flow = code_received(&client(), "c").receive(&reply, now).unwrap();
        assert!(flow.needs_refresh(now));
        let refusal = json(400, r#"{"error":"invalid_grant"}"#);
        let failure = code_received(&client(), "c").receive(&refusal, now).unwrap_err();
        assert!(matches!(failure.error(), Error::Refused(_)), "{failure:?}");
    }
}

/// `Sun, 06 Nov 1994 08:49:37 GMT`, by counting days.
fn imf_fixdate(seconds: u64) -> String {
    const MONTHS: [(&str, u64); 12] = [
        ("Jan", 31),
        ("Feb", 28),
        ("Mar", 31),
        ("Apr", 30),
        ("May", 31),
        ("Jun", 30),
        ("Jul", 31),
        ("Aug", 31),
        ("Sep", 30),
        ("Oct", 31),
        ("Nov", 30),
        ("Dec", 31),
    ];
    let is_leap = |year: u64| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let (mut day, time) = (seconds / 86_400, seconds % 86_400);
    let mut year = 1970;
    while day >= 365 + u64::from(is_leap(year)) {
        day -= 365 + u64::from(is_leap(year));
        year += 1;
    }
    for (name, days) in MONTHS {
        let days = days + u64::from(name == "Feb" && is_leap(year));
        if day < days {
            let (hours, minutes) = (time / 3600, time / 60 % 60);
            let clock = format!("{hours:02}:{minutes:02}:{:02}", time % 60);
            return format!("Day, {:02} {name} {year} {clock} GMT", day + 1);
        }
        day -= days;
    }
    unreachable!("a year has twelve months")
}
