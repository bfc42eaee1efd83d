//! From a resource's demand to another login (RFC 9470, RFC 6750 section 3.1).

use crate::{NOW, STATE, TOKENS, entropy, json, public, query, server, values};
use grantflow::{
    Authorized, Callback, Challenged, Client, Error, Exchange, Failure, Flow, Pending, Policy,
    ProtocolError, Request, Response, SessionBinding, StoredTokens, TokenType, UnixTime,
};
use std::time::Duration;

fn imported(client: &Client) -> Flow<Authorized> {
    let tokens = StoredTokens::import("at", TokenType::Bearer).unwrap();
    let tokens = tokens.with_scope("albums photos".parse().unwrap());
    let tokens = tokens.with_resource("https://api.example".parse().unwrap());
    Flow::restore(client, tokens).unwrap()
}

/// What the resource says to a call.
fn challenged<const N: usize>(
    flow: &Flow<Authorized>,
    status: u16,
    challenges: [&str; N],
) -> Challenged {
    let call = flow.call(Request::get("https://api.example/vault".parse().unwrap())).unwrap();
    let headers = challenges.map(|challenge| ("WWW-Authenticate", challenge.to_owned()));
    match call.receive(&Response::new(status, headers, ""), NOW) {
        Err(Failure::Over(Error::Challenged(challenged))) => challenged,
        other => panic!("{other:?}"),
    }
}

fn insufficient_scope(flow: &Flow<Authorized>) -> Challenged {
    challenged(flow, 403, [r#"Bearer error="insufficient_scope", scope="photos print""#])
}

/// The demand met: the login through to its tokens, the flow stored and woken up on the way.
fn met(flow: &Flow<Authorized>, challenged: &Challenged, now: UnixTime) -> Flow<Authorized> {
    let (client, binding) = (flow.client(), SessionBinding::new("session"));
    let (_, awaiting) = flow.step_up(challenged, now).unwrap().redirect(entropy(), now).unwrap();
    let pending = Pending::from_text(&awaiting.suspend(&binding).to_text()).unwrap();
    let awaiting = Flow::resume(client, &pending, &binding).unwrap();
    let callback = Callback::from_query(&format!("code=a&state={STATE}")).unwrap();
    let code = awaiting.receive(callback, now).unwrap();
    let flow = code.receive(&json(200, TOKENS), now).unwrap();
    let stored = serde_json::to_string(&flow.store()).unwrap();
    Flow::restore(client, serde_json::from_str(&stored).unwrap()).unwrap()
}

#[test]
fn it_asks_for_what_was_asked_for_and_for_what_is_demanded() {
    let flow = imported(&public());
    let login = flow.step_up(&insufficient_scope(&flow), NOW).unwrap();
    let (url, _) = login.redirect(entropy(), NOW).unwrap();
    let asked = query(url.as_str());
    assert_eq!(values(&asked, "scope"), ["albums photos print"]);
    assert_eq!(values(&asked, "resource"), ["https://api.example"]);
    assert_eq!(values(&asked, "acr_values"), [""; 0]);
    assert_eq!(values(&asked, "max_age"), [""; 0]);
}

#[test]
fn a_stronger_and_more_recent_sign_in_is_asked_for_whatever_the_scheme() {
    let flow = imported(&public());
    for scheme in ["Bearer", "DPoP"] {
        let demand = format!(
            r#"{scheme} error="insufficient_user_authentication", acr_values="gold platinum", max_age="5""#
        );
        let others = [r#"Basic realm="x""#, r#"Bearer error="invalid_token""#, demand.as_str()];
        let login = flow.step_up(&challenged(&flow, 401, others), NOW).unwrap();
        let (url, _) = login.prompt("login").unwrap().redirect(entropy(), NOW).unwrap();
        let asked = query(url.as_str());
        assert_eq!(values(&asked, "scope"), ["albums photos"]);
        assert_eq!(values(&asked, "acr_values"), ["gold platinum"]);
        assert_eq!(values(&asked, "max_age"), ["5"]);
        assert_eq!(values(&asked, "prompt"), ["login"]);
    }
}

#[test]
fn what_no_login_can_meet_is_no_demand_for_one() {
    let flow = imported(&public());
    for challenge in [r#"Bearer error="invalid_token""#, "Bearer", "Negotiate abc"] {
        let challenged = challenged(&flow, 401, [challenge]);
        let error = flow.step_up(&challenged, NOW).unwrap_err();
        assert_eq!(error, Error::Challenged(challenged));
    }
}

#[test]
fn a_resource_that_is_never_content_is_left_alone() {
    let first = imported(&public());
    let demand = insufficient_scope(&first);
    let second = met(&first, &demand, NOW);
    // More of the first is another login of the same number.
    assert!(first.step_up(&demand, NOW).is_ok());
    let third = met(&second, &demand, NOW);
    let too_many = Error::from(ProtocolError::StepUpLoop);
    let after = |seconds| NOW.saturating_add(Duration::from_secs(seconds));
    assert_eq!(third.step_up(&demand, after(3600)).unwrap_err(), too_many);
    assert!(third.step_up(&demand, after(3601)).is_ok());

    // To refresh is not to be content.
    let refresh = third.refresh().unwrap();
    let refreshed = refresh.receive(&json(200, TOKENS), NOW).unwrap();
    assert_eq!(refreshed.step_up(&demand, NOW).unwrap_err(), too_many);
}

#[test]
fn how_often_is_the_policys_to_say() {
    let mut policy = Policy::default();
    policy.step_up_limit = 1;
    let client = Client::public(server(), "id").policy(policy);
    let client = client.redirect_uri("https://client.example/cb".parse().unwrap());
    let first = imported(&client.build().unwrap());
    let demand = insufficient_scope(&first);
    let second = met(&first, &demand, NOW);
    assert_eq!(second.step_up(&demand, NOW).unwrap_err(), ProtocolError::StepUpLoop.into());
}
