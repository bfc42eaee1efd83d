//! What a case expects of a request that is sent.

use super::{
    fault::{Fault, equal},
    form::{self, Pairs},
    members::Members,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use grantflow::Request;
use serde_json::Value;
use std::collections::BTreeMap;

/// The parameters in a request's body, a form or a JSON object.
pub(crate) fn body_pairs(request: &Request) -> Result<Pairs, Fault> {
    let body =
        std::str::from_utf8(request.body()).map_err(|_| Fault::new("the body is not UTF-8"))?;
    if request.header("content-type") != Some("application/json") {
        return Ok(form::pairs(body));
    }
    let members: BTreeMap<String, String> = serde_json::from_str(body)
        .map_err(|error| Fault::new(format!("the body is not JSON: {error}")))?;
    Ok(members.into_iter().collect())
}

/// Holds a request against the members that speak of one. Where no request was made, none of
/// them may be there.
pub(super) fn check(expect: &mut Members, request: Option<&Request>) -> Result<(), Fault> {
    let Some(request) = request else { return Ok(()) };
    check_headers(expect, request)?;
    let found = body_pairs(request)?;
    if let Some(expected) = expect.optional("form_contains")? {
        form::contains("form_contains", &expected, &found)?;
    }
    form::lacks("form_absent", &expect.texts("form_absent")?, &found)?;
    if let Some(url) = expect.optional::<String>("request_url")? {
        equal("request_url", &url.as_str(), &request.url().as_str())?;
    }
    Ok(())
}

fn check_headers(expect: &mut Members, request: &Request) -> Result<(), Fault> {
    let all = |name: &str| -> Vec<&str> {
        let named = request.headers().filter(|(known, _)| known.eq_ignore_ascii_case(name));
        named.map(|(_, value)| value).collect()
    };
    if let Some(headers) = expect.object("headers")? {
        for (name, expected) in headers.into_pairs() {
            equal(&name, &expected, &one_or_list(&all(&name)))?;
        }
    }
    if let Some(headers) = expect.object("headers_not")? {
        for (name, unexpected) in headers.into_pairs() {
            let unexpected = unexpected
                .as_str()
                .ok_or_else(|| Fault::not_understood(format_args!("headers_not.{name}")))?;
            if all(&name).contains(&unexpected) {
                return Err(Fault::new(format!("headers_not: {name} is {unexpected:?}")));
            }
        }
    }
    for name in expect.texts("headers_absent")? {
        equal("headers_absent", &Vec::new(), &all(&name))?;
    }
    let allowed = expect.texts("allowed_headers")?;
    let authorization = all("authorization");
    if !allowed.is_empty()
        && !matches!(authorization[..], [one] if allowed.iter().any(|known| known == one))
    {
        return Err(Fault::differs("allowed_headers", allowed, authorization));
    }
    match expect.optional::<(String, String)>("decoded_pair")? {
        Some(expected) => equal("decoded_pair", &Some(expected), &decoded_pair(&authorization)),
        None => Ok(()),
    }
}

/// The value of a header that is there once; repeated ones are a list, which no text equals.
fn one_or_list(values: &[&str]) -> Value {
    match values {
        [one] => (*one).into(),
        other => other.into(),
    }
}

/// The two halves of a Basic header (RFC 6749 section 2.3.1).
fn decoded_pair(authorization: &[&str]) -> Option<(String, String)> {
    let [header] = authorization else { return None };
    let pair = STANDARD.decode(header.strip_prefix("Basic ")?).ok()?;
    let pair = String::from_utf8(pair).ok()?;
    let (id, secret) = pair.split_once(':')?;
    Some((form::decode(id), form::decode(secret)))
}
