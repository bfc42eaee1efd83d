//! The way back: what ends a login, and what must not.

use grantflow::{Callback, CallbackError, Entropy, Error, ErrorCode, Failure, ResponseMode};
use grantflow_tests::{
    cloudvault::{Fault, Visitor},
    scenario::{REDIRECT_URI, Scenario},
};
use std::time::Duration;

#[test]
fn a_hundred_forged_hits_do_not_end_a_login() {
    let scenario = Scenario::new();
    let (url, mut awaiting) = scenario.awaiting();
    for hit in 0..100 {
        let forged = Callback::from_query(&format!("code=evil&state={hit}")).unwrap();
        match awaiting.receive(forged, scenario.now()) {
            Err(Failure::Later { state, error, wait: None }) => {
                assert_eq!(error, CallbackError::StateMismatch.into());
                awaiting = *state;
            }
            other => panic!("{other:?}"),
        }
    }
    let callback = Callback::from_url(&scenario.callback(&url).url).unwrap();
    let code = awaiting.receive(callback, scenario.now()).unwrap();
    assert!(scenario.run(code).is_ok());
}

#[test]
fn every_misbehaviour_of_the_callback_is_noticed() {
    use CallbackError::{
        CodeMissing, IssuerMismatch, IssuerMissing, Repeated, StateMismatch, StateMissing,
        Unexpected,
    };
    let at_parsing = [
        (Fault::TwoCodes, Repeated("code")),
        (Fault::TokenInCallback, Unexpected("access_token")),
        (Fault::JarmResponse, Unexpected("response")),
    ];
    for (fault, expected) in at_parsing {
        let scenario = Scenario::new();
        let (url, _awaiting) = scenario.awaiting();
        scenario.vault.misbehave(fault);
        let parsed = Callback::from_url(&scenario.callback(&url).url);
        assert_eq!(parsed.unwrap_err(), expected.into());
    }
    let later = [(Fault::WrongState, StateMismatch), (Fault::MissingState, StateMissing)];
    let over = [
        (Fault::WrongIss, IssuerMismatch),
        (Fault::MissingIss, IssuerMissing { unverified: None }),
        (Fault::EmptyCode, CodeMissing),
    ];
    for (index, (fault, expected)) in later.into_iter().chain(over).enumerate() {
        let scenario = Scenario::new();
        let (url, awaiting) = scenario.awaiting();
        scenario.vault.misbehave(fault);
        let callback = Callback::from_url(&scenario.callback(&url).url).unwrap();
        let failure = awaiting.receive(callback, scenario.now()).unwrap_err();
        assert_eq!(failure.error(), &Error::from(expected));
        assert_eq!(failure.into_state().is_some(), index < 2);
        assert_eq!(scenario.vault.count("/token"), 0);
    }
}

#[test]
fn an_error_beside_a_code_is_the_error() {
    let scenario = Scenario::new();
    let (url, awaiting) = scenario.awaiting();
    scenario.vault.misbehave(Fault::ErrorAndCode);
    let callback = Callback::from_url(&scenario.callback(&url).url).unwrap();
    let failure = awaiting.receive(callback, scenario.now()).unwrap_err();
    assert!(matches!(failure, Failure::Over(Error::Refused(_))), "{failure:?}");
}

#[test]
fn a_denial_ends_the_login_with_its_reason() {
    let scenario = Scenario::new();
    let (url, awaiting) = scenario.awaiting();
    let callback = Callback::from_url(&scenario.denied_callback(&url).url).unwrap();
    let failure = awaiting.receive(callback, scenario.now()).unwrap_err();
    assert_eq!(failure.error().code(), Some(&ErrorCode::AccessDenied));
    assert!(failure.into_state().is_none());
}

#[test]
fn a_denial_needs_the_right_state_too() {
    let scenario = Scenario::new();
    for forged in ["error=access_denied", "error=access_denied&state=x"] {
        let (_, awaiting) = scenario.awaiting();
        let received = awaiting.receive(Callback::from_query(forged).unwrap(), scenario.now());
        assert!(matches!(received, Err(Failure::Later { .. })), "{received:?}");
    }
}

#[test]
fn a_callback_after_ten_minutes_is_too_late() {
    for (seconds, expected) in [(600, None), (601, Some(CallbackError::Expired.into()))] {
        let scenario = Scenario::new();
        let (url, awaiting) = scenario.awaiting();
        let callback = Callback::from_url(&scenario.callback(&url).url).unwrap();
        scenario.wait(Duration::from_secs(seconds));
        let received = awaiting.receive(callback, scenario.now());
        assert_eq!(received.err().map(Failure::into_error), expected, "{seconds}");
    }
}

#[test]
fn a_form_post_callback_is_received_by_its_body_only() {
    let scenario = Scenario::new();
    let start = || {
        let entropy = Entropy::from_os().unwrap();
        let flow = scenario.unstarted().response_mode(ResponseMode::FormPost);
        flow.redirect(entropy, scenario.now()).unwrap()
    };
    let visit = |url: &grantflow::AuthorizationUrl| {
        let mut visitor = Visitor::new(|request| scenario.vault.handle(request));
        visitor.visit(url.as_str(), REDIRECT_URI).unwrap().form.unwrap()
    };
    let (url, awaiting) = start();
    let body = visit(&url);
    let failure = awaiting.receive(Callback::from_query(&body).unwrap(), scenario.now());
    let Err(Failure::Later { state, error, .. }) = failure else { panic!("{failure:?}") };
    assert_eq!(error, CallbackError::ResponseMode.into());
    let media_type = "application/x-www-form-urlencoded; charset=utf-8";
    let callback = Callback::from_form_post(media_type, body.as_bytes()).unwrap();
    assert!(scenario.run(state.receive(callback, scenario.now()).unwrap()).is_ok());
}

