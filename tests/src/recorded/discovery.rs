//! A server's and a resource's description of itself (RFC 8414, OpenID Connect Discovery,
//! RFC 9728).

use super::{
    fixture::{Recorded, now},
    outcome,
    said::Said,
};
use crate::vectors::fault::{Fault, equal};
use grantflow::{
    AuthorizationServer, Discover, DiscoverResource, Exchange, Issuer, IssuerMatch, SecureUrl,
};
use serde_json::Value;

const OAUTH: &str = "/.well-known/oauth-authorization-server";
const OPENID: &str = "/.well-known/openid-configuration";
const RESOURCE: &str = "/.well-known/oauth-protected-resource";

/// RFC 8414.
pub(super) fn oauth(recorded: &Recorded) -> Result<(), Fault> {
    server(recorded, OAUTH, Discover::oauth2)
}

/// OpenID Connect Discovery.
pub(super) fn openid(recorded: &Recorded) -> Result<(), Fault> {
    server(recorded, OPENID, Discover::oidc)
}

/// RFC 9728.
pub(super) fn resource(recorded: &Recorded) -> Result<(), Fault> {
    let resource = recorded.request.url.replacen(RESOURCE, "", 1);
    let exchange = DiscoverResource::new(resource.parse()?)?;
    let said = Said::of(recorded, 200);
    let Some(metadata) = outcome::run(recorded, &said, exchange)? else { return Ok(()) };
    let reply = recorded.json();
    let servers: Vec<_> = metadata.authorization_servers().iter().map(Issuer::as_str).collect();
    let expected = reply.get("authorization_servers");
    equal("authorization_servers", &expected, &Some(&servers.into()))
}

/// A server as it describes itself, whatever the form of its URL; a trailing slash that only one of
/// both names has is forgiven by name. `None` where the reply is no description.
pub(super) fn described(recorded: &Recorded) -> Option<AuthorizationServer> {
    let url = recorded.request.url.replacen(OAUTH, "", 1).replacen(OPENID, "", 1);
    let discover = Discover::oidc(url.parse().ok()?).issuer_match(IssuerMatch::TrailingSlash);
    discover.receive(&recorded.response(), now()).ok()
}

fn server(
    recorded: &Recorded,
    well_known: &str,
    discover: fn(Issuer) -> Discover,
) -> Result<(), Fault> {
    let issuer = recorded.request.url.replacen(well_known, "", 1);
    let said = match Said::of(recorded, 200) {
        // Not a character may differ (RFC 8414 section 3.3).
        Said::Yes if recorded.json().get("issuer") != Some(&Value::from(&*issuer)) => {
            Said::OtherIssuer
        }
        other => other,
    };
    let exchange = discover(issuer.parse()?);
    let Some(server) = outcome::run(recorded, &said, exchange)? else {
        // A slash at the end is the one difference that there is a switch for.
        let named = recorded.json();
        let named = named.get("issuer").and_then(Value::as_str).unwrap_or_default();
        let is_slash = named.trim_end_matches('/') == issuer;
        return equal("IssuerMatch::TrailingSlash", &is_slash, &described(recorded).is_some());
    };
    let reply = recorded.json();
    let endpoints = [
        ("authorization_endpoint", server.authorization_endpoint()),
        ("device_authorization_endpoint", server.device_authorization_endpoint()),
        ("introspection_endpoint", server.introspection_endpoint()),
        ("pushed_authorization_request_endpoint", server.pushed_authorization_request_endpoint()),
        ("registration_endpoint", server.registration_endpoint()),
        ("revocation_endpoint", server.revocation_endpoint()),
        ("token_endpoint", Some(server.token_endpoint())),
        ("userinfo_endpoint", server.userinfo_endpoint()),
    ];
    for (name, found) in endpoints {
        let expected = reply.get(name).and_then(Value::as_str);
        equal(name, &expected, &found.map(SecureUrl::as_str))?;
    }
    Ok(())
}
