//! Whole logins at a server that is in trouble again and again, in any order of its faults.

use crate::scene::cases;
use grantflow::{Authorized, AwaitingCallback, Callback, CodeReceived, Exchange, Failure, Flow};
use grantflow_tests::{cloudvault::Fault, scenario::Scenario};
use proptest::{collection::vec, option, prelude::*, sample::select};

fn of_callbacks() -> impl Strategy<Value = Fault> {
    select(vec![
        Fault::EmptyCode,
        Fault::ErrorAndCode,
        Fault::JarmResponse,
        Fault::MissingIss,
        Fault::MissingState,
        Fault::TokenInCallback,
        Fault::TwoCodes,
        Fault::WrongIss,
        Fault::WrongState,
    ])
}

fn of_replies() -> impl Strategy<Value = Fault> {
    select(vec![
        Fault::DuplicateMember,
        Fault::EchoesVerifier,
        Fault::EmptyAccessToken,
        Fault::EmptyBody,
        Fault::ErrorAt200,
        Fault::Html200,
        Fault::Html500,
        Fault::MissingTokenType,
        Fault::NegativeExpiry,
        Fault::NoContentType,
        Fault::RateLimited,
        Fault::Redirect307("https://elsewhere.example/".into()),
        Fault::Status201,
        Fault::TrailingGarbage,
        Fault::Truncated,
        Fault::Unavailable503,
        Fault::UnknownTokenType,
    ])
}

fn set(scenario: &Scenario, fault: &Option<Fault>) {
    match fault {
        Some(fault) => scenario.vault.misbehave(fault.clone()),
        None => scenario.vault.behave(),
    }
}

/// What is left of an exchange after one answer to each of its requests.
enum End<E: Exchange> {
    Done(E::Output),
    InHand(Box<E>),
    Over,
}

/// One request, one answer.
fn once<E: Exchange>(scenario: &Scenario, exchange: E) -> End<E> {
    let response = scenario.send(exchange.request(scenario.now()).unwrap());
    match exchange.receive(&response, scenario.now()) {
        Ok(output) => End::Done(output),
        Err(Failure::Later { state, .. }) => End::InHand(state),
        Err(Failure::Over(_)) => End::Over,
        Err(failure) => panic!("nothing asks to go on by itself here: {failure:?}"),
    }
}

/// The browser comes back, perhaps several times, perhaps by way of a fault.
fn come_back(
    scenario: &Scenario,
    faults: &[Option<Fault>],
) -> Result<Flow<CodeReceived>, Option<Box<Flow<AwaitingCallback>>>> {
    let (url, mut awaiting) = scenario.awaiting();
    for fault in faults {
        set(scenario, fault);
        let callback = scenario.callback(&url);
        let Ok(callback) = Callback::from_url(&callback.url) else { continue };
        match awaiting.receive(callback, scenario.now()) {
            Ok(code) => return Ok(code),
            Err(Failure::Later { state, .. }) => awaiting = *state,
            Err(_) => return Err(None),
        }
    }
    Err(Some(Box::new(awaiting)))
}

fn exchange(
    scenario: &Scenario,
    code: Flow<CodeReceived>,
    faults: &[Option<Fault>],
) -> (usize, End<Flow<CodeReceived>>) {
    let mut end = End::InHand(Box::new(code));
    let mut sent = 0;
    for fault in faults {
        let End::InHand(code) = end else { return (sent, end) };
        set(scenario, fault);
        sent += 1;
        end = once(scenario, *code);
    }
    (sent, end)
}

