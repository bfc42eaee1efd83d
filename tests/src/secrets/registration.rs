//! A client that registers itself.

use super::{
    NOW,
    canary::*,
    json, meets_echo, server,
    witness::{fails, gives_out, show},
};
use grantflow::{ApplicationType, ClientMetadata, Error, Exchange};

const REGISTERED: &str = r#"{"client_id":"new","client_secret":"canary-registered-secret-Ec9Jd1",
    "client_secret_expires_at":0,"registration_client_uri":"https://as.example/r/new",
    "registration_access_token":"canary-registration-token-Ui2Rx6"}"#;
const INCOMPLETE: &str = r#"{"client_secret":"canary-registered-secret-Ec9Jd1"}"#;

pub(super) fn tour() -> Result<(), Error> {
    let uri = "https://client.example/cb".parse()?;
    let metadata = ClientMetadata::new(ApplicationType::Web, [uri]);
    show(&metadata);
    let register = || server()?.register(&metadata);
    let initial = register()?.initial_access_token(INITIAL_TOKEN);
    let request = initial.request(NOW)?;
    gives_out(request.header("authorization").unwrap_or_default(), &[INITIAL_TOKEN]);
    meets_echo(initial, &[INITIAL_TOKEN]);
    fails(&register()?.receive(&json(201, INCOMPLETE), NOW).expect_err("it is incomplete"));

    let registration = register()?.receive(&json(201, REGISTERED), NOW)?;
    show(&registration);
    show(registration.response());
    let whole = std::str::from_utf8(registration.response().body()).expect("text");
    gives_out(whole, &[REGISTERED_SECRET, REGISTRATION_TOKEN]);
    let client = registration.client()?;
    show(&client);
    show(&client.build()?);
    meets_echo(registration.read()?, &[REGISTRATION_TOKEN]);
    meets_echo(registration.update(&metadata)?, &[REGISTRATION_TOKEN]);
    let unregister = registration.delete()?;
    let request = unregister.request(NOW)?;
    gives_out(request.header("authorization").unwrap_or_default(), &[REGISTRATION_TOKEN]);
    meets_echo(unregister, &[REGISTRATION_TOKEN]);
    Ok(())
}
