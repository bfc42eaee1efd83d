//! Token requests of every grant, and the tokens that come of them.

use super::{
    fixture::{Recorded, now},
    outcome, party,
    said::Said,
};
use crate::vectors::{
    fault::{Fault, equal},
    form::{self, encode},
    stage,
    stored_pending::StoredPending,
};
use grantflow::{Authorized, Callback, Client, CodeReceived, Exchange, Flow, Secret, UnixTime};
use serde_json::Value;
use std::time::Duration;

/// A code is exchanged, or the client asks in its own name.
pub(super) fn run(recorded: &Recorded) -> Result<(), Fault> {
    let client = party::client(recorded)?;
    if recorded.request.param("grant_type").as_deref() == Some("client_credentials") {
        let scope = recorded.request.param("scope").unwrap_or_default();
        return finish(recorded, client.client_credentials()?.scope(&scope)?, &scope, None);
    }
    finish(recorded, code(recorded, &client)?, party::SCOPE, None)
}

/// New tokens for a refresh token.
pub(super) fn refresh(recorded: &Recorded) -> Result<(), Fault> {
    let token = recorded.request.param("refresh_token").unwrap_or_else(|| "no-such-token".into());
    let asked = recorded.request.param("scope");
    let scope = asked.as_deref().unwrap_or(party::SCOPE);
    let stored = party::stored(recorded, "the-old-access-token")?
        .with_refresh_token(token.as_str())?
        .with_scope(scope.parse()?);
    let refresh = Flow::restore(&party::client(recorded)?, stored)?.refresh()?;
    let refresh = if asked.is_some() { refresh.scope(scope)? } else { refresh };
    finish(recorded, refresh, scope, Some(&token))
}

/// Takes the reply in, and holds the tokens against it: `scope` is what was asked for, `kept` the
/// refresh token that stays where the reply has none.
pub(super) fn finish<E: Exchange<Output = Flow<Authorized>>>(
    recorded: &Recorded,
    exchange: E,
    scope: &str,
    kept: Option<&str>,
) -> Result<(), Fault> {
    let Some(flow) = outcome::run(recorded, &Said::of(recorded, 200), exchange)? else {
        return Ok(());
    };
    let (tokens, reply) = (flow.tokens(), recorded.json());
    let text = |name| reply.get(name).and_then(Value::as_str);
    equal("access_token", &text("access_token"), &Some(tokens.access_token().expose()))?;
    let kind = text("token_type").unwrap_or_default();
    equal("token_type", &true, &kind.eq_ignore_ascii_case(tokens.token_type().as_str()))?;
    let refresh_token = tokens.refresh_token().map(Secret::expose);
    equal("refresh_token", &text("refresh_token").or(kept), &refresh_token)?;
    let lifetime = reply.get("expires_in").and_then(Value::as_u64).map(Duration::from_secs);
    let end = lifetime.map(|lifetime| now().as_secs() + lifetime.as_secs());
    equal("expires_in", &end, &tokens.expires_at().map(UnixTime::as_secs))?;
    let granted = text("scope").unwrap_or(scope);
    let granted: Vec<_> = granted.split(' ').filter(|one| !one.is_empty()).collect();
    equal("scope", &granted, &tokens.scope().iter().collect())
}

/// A flow that has the recorded code and verifier.
fn code(recorded: &Recorded, client: &Client) -> Result<Flow<CodeReceived>, Fault> {
    let mut flow = Flow::new(client).scope(party::SCOPE)?;
    for (_, resource) in
        form::pairs(&recorded.request.body).iter().filter(|(name, _)| name == "resource")
    {
        flow = flow.resource(resource.parse()?);
    }
    let (_, awaiting) = flow.redirect(stage::entropy([7; 32]), now())?;
    let mut pending = StoredPending::new(awaiting).with('s', "the-state-of-no-case");
    if let Some(verifier) = recorded.request.param("code_verifier") {
        pending = pending.with('v', &verifier);
    }
    let code = recorded.request.param("code").unwrap_or_else(|| "a-code-of-no-case".to_owned());
    let query = format!("code={}&state=the-state-of-no-case", encode(&code));
    Ok(pending.resume(client)?.receive(Callback::from_query(&query)?, now())?)
}
