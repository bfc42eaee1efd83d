//! A resource that wants a strong and recent sign-in (RFC 9470), from its challenge to its door.

use grantflow::{Authorized, Challenged, Entropy, Error, Failure, Flow, ProtocolError, RunError};
use grantflow_tests::scenario::Scenario;
use std::time::Duration;

/// What the vault says to a call, if it does not let it in.
fn knock(scenario: &Scenario, flow: &Flow<Authorized>) -> Result<u16, Challenged> {
    match scenario.run(flow.call(scenario.get("/vaulted")).unwrap()) {
        Ok(response) => Ok(response.status()),
        Err(RunError::Protocol {
            failure: Failure::Over(Error::Challenged(challenged)), ..
        }) => Err(challenged),
        Err(error) => panic!("{error}"),
    }
}

/// The login that the challenge demands.
fn meet(
    scenario: &Scenario,
    flow: &Flow<Authorized>,
    challenged: &Challenged,
) -> Result<Flow<Authorized>, Error> {
    let login = flow.step_up(challenged, scenario.now())?;
    let (url, awaiting) = login.redirect(Entropy::from_os()?, scenario.now())?;
    Ok(scenario.run(scenario.arrive(&url, awaiting)).unwrap())
}

#[test]
fn one_step_up_opens_the_door() {
    let scenario = Scenario::new();
    let weak = scenario.authorized();
    let challenged = knock(&scenario, &weak).unwrap_err();
    let strong = meet(&scenario, &weak, &challenged).unwrap();
    assert_eq!(knock(&scenario, &strong), Ok(200));
    assert_eq!(strong.tokens().scope(), weak.tokens().scope());
    assert_eq!(knock(&scenario, &weak), Err(challenged), "the old tokens are what they were");
}

#[test]
fn each_hour_the_door_may_ask_again_but_not_for_ever() {
    let scenario = Scenario::new();
    let mut flow = scenario.authorized();
    for _ in 0..2 {
        let challenged = knock(&scenario, &flow).unwrap_err();
        flow = meet(&scenario, &flow, &challenged).unwrap();
        assert_eq!(knock(&scenario, &flow), Ok(200));
        // Five minutes are what the vault calls recent.
        scenario.wait(Duration::from_secs(301));
        flow = scenario.run(flow.refresh().unwrap()).unwrap();
    }
    let challenged = knock(&scenario, &flow).unwrap_err();
    let error = meet(&scenario, &flow, &challenged).unwrap_err();
    assert_eq!(error, ProtocolError::StepUpLoop.into());
    scenario.wait(Duration::from_secs(3600));
    flow = scenario.run(flow.refresh().unwrap()).unwrap();
    flow = meet(&scenario, &flow, &challenged).unwrap();
    assert_eq!(knock(&scenario, &flow), Ok(200));
}
