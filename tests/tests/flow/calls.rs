//! Calls to the resource server, and what it answers.

use grantflow::{ConfigError, Error, ErrorCode, Flow, Request, StoredTokens, TokenType};
use grantflow_tests::{
    cloudvault::ClientAuthentication,
    scenario::{CLIENT_SECRET, Scenario},
};

#[test]
fn many_calls_can_be_made_of_one_flow() {
    let scenario = Scenario::new();
    let flow = scenario.authorized();
    let calls = ["/photos", "/albums", "/me"].map(|path| flow.call(scenario.get(path)).unwrap());
    for call in calls {
        assert_eq!(scenario.run(call).unwrap().status(), 200);
    }
    let userinfo = scenario.run(flow.userinfo().unwrap()).unwrap();
    assert_eq!(userinfo.json::<serde_json::Value>().unwrap()["name"], "Alice Liddell");
}

#[test]
fn a_token_that_is_not_good_is_challenged() {
    let scenario = Scenario::new();
    let tokens = StoredTokens::import("not-a-token", TokenType::Bearer).unwrap();
    let flow = Flow::restore(&scenario.client, tokens).unwrap();
    let error = scenario.run(flow.call(scenario.get("/photos")).unwrap()).unwrap_err();
    let Some(Error::Challenged(challenged)) = error.error() else { panic!("{error:?}") };
    assert_eq!(challenged.status(), 401);
    assert_eq!(challenged.of("bearer").unwrap().error(), Some(ErrorCode::InvalidToken));
}

#[test]
fn a_scope_that_is_too_narrow_is_challenged_with_the_scope_to_ask_for() {
    let scenario = Scenario::new();
    let refresh = scenario.authorized().refresh().unwrap().scope("list_albums").unwrap();
    let flow = scenario.run(refresh).unwrap();
    let error = scenario.run(flow.call(scenario.get("/photos")).unwrap()).unwrap_err();
    let Some(Error::Challenged(challenged)) = error.error() else { panic!("{error:?}") };
    assert_eq!(challenged.status(), 403);
    let bearer = challenged.of("bearer").unwrap();
    assert_eq!(bearer.error(), Some(ErrorCode::InsufficientScope));
    assert_eq!(bearer.param("scope").unwrap().as_str(), "read_photos");
}

#[test]
fn a_resource_metadata_url_that_is_not_secure_makes_its_challenge_unusable() {
    let scenario = Scenario::new();
    let call = || scenario.authorized().call(scenario.get("/photos")).unwrap();
    for (url, usable) in [("https://api.example/rm", 1), ("http://169.254.169.254/", 0)] {
        let field = format!("Bearer resource_metadata=\"{url}\"");
        let reply = grantflow::Response::new(401, [("WWW-Authenticate", field)], "");
        let failure = grantflow::Exchange::receive(call(), &reply, scenario.now()).unwrap_err();
        let Error::Challenged(challenged) = failure.error() else { panic!("{failure:?}") };
        assert_eq!(challenged.challenges().len(), usable, "{url}");
    }
}

#[test]
fn a_challenge_never_repeats_the_token() {
    let scenario = Scenario::new();
    let tokens = StoredTokens::import("very-secret-token", TokenType::Bearer).unwrap();
    let flow = Flow::restore(&scenario.client, tokens).unwrap();
    for field in [
        r#"Bearer error="very-secret-token", error_description="token very-secret-token ended""#,
        "Negotiate very-secret-token",
    ] {
        let call = flow.call(scenario.get("/photos")).unwrap();
        let reply = grantflow::Response::new(401, [("WWW-Authenticate", field)], "");
        let failure = grantflow::Exchange::receive(call, &reply, scenario.now()).unwrap_err();
        let shown = format!("{failure} {failure:?}");
        assert!(!shown.contains("secret") && shown.contains("***"), "{shown}");
    }
}

#[test]
fn a_challenge_that_is_named_after_the_token_is_unusable() {
    let scenario = Scenario::new();
    let tokens = StoredTokens::import("Very-Secret-Token", TokenType::Bearer).unwrap();
    let flow = Flow::restore(&scenario.client, tokens).unwrap();
    for field in ["A-Very-Secret-Token-Scheme", r#"Bearer x-very-secret-token="a""#] {
        let call = flow.call(scenario.get("/photos")).unwrap();
        let reply = grantflow::Response::new(401, [("WWW-Authenticate", field)], "");
        let failure = grantflow::Exchange::receive(call, &reply, scenario.now()).unwrap_err();
        let Error::Challenged(challenged) = failure.error() else { panic!("{failure:?}") };
        assert!(challenged.challenges().is_empty(), "{failure:?}");
    }
}

#[test]
fn an_error_uri_that_is_not_secure_makes_its_challenge_unusable() {
    let scenario = Scenario::new();
    for (url, usable) in
        [("https://e.example/", 1), ("http://e.example/", 0), ("javascript:alert(1)", 0)]
    {
        let call = scenario.authorized().call(scenario.get("/photos")).unwrap();
        let field = format!("Bearer error_uri=\"{url}\"");
        let reply = grantflow::Response::new(403, [("WWW-Authenticate", field)], "");
        let failure = grantflow::Exchange::receive(call, &reply, scenario.now()).unwrap_err();
        let Error::Challenged(challenged) = failure.error() else { panic!("{failure:?}") };
        assert_eq!(challenged.challenges().len(), usable, "{url}");
    }
}

#[test]
fn every_other_status_is_the_resources_own_answer() {
    let scenario = Scenario::new();
    let flow = scenario.authorized();
    for status in [200, 204, 301, 400, 402, 404, 429, 500, 503, 599] {
        let call = flow.call(scenario.get("/photos")).unwrap();
        let reply = grantflow::Response::new(status, [("a", "b")], "own");
        let answer = grantflow::Exchange::receive(call, &reply, scenario.now()).unwrap();
        assert_eq!((answer.status(), answer.body()), (status, &b"own"[..]));
    }
}

#[test]
fn tokens_bound_to_an_origin_go_nowhere_else() {
    let secret = ClientAuthentication::SecretBasic(CLIENT_SECRET.into());
    let scenario = Scenario::with(secret, |client| {
        client.resource_origin("https://vault.example".parse().unwrap())
    });
    let flow = scenario.authorized();
    assert!(flow.call(scenario.get("/photos")).is_ok());
    for url in [
        "https://evil.example/",
        "https://vault.example:8443/",
        "https://sub.vault.example/",
        "http://localhost/",
    ] {
        let error = flow.call(Request::get(url.parse().unwrap())).unwrap_err();
        assert_eq!(error, ConfigError::Origin.into(), "{url}");
    }
}
