//! Codes that the server must refuse.

use crate::{
    expect::{Done, ensure, refused},
    scenario::Style,
    trial::{Trial, receive, session},
};
use grantflow::{Client, ClientAuth, ErrorCode, Flow, Pending};

/// No flow exchanges its code twice; who keeps the pending flow after its callback can make two.
pub(super) fn reused(trial: &Trial<'_>) -> Done {
    let client = trial.client("basic", Style::Basic)?;
    let (awaiting, back) = trial.visit(trial.person(), trial.flow(&client)?)?;
    let pending = awaiting.suspend(&session());
    let code = || receive(Flow::resume(&client, &pending, &session())?, &back);
    trial.access(&trial.run(code()?)?)?;
    refused(trial.adapter.run(code()?), &ErrorCode::InvalidGrant)
}

/// The stored form of the pending flow has another verifier by the time the browser is back.
pub(super) fn wrong_verifier(trial: &Trial<'_>) -> Done {
    let client = trial.client("public", Style::Basic)?;
    let (awaiting, back) = trial.visit(trial.person(), trial.flow(&client)?)?;
    let stored = awaiting.suspend(&session()).to_text();
    let other = format!("v{}", "A".repeat(43));
    let fields = stored.split('~').map(|field| match field.strip_prefix('v') {
        Some(_) => &other,
        None => field,
    });
    let changed = fields.collect::<Vec<_>>().join("~");
    ensure(changed != *stored, "there was a verifier to change")?;
    let awaiting = Flow::resume(&client, &Pending::from_text(&changed)?, &session())?;
    refused(trial.adapter.run(receive(awaiting, &back)?), &ErrorCode::InvalidGrant)
}

pub(super) fn wrong_secret(trial: &Trial<'_>) -> Done {
    let id = trial.scenario.client_id("basic")?;
    let auth = ClientAuth::basic("not-the-secret-of-this-client");
    let client = trial.finish(Client::confidential(trial.server()?, id, auth))?;
    let code = trial.code(trial.flow(&client)?)?;
    refused(trial.adapter.run(code), &ErrorCode::InvalidClient)
}
