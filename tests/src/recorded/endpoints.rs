//! What a client can do with a token at the authorization server: give it back, ask about it.

use super::{
    fixture::{Recorded, now},
    outcome, party,
    said::Said,
};
use crate::vectors::{
    fault::{Fault, equal},
    stage,
};
use grantflow::{Flow, Introspection, UnixTime};
use serde_json::Value;

/// Where a case has no token.
const TOKEN: &str = "a-token-of-no-case";

/// RFC 7009.
pub(super) fn revoke(recorded: &Recorded) -> Result<(), Fault> {
    let token = recorded.request.param("token").unwrap_or_else(|| TOKEN.to_owned());
    let is_refresh = recorded.request.param("token_type_hint").as_deref() == Some("refresh_token");
    let stored = if is_refresh {
        party::stored(recorded, TOKEN)?.with_refresh_token(token)?
    } else {
        party::stored(recorded, &token)?
    };
    let exchange = Flow::restore(&party::client(recorded)?, stored)?.revoke()?;
    outcome::run(recorded, &Said::of_status(recorded, 200), exchange).map(|_| ())
}

/// RFC 7662.
pub(super) fn introspect(recorded: &Recorded) -> Result<(), Fault> {
    let token = recorded.request.param("token").unwrap_or_else(|| TOKEN.to_owned());
    let exchange = party::client(recorded)?.introspect(token)?;
    let said = Said::of(recorded, 200);
    let Some(introspection) = outcome::run(recorded, &said, exchange)? else { return Ok(()) };
    let reply = recorded.json();
    let is_active = reply.get("active").and_then(Value::as_bool);
    match introspection {
        Introspection::Inactive => equal("active", &is_active, &Some(false)),
        Introspection::Active(active) => {
            equal("active", &is_active, &Some(true))?;
            // Some write it with a fraction, which a NumericDate may have (RFC 7519 section 2).
            let end = reply.get("exp").and_then(Value::as_f64).map(f64::floor);
            let found = active.expires_at().map(|end| end.as_secs() as f64);
            equal("exp", &end, &found)?;
            let claims: Value =
                active.claims().map_err(|error| Fault::new(format!("the claims: {error}")))?;
            equal("the claims", &reply, &claims)
        }
    }
}

/// RFC 9126.
pub(super) fn push(recorded: &Recorded) -> Result<(), Fault> {
    let scope = recorded.request.param("scope").unwrap_or_default();
    let flow = Flow::new(&party::client(recorded)?).scope(&scope)?;
    let exchange = flow.push(stage::entropy([7; 32]), now())?;
    let said = Said::of(recorded, 201);
    let Some((url, _)) = outcome::run(recorded, &said, exchange)? else { return Ok(()) };
    let reply = recorded.json();
    let found = url::Url::parse(url.as_str()).map_err(|error| Fault::new(error.to_string()))?;
    let request_uri = found.query_pairs().find(|(name, _)| name == "request_uri");
    let request_uri = request_uri.map(|(_, value)| value.into_owned());
    let expected = reply.get("request_uri").and_then(Value::as_str).map(str::to_owned);
    equal("request_uri", &expected, &request_uri)?;
    let lifetime = reply.get("expires_in").and_then(Value::as_u64);
    let end = lifetime.map(|lifetime| now().as_secs() + lifetime);
    equal("expires_in", &end, &url.expires_at().map(UnixTime::as_secs))
}