#[test]
fn a_loopback_callback_must_be_at_the_path_that_was_asked_for() {
    let scenario = Scenario::new();
    let uri = "http://127.0.0.1:51004/cb".parse().unwrap();
    let flow = scenario.unstarted().redirect_uri(uri);
    let (_, awaiting) = flow.redirect(Entropy::from_os().unwrap(), scenario.now()).unwrap();
    let favicon = Callback::from_path_and_query("/favicon.ico").unwrap();
    let failure = awaiting.receive(favicon, scenario.now()).unwrap_err();
    assert_eq!(failure.error(), &Error::from(CallbackError::Path));
    assert!(failure.into_state().is_some());
}

#[test]
fn extra_parameters_are_kept_in_order() {
    let scenario = Scenario::new();
    let (url, awaiting) = scenario.awaiting();
    let callback = scenario.callback(&url).url + "&shop=a%20b&hmac=&realmId=7#_=_";
    let callback = Callback::from_url(&callback).unwrap();
    let code = awaiting.receive(callback, scenario.now()).unwrap();
    let extra: Vec<_> = code.extra().collect();
    assert_eq!(extra, [("shop", "a b"), ("hmac", ""), ("realmId", "7")]);
    assert_eq!(code.iss(), Some("https://vault.example"));
}

#[test]
fn a_private_use_callback_may_hold_a_url_in_its_query() {
    let query = "code=c&state=s&iss=https://as.example";
    for url in [
        format!("com.example.app:/cb?{query}"),
        format!("com.example.app://cb?{query}"),
        format!("/cb?{query}"),
    ] {
        let scenario = Scenario::new();
        let callback = Callback::from_url(&url).unwrap();
        let failure = scenario.awaiting().1.receive(callback, scenario.now()).unwrap_err();
        assert_eq!(failure.error(), &Error::from(CallbackError::StateMismatch), "{url}");
    }
    let callback = Callback::from_url("/?://x?state=s&code=c").unwrap();
    let scenario = Scenario::new();
    let failure = scenario.awaiting().1.receive(callback, scenario.now()).unwrap_err();
    assert_eq!(failure.error(), &Error::from(CallbackError::StateMissing));
}

#[test]
fn an_unverified_error_code_shows_no_secret() {
    let scenario = Scenario::new();
    let (url, awaiting) = scenario.awaiting();
    let state = url.as_str().split("state=").nth(1).unwrap().split('&').next().unwrap();
    let callback = Callback::from_query(&format!("state={state}&error={state}")).unwrap();
    let failure = awaiting.receive(callback, scenario.now()).unwrap_err();
    let expected = CallbackError::IssuerMissing { unverified: Some("***".into()) };
    assert_eq!(failure.error(), &Error::from(expected));
}

#[test]
fn a_part_of_the_state_is_not_the_state() {
    let scenario = Scenario::new();
    let (url, mut awaiting) = scenario.awaiting();
    let state = url.as_str().split("state=").nth(1).unwrap().split('&').next().unwrap();
    let longer = format!("{state}A");
    let other_case = state.to_ascii_uppercase();
    for forged in [&state[..1], &state[..42], &state[1..], &longer, &other_case] {
        let callback = Callback::from_query(&format!("code=c&state={forged}")).unwrap();
        let failure = awaiting.receive(callback, scenario.now()).unwrap_err();
        assert_eq!(failure.error(), &Error::from(CallbackError::StateMismatch));
        awaiting = failure.into_state().unwrap();
    }
}

#[test]
fn a_fragment_is_not_read() {
    let scenario = Scenario::new();
    let (url, mut awaiting) = scenario.awaiting();
    let state = url.as_str().split("state=").nth(1).unwrap().split('&').next().unwrap();
    for (query, fragment) in [("x=y", "&code=c&state="), ("", "code=c&state=")] {
        let callback = format!("{query}#{fragment}{state}");
        for callback in [
            Callback::from_query(&callback),
            Callback::from_path_and_query(&format!("/callback?{callback}")),
            Callback::from_url(&format!("{REDIRECT_URI}?{callback}")),
        ] {
            let failure = awaiting.receive(callback.unwrap(), scenario.now()).unwrap_err();
            assert_eq!(failure.error(), &Error::from(CallbackError::StateMissing));
            awaiting = failure.into_state().unwrap();
        }
    }
}

#[test]
fn two_servers_swapped_callbacks_are_refused_before_anything_is_sent() {
    let (honest, evil) = (Scenario::new(), Scenario::new());
    let (url, awaiting) = honest.awaiting();
    let state = url.as_str().split("state=").nth(1).unwrap().split('&').next().unwrap();
    let query = format!("code=stolen&state={state}&iss=https%3A%2F%2Fevil.example");
    let callback = Callback::from_query(&query).unwrap();
    let failure = awaiting.receive(callback, honest.now()).unwrap_err();
    assert_eq!(failure.error(), &Error::from(CallbackError::IssuerMismatch));
    assert_eq!(honest.vault.count("/token") + evil.vault.count("/token"), 0);
}