fn refresh(
    scenario: &Scenario,
    flow: Flow<Authorized>,
    faults: &[Option<Fault>],
) -> (usize, Option<Flow<Authorized>>) {
    let mut flow = flow;
    for (sent, fault) in faults.iter().enumerate() {
        set(scenario, fault);
        let Ok(refresh) = flow.refresh() else { panic!("it had a refresh token") };
        flow = match once(scenario, refresh) {
            End::Done(flow) => flow,
            End::InHand(refresh) => refresh.into_flow(),
            End::Over => return (sent + 1, None),
        };
    }
    (faults.len(), Some(flow))
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn a_login_ends_authorized_or_refused_or_is_still_in_hand(
        callbacks in vec(option::of(of_callbacks()), 1..6),
        replies in vec(option::of(of_replies()), 1..6),
        refreshes in vec(option::of(of_replies()), 0..6),
    ) {
        let scenario = Scenario::new();
        let code = match come_back(&scenario, &callbacks) {
            Ok(code) => code,
            Err(left) => {
                prop_assert_eq!(scenario.vault.count("/token"), 0);
                // Whoever still waits is served by an honest callback.
                if let Some(awaiting) = left {
                    let again = awaiting.suspend(&crate::scene::session());
                    prop_assert!(Flow::resume(&scenario.client, &again, &crate::scene::session()).is_ok());
                }
                return Ok(());
            }
        };
        // A code that was received was not sent.
        prop_assert_eq!(scenario.vault.count("/token"), 0);
        let (sent, end) = exchange(&scenario, code, &replies);
        prop_assert_eq!(scenario.vault.count("/token"), sent, "a code was sent by itself");
        match end {
            End::Over => {}
            End::InHand(code) => {
                scenario.vault.behave();
                prop_assert!(!matches!(once(&scenario, *code), End::InHand(_)));
            }
            End::Done(flow) => {
                let (refreshed, flow) = refresh(&scenario, flow, &refreshes);
                prop_assert_eq!(scenario.vault.count("/token"), sent + refreshed);
                if let Some(flow) = flow {
                    prop_assert!(!flow.tokens().access_token().expose().is_empty());
                    prop_assert!(flow.tokens().refresh_token().is_some());
                }
            }
        }
    }

    #[test]
    fn a_forged_callback_never_costs_the_login(faults in vec(select(vec![
        Fault::JarmResponse, Fault::MissingState, Fault::TokenInCallback, Fault::TwoCodes,
        Fault::WrongState,
    ]), 0..8)) {
        let scenario = Scenario::new();
        let mut faults: Vec<_> = faults.into_iter().map(Some).collect();
        faults.push(None);
        let code = come_back(&scenario, &faults);
        let Ok(code) = code else { panic!("the honest callback came last") };
        prop_assert!(matches!(once(&scenario, code), End::Done(_)));
    }

    #[test]
    fn a_server_in_trouble_costs_no_code(faults in vec(select(vec![
        Fault::Html500, Fault::RateLimited, Fault::Unavailable503,
    ]), 0..8)) {
        let scenario = Scenario::new();
        let mut faults: Vec<_> = faults.into_iter().map(Some).collect();
        faults.push(None);
        let (sent, end) = exchange(&scenario, scenario.code_received(), &faults);
        prop_assert!(matches!(end, End::Done(_)));
        prop_assert_eq!((sent, scenario.vault.count("/token")), (faults.len(), faults.len()));
    }

    #[test]
    fn no_fault_of_a_refresh_but_invalid_grant_costs_the_tokens(faults in vec(of_replies(), 0..8)) {
        let scenario = Scenario::new();
        let ends = |fault: &Fault| matches!(fault, Fault::ErrorAt200 | Fault::EchoesVerifier);
        let expected = faults.iter().position(ends).map_or(faults.len(), |at| at + 1);
        let is_over = faults.iter().any(ends);
        let flow = scenario.authorized();
        let before = scenario.vault.count("/token");
        let faults: Vec<_> = faults.into_iter().map(Some).collect();
        let (sent, flow) = refresh(&scenario, flow, &faults);
        // A reply that was spoilt may have spent the token at the server, which then says so.
        prop_assert!(sent == expected || flow.is_none(), "{} {}", sent, expected);
        prop_assert!(flow.is_none() || !is_over);
        prop_assert_eq!(scenario.vault.count("/token") - before, sent);
    }
}
