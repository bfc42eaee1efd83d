//! Who sent the browser back (RFC 9207).

use crate::{
    expect::{Done, ensure},
    scenario::Style,
    trial::{Trial, error_of, receive, session},
};
use grantflow::{Callback, CallbackError, Error, Flow, UnixTime};
use url::Url;

/// The server says who it is; a callback that says otherwise, or nothing, ends the login.
pub(super) fn compared(trial: &Trial<'_>) -> Done {
    let client = trial.client("basic", Style::Basic)?;
    let (awaiting, back) = trial.visit(trial.person(), trial.flow(&client)?)?;
    let pending = awaiting.suspend(&session());
    let resume = || Flow::resume(&client, &pending, &session());

    let missing = CallbackError::IssuerMissing { unverified: None };
    let wrongs =
        [(Some("https://elsewhere.example"), CallbackError::IssuerMismatch), (None, missing)];
    for (iss, expected) in wrongs {
        let callback = Callback::from_url(&with_iss(&back, iss)?)?;
        let error = error_of(resume()?.receive(callback, UnixTime::now()))?;
        let what = format!("with iss {iss:?} the login ends ({error})");
        ensure(error == Error::Callback(expected), &what)?;
    }
    let code = receive(resume()?, &back)?;
    ensure(code.iss() == Some(&trial.scenario.issuer), "iss is the issuer")?;
    trial.access(&trial.run(code)?)
}

/// The callback with another `iss`, or none.
fn with_iss(back: &str, iss: Option<&str>) -> Result<String, url::ParseError> {
    let url = Url::parse(back)?;
    let mut other = url.clone();
    let others = url.query_pairs().filter(|(name, _)| name != "iss");
    other.query_pairs_mut().clear().extend_pairs(others).extend_pairs(iss.map(|iss| ("iss", iss)));
    Ok(other.into())
}
