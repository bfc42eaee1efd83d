//! Registering, and what a registered client can do with it (RFC 7591, RFC 7592).

use crate::{
    expect::{Done, Trouble, ensure},
    trial::Trial,
};
use grantflow::{ApplicationType, ClientMetadata, Error, Registration, Response};
use serde::Deserialize;

#[derive(Deserialize)]
struct Named {
    client_name: String,
}

/// A client that was registered a moment ago logs in.
pub(super) fn login(trial: &Trial<'_>) -> Done {
    let registration = register(trial, "client_secret_basic")?;
    let client = trial.finish(registration.client()?)?;
    trial.access(&trial.login(&client)?)
}

/// It is read, changed, and given up; then it is not there.
pub(super) fn managed(trial: &Trial<'_>) -> Done {
    let registration = register(trial, "none")?;
    let read = trial.run(registration.read()?)?;
    ensure(read.client_id() == registration.client_id(), "it reads what it registered")?;
    ensure(name(read.response())? == "PrintMyPics", "it has its name")?;
    let updated =
        trial.run(read.update(&metadata(trial, "none")?.with_client_name("PrintYourPics"))?)?;
    ensure(name(updated.response())? == "PrintYourPics", "it has its other name")?;
    trial.run(updated.clone().delete()?)?;
    match trial.adapter.run(updated.read()?) {
        Err(error) if error.error().is_some_and(is_refusal) => Ok(()),
        Err(error) => Err(format!("expected a refusal: {error}").into()),
        Ok(_) => Err("it is still there".into()),
    }
}

fn register(trial: &Trial<'_>, method: &str) -> Result<Registration, Trouble> {
    trial.run(trial.server()?.register(&metadata(trial, method)?)?)
}

fn metadata(trial: &Trial<'_>, method: &str) -> Result<ClientMetadata, Trouble> {
    let redirect_uri = trial.scenario.redirect_uri.parse()?;
    let metadata = ClientMetadata::new(ApplicationType::Native, [redirect_uri]);
    Ok(metadata
        .with_client_name("PrintMyPics")
        .with_scope(&trial.scenario.scope.parse()?)
        .with_token_endpoint_auth_method(method))
}

fn name(response: &Response) -> Result<String, Trouble> {
    Ok(response.json::<Named>()?.client_name)
}

/// The server said no, in its own words or by a bare 401 (RFC 7592 section 2.1).
fn is_refusal(error: &Error) -> bool {
    matches!(error, Error::Refused(_))
}
