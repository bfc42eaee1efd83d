//! Grants without a browser, and the device's.

use super::{
    NOW, body,
    canary::*,
    client, json, meets_echo,
    witness::{fails, gives_out, show},
};
use grantflow::{ClientAuth, Error, Exchange};

const DEVICE: &str = r#"{"device_code":"canary-device-code-Pv1Ek3","user_code":"WDJB-MJHT",
    "verification_uri":"https://as.example/device","expires_in":600}"#;
/// The device code is read before the reply turns out to be incomplete.
const INCOMPLETE: &str = r#"{"device_code":"canary-device-code-Pv1Ek3","expires_in":600}"#;

pub(super) fn tour() -> Result<(), Error> {
    let client = client(ClientAuth::post(CLIENT_SECRET))?;

    let device = client.device()?;
    show(&device);
    fails(&device.receive(&json(200, INCOMPLETE), NOW).expect_err("it is incomplete"));
    let poll = client.device()?.receive(&json(200, DEVICE), NOW)?;
    gives_out(body(&poll.request(NOW)?), &[DEVICE_CODE, CLIENT_SECRET]);
    meets_echo(poll.clone(), &[DEVICE_CODE, CLIENT_SECRET]);
    let failure = poll.receive(&json(400, r#"{"error":"slow_down"}"#), NOW);
    show(&failure.expect_err("not yet").into_state().expect("it goes on"));

    let grant = client.jwt_bearer(ASSERTION);
    gives_out(body(&grant.request(NOW)?), &[ASSERTION, CLIENT_SECRET]);
    meets_echo(grant, &[ASSERTION, CLIENT_SECRET]);
    let grant = client.token_exchange(SUBJECT_TOKEN, "urn:x");
    gives_out(body(&grant.request(NOW)?), &[SUBJECT_TOKEN, CLIENT_SECRET]);
    meets_echo(grant, &[SUBJECT_TOKEN, CLIENT_SECRET]);
    Ok(())
}
