//! Demands for another login that are none, or one too many.

use crate::{client, says};
use grantflow::{
    Authorized, Challenged, Error, Exchange, Failure, Flow, Policy, Request, Response,
    StoredTokens, TokenType, UnixTime,
};

const NOW: UnixTime = UnixTime::from_secs(0);

fn flow() -> Flow<Authorized> {
    let mut policy = Policy::default();
    policy.step_up_limit = 0;
    let tokens = StoredTokens::import("at", TokenType::Bearer).unwrap();
    Flow::restore(&client().policy(policy).build().unwrap(), tokens).unwrap()
}

fn challenged(flow: &Flow<Authorized>, header: &str) -> Challenged {
    let call = flow.call(Request::get("https://api.example".parse().unwrap())).unwrap();
    let response = Response::new(401, [("www-authenticate", header.to_owned())], "");
    match call.receive(&response, NOW) {
        Err(Failure::Over(Error::Challenged(challenged))) => challenged,
        other => panic!("{other:?}"),
    }
}

fn step_up_says(flow: &Flow<Authorized>, header: &str, expected: &str) {
    says(flow.step_up(&challenged(flow, header), NOW).unwrap_err(), expected);
}

#[test]
fn demands() {
    step_up_says(
        &flow(),
        "Bearer error=\"insufficient_scope\"",
        "the resource server demands step-up after step-up; a login of the user's own accord \
         begins anew",
    );
    step_up_says(
        &flow(),
        "Bearer error=\"invalid_token\"",
        "the resource server answered with status 401: invalid_token",
    );
    let client = client().build().unwrap();
    let tokens = StoredTokens::import("at", TokenType::Bearer).unwrap();
    let flow = Flow::restore(&client, tokens).unwrap();
    for (param, name) in [
        (r#"scope="a\\b""#, "scope"),
        (r#"acr_values="""#, "acr_values"),
        (r#"acr_values="  ""#, "acr_values"),
        (r#"max_age="""#, "max_age"),
        (r#"max_age="-1""#, "max_age"),
    ] {
        step_up_says(
            &flow,
            &format!("Bearer error=\"insufficient_user_authentication\", {param}"),
            &format!("the server's reply has an invalid {name}"),
        );
    }
}
