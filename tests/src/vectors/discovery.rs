//! `discovery`: from an issuer to its server.

use super::{
    exchange::{self, Ended},
    expect::{Expect, Stopped},
    fault::{Fault, equal},
    members::Members,
    reply, request, stage,
};
use grantflow::{AuthorizationServer, Client, Discover, Policy, UnixTime};
use serde_json::{Map, Value};

/// The members of a document that a server keeps under their own names (RFC 8414 section 2, RFC 8705
/// section 5).
const KEPT: [&str; 15] = [
    "authorization_endpoint",
    "authorization_response_iss_parameter_supported",
    "code_challenge_methods_supported",
    "device_authorization_endpoint",
    "dpop_signing_alg_values_supported",
    "introspection_endpoint",
    "issuer",
    "mtls_endpoint_aliases",
    "pushed_authorization_request_endpoint",
    "registration_endpoint",
    "require_pushed_authorization_requests",
    "revocation_endpoint",
    "token_endpoint",
    "token_endpoint_auth_methods_supported",
    "userinfo_endpoint",
];

pub(super) fn run(mut input: Members, expect: Expect) -> Result<(), Fault> {
    let issuer: String = input.required("issuer")?;
    let algorithm: Option<String> = input.optional("algorithm")?;
    let new = match algorithm.as_deref() {
        None => Discover::new,
        Some("oauth2") => Discover::oauth2,
        Some("oidc") => Discover::oidc,
        Some(other) => {
            return Err(Fault::not_understood(format_args!("the algorithm {other:?}")));
        }
    };
    let response = reply::optional(&mut input, "response")?;
    let policy = policy(&mut input)?;
    input.finish()?;
    let started = issuer.parse().map(new).map_err(Stopped::from);
    let now = UnixTime::from_secs(stage::NOW);
    let Ended { requests, outcome } = exchange::run_or_ask(started, response.as_ref(), now)?;
    let mut judged = expect.judge(outcome.and_then(|server| usable(server, policy)))?;
    judged.success_with("metadata", |server, expected: Map<String, Value>| {
        let found = members(server.as_ref())?;
        expected
            .into_iter()
            .try_for_each(|(name, expected)| equal(&name, &expected, &member(&found, &name)?))
    })?;
    judged.status(response.as_ref())?;
    request::check(judged.members(), requests.first())?;
    judged.finish()
}

/// The rules that `context` asks for.
fn policy(input: &mut Members) -> Result<Policy, Fault> {
    let Some(mut context) = input.object("context")? else { return Ok(Policy::default()) };
    let profile: Option<String> = context.optional("profile")?;
    context.finish()?;
    match profile.as_deref() {
        None => Ok(Policy::default()),
        Some("mcp") => Ok(Policy::mcp()),
        Some(other) => Err(Fault::not_understood(format_args!("the profile {other:?}"))),
    }
}

/// A server is worth something only to a client that it can have.
fn usable(
    server: Option<AuthorizationServer>,
    policy: Policy,
) -> Result<Option<AuthorizationServer>, Stopped> {
    if let Some(server) = server.clone() {
        Client::public(server, "vectors").policy(policy).build()?;
    }
    Ok(server)
}

/// The server as an application stores it, by the members' own names.
fn members(server: Option<&AuthorizationServer>) -> Result<Value, Fault> {
    let server = server.ok_or_else(|| Fault::new("metadata: there is no reply"))?;
    serde_json::to_value(server).map_err(|error| Fault::new(error.to_string()))
}

fn member(found: &Value, name: &str) -> Result<Value, Fault> {
    match name {
        "iss_required" => Ok(found["authorization_response_iss_parameter_supported"].clone()),
        "pkce_s256" => {
            let methods = found["code_challenge_methods_supported"].as_array();
            Ok(methods.is_some_and(|methods| methods.iter().any(|one| one == "S256")).into())
        }
        name if KEPT.contains(&name) => Ok(found[name].clone()),
        name => Err(Fault::not_understood(format_args!("metadata.{name}"))),
    }
}
