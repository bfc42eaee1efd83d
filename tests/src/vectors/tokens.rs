//! What a case expects of the reply to a token request, whatever the grant.

use super::{
    expect::{Judged, Stopped},
    fault::{Fault, equal},
    form::{self, Pairs},
};
use grantflow::{Authorized, Flow, Response, Secret, UnixTime};
use serde_json::{Map, Value, json};

/// The members of a reply that are no further ones.
const KNOWN: [&str; 8] = [
    "access_token",
    "error",
    "error_description",
    "error_uri",
    "expires_in",
    "refresh_token",
    "scope",
    "token_type",
];

/// Holds the outcome of a token request against all members that speak of one. `response` is the
/// last reply, which stays with the application.
pub(super) fn check(
    judged: &mut Judged<Flow<Authorized>>,
    response: Option<&Response>,
) -> Result<(), Fault> {
    check_tokens(judged)?;
    check_scopes(judged)?;
    check_failure(judged, response)?;
    check_extra(judged, response)?;
    let hidden = judged.members().texts("display_must_not_contain")?;
    let shown = match judged.outcome() {
        Ok(flow) => vec![format!("{flow:?}"), format!("{:?}", flow.tokens())],
        Err(stopped) => stopped.shown.clone(),
    };
    lacks("display_must_not_contain", &hidden, &shown)
}

/// None of the hidden texts may be in what is shown.
pub(super) fn lacks(what: &str, hidden: &[String], shown: &[String]) -> Result<(), Fault> {
    for text in hidden {
        if let Some(shown) = shown.iter().find(|shown| shown.contains(text)) {
            return Err(Fault::new(format!("{what}: {text:?} is in {shown:?}")));
        }
    }
    Ok(())
}

fn check_tokens(judged: &mut Judged<Flow<Authorized>>) -> Result<(), Fault> {
    judged.success("access_token", |flow| flow.tokens().access_token().expose().into())?;
    judged.success_with("token_type", |flow, expected: String| {
        equal(
            "token_type",
            &expected.to_lowercase(),
            &flow.tokens().token_type().as_str().to_lowercase(),
        )
    })?;
    judged.success("refresh_token", |flow| {
        flow.tokens().refresh_token().map(Secret::expose).into()
    })?;
    judged.success_with("expires_at", |flow, expected: Value| {
        let expected = match expected.as_str() {
            Some(text) if text.starts_with("saturated") => u64::MAX.into(),
            _ => expected,
        };
        equal("expires_at", &expected, &flow.tokens().expires_at().map(UnixTime::as_secs).into())
    })
}

fn check_scopes(judged: &mut Judged<Flow<Authorized>>) -> Result<(), Fault> {
    judged.success("granted_scopes", |flow| flow.tokens().scope().iter().collect())?;
    judged.success("missing_scopes", |flow| {
        flow.tokens().requested_scope().without(flow.tokens().scope()).collect()
    })?;
    judged.success("extra_scopes", |flow| {
        flow.tokens().scope().without(flow.tokens().requested_scope()).collect()
    })?;
    judged.success("scope_changed", |flow| {
        (flow.tokens().scope() != flow.tokens().requested_scope()).into()
    })?;
    judged.success("raw_scope", |flow| flow.tokens().scope().as_str().into())
}

fn check_failure(
    judged: &mut Judged<Flow<Authorized>>,
    response: Option<&Response>,
) -> Result<(), Fault> {
    let status = |stopped: &Stopped| stopped.status().or(response.map(Response::status));
    judged.failure("error_description", |stopped| stopped.description().into())?;
    judged.failure("error_uri", |stopped| stopped.uri().into())?;
    judged.failure("known", |stopped| stopped.is_known().into())?;
    judged.failure("must_reauthorize", |stopped| stopped.error.must_reauthorize().into())?;
    judged.failure("retryable", |stopped| {
        // A failed refresh comes back in any case; that it may work later, only the status says.
        (stopped.is_back && status(stopped).is_some_and(is_transient)).into()
    })?;
    judged.failure("retry_after", |stopped| stopped.retry_after().into())?;
    judged.status(response)?;
    for name in judged.members().texts("must_expose")? {
        let is_exposed = match (name.as_str(), judged.outcome()) {
            ("status", Err(stopped)) => status(stopped).is_some(),
            ("body" | "headers", _) | ("status", Ok(_)) => response.is_some(),
            _ => return Err(Fault::not_understood(format_args!("must_expose {name}"))),
        };
        equal(&name, &true, &is_exposed)?;
    }
    Ok(())
}

/// Whether a status says that nothing was spent.
pub(super) fn is_transient(status: u16) -> bool {
    status == 429 || (500..600).contains(&status)
}

/// Further members: of a success from the tokens, of an error from the response.
fn check_extra(
    judged: &mut Judged<Flow<Authorized>>,
    response: Option<&Response>,
) -> Result<(), Fault> {
    let expected: Option<Map<String, Value>> = judged.members().optional("extra")?;
    let keys = judged.members().optional::<Vec<String>>("extra_keys")?;
    if expected.is_none() && keys.is_none() {
        return Ok(());
    }
    let found = match judged.outcome() {
        Ok(flow) => flow.tokens().extra().map_err(|error| Fault::new(format!("extra: {error}")))?,
        Err(_) => response.map(members_of).transpose()?.unwrap_or_default(),
    };
    for (name, expected) in expected.unwrap_or_default() {
        equal(&name, &Some(&expected), &found.get(&name))?;
    }
    let Some(mut keys) = keys else { return Ok(()) };
    keys.sort();
    let mut further: Vec<String> = found.into_iter().map(|(name, _)| name).collect();
    further.retain(|name| !KNOWN.contains(&name.as_str()));
    further.sort();
    equal("extra_keys", &keys, &further)
}

/// The members of an error's body, as an application reads them from the response.
fn members_of(response: &Response) -> Result<Map<String, Value>, Fault> {
    let is_form = |text: &str| text.starts_with("application/x-www-form-urlencoded");
    if response.header("content-type").is_some_and(is_form) {
        let pairs: Pairs = form::pairs(&String::from_utf8_lossy(response.body()));
        return Ok(pairs.into_iter().map(|(name, value)| (name, json!(value))).collect());
    }
    let body = response.body();
    serde_json::from_slice(body.strip_prefix("\u{feff}".as_bytes()).unwrap_or(body))
        .map_err(|error| Fault::new(format!("extra: {error}")))
}
