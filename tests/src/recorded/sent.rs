//! Holds the request that grantflow makes against the recorded one.

use super::fixture::Recorded;
use crate::vectors::{
    fault::{Fault, equal},
    form::{self, Pairs},
    request::body_pairs,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use grantflow::Request;

/// The requests of these cases were made to be wrong, or are none of grantflow's.
const NOT_OURS: &[(&str, &str)] = &[
    ("device_wrong_client", "leaves out the client_id, which is sent beside HTTP Basic, too"),
    ("discovery_rfc8414_appended", "the well-known path after the issuer's, not before it"),
    ("introspect_jwt_accept", "asks for a signed answer"),
    ("introspect_missing_token", "wrong"),
    ("introspect_no_auth", "wrong"),
    ("par_get", "wrong"),
    ("par_with_request_uri", "wrong"),
    ("refresh_missing", "wrong"),
    ("refresh_no_proof", "wrong"),
    ("register_", "names what this client is, not what the recording one was"),
    ("resource_as_bearer", "wrong"),
    ("resource_body_token", "a token in a form"),
    ("resource_malformed_header", "wrong"),
    ("resource_no_proof", "wrong"),
    ("resource_no_token", "wrong"),
    ("resource_query_token", "a token in a URL"),
    ("resource_success_lowercase_scheme", "the scheme in small letters"),
    ("revoke_attempt", "wrong"),
    ("revoke_missing_token", "wrong"),
    ("revoke_unsupported_hint", "wrong"),
    ("revoke_wrong_hint", "wrong"),
    ("token_duplicate_param", "wrong"),
    ("token_endpoint_without_trailing_slash", "wrong"),
    ("token_get_method", "wrong"),
    ("token_json_body", "JSON where a form is wanted"),
    ("token_missing_", "wrong"),
    ("token_no_client_auth", "wrong"),
    ("token_no_proof", "wrong"),
    ("token_odd_credentials_raw", "an id with a colon cannot be sent as it is"),
    ("token_two_auth_methods", "wrong"),
    ("token_unsupported_grant_type", "wrong"),
    ("userinfo_no_token", "wrong"),
];
/// These differ from one request to the next.
const VOLATILE: [&str; 3] = ["client_assertion", "code_challenge", "state"];

/// The same method, URL, client authentication and parameters.
pub(super) fn check(recorded: &Recorded, request: &Request) -> Result<(), Fault> {
    if NOT_OURS.iter().any(|(case, _)| recorded.name().starts_with(case)) {
        return Ok(());
    }
    let sent = &recorded.request;
    equal("the method", &sent.method.as_str(), &request.method().as_str())?;
    equal("the URL", &sent.url.as_str(), &request.url().as_str())?;
    let authorization = request.header("authorization").map(str::to_owned);
    let expected = sent.header("authorization").map(str::to_owned);
    if recorded.name().ends_with("_raw") {
        equal("Authorization", &expected, &authorization)?;
    } else {
        equal("Authorization", &expected.map(decoded), &authorization.map(decoded))?;
    }
    if !sent.body.is_empty() {
        equal("Content-Type", &sent.header("content-type"), &request.header("content-type"))?;
    }
    equal("a proof", &sent.header("dpop").is_some(), &request.header("dpop").is_some())?;
    equal("the parameters", &still(form::pairs(&sent.body)), &still(body_pairs(request)?))
}

/// The parameters of an authorization request.
pub(super) fn check_query(recorded: &Recorded, url: &str) -> Result<(), Fault> {
    let query = url.split_once('?').map(|(_, query)| form::pairs(query)).unwrap_or_default();
    equal("the authorization request", &still(recorded.request.query()), &still(query))
}

/// HTTP Basic as the server reads it (RFC 6749 section 2.3.1): a form may write an octet in two ways,
/// such as `~`.
fn decoded(header: String) -> String {
    let pair = header.strip_prefix("Basic ").and_then(|text| STANDARD.decode(text).ok());
    match pair.and_then(|pair| String::from_utf8(pair).ok()) {
        Some(pair) => pair.split(':').map(form::decode).collect::<Vec<_>>().join("\n"),
        None => header,
    }
}

/// In a certain order, and without what no two requests have in common. The hint is optional
/// (RFC 7009 section 2.1, RFC 7662 section 2.1).
fn still(mut pairs: Pairs) -> Pairs {
    pairs.retain(|(name, _)| name != "token_type_hint");
    for (name, value) in &mut pairs {
        if VOLATILE.contains(&name.as_str()) {
            *value = "…".to_owned();
        }
    }
    pairs.sort();
    pairs
}
