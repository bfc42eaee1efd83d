//! Tokens that are bound to a key, at servers that demand a nonce (RFC 9449 sections 8 and 9).

use crate::{
    expect::{Done, Trouble, ensure, turned_away},
    scenario::Style,
    trial::{Trial, receive},
    watched::Watched,
};
use grantflow::{
    Client, Entropy, Error, Es256Key, Exchange, Failure, Flow, StoredTokens, TokenType, UnixTime,
};
use std::{cell::Cell, sync::Arc};

/// Refused for want of a nonce, tried once more with it; after that the nonce is known.
pub(super) fn token_endpoint(trial: &Trial<'_>) -> Done {
    let client = bound(trial)?;
    let code = trial.code(trial.flow(&client)?)?;
    let flow = takes(trial, 2, code)?;
    ensure(flow.tokens().token_type() == TokenType::DPoP, "the token is bound")?;
    let code = trial.code(trial.flow(&client)?)?;
    takes(trial, 1, code).map(|_| ())
}

/// The same at the resource, whose nonces are its own. Without the key the token is worth nothing.
pub(super) fn resource(trial: &Trial<'_>) -> Done {
    let flow = trial.login(&bound(trial)?)?;
    let reply = takes(trial, 2, flow.call(trial.question()?)?)?;
    trial.recognised(&reply)?;
    trial.recognised(&takes(trial, 1, flow.call(trial.question()?)?)?)?;

    let stolen = StoredTokens::import(flow.tokens().access_token().expose(), TokenType::Bearer)?;
    let thief = Flow::restore(&trial.client("dpop", Style::Basic)?, stolen)?;
    turned_away(trial.adapter.run(thief.call(trial.question()?)?), 401)
}

/// What a pushed request learns is known at the token endpoint.
pub(super) fn pushed(trial: &Trial<'_>) -> Done {
    let client = bound(trial)?;
    let push = trial.flow(&client)?.push(Entropy::from_os()?, UnixTime::now())?;
    let (url, awaiting) = takes(trial, 2, push)?;
    let back = trial.person().visit(url.as_str(), &trial.scenario.redirect_uri);
    let code = receive(awaiting, &back.map_err(|end| *end)?.url)?;
    trial.access(&takes(trial, 1, code)?)
}

/// After a restart: the key and the tokens come from storage, the nonce is forgotten.
pub(super) fn refresh(trial: &Trial<'_>) -> Done {
    let key = Es256Key::generate(Entropy::from_os()?)?;
    let flow = trial.login(&bound_to(trial, key.clone())?)?;
    let (tokens, jwk) = (serde_json::to_string(&flow.store())?, key.to_jwk());

    let client = bound_to(trial, Es256Key::from_jwk(jwk.expose())?)?;
    let flow = Flow::restore(&client, serde_json::from_str(&tokens)?)?;
    let flow = takes(trial, 2, flow.refresh().map_err(Failure::into_error)?)?;
    trial.access(&flow)
}

fn bound(trial: &Trial<'_>) -> Result<Client, Trouble> {
    bound_to(trial, Es256Key::generate(Entropy::from_os()?)?)
}

fn bound_to(trial: &Trial<'_>, key: Es256Key) -> Result<Client, Trouble> {
    let client = trial.client("dpop", Style::Basic)?;
    Ok(client.bound_to(Arc::new(key), Entropy::from_os()?))
}

/// The exchange must come through by exactly so many requests.
fn takes<E: Exchange>(trial: &Trial<'_>, expected: u32, exchange: E) -> Result<E::Output, Trouble> {
    let requests = Cell::new(1);
    let count = |_: &Error| {
        requests.set(requests.get() + 1);
        true
    };
    let output = trial.run(Watched::new(exchange, &count))?;
    ensure(requests.get() == expected, &format!("{} requests, not {expected}", requests.get()))?;
    Ok(output)
}
