//! `revocation`: a token is given back.

use super::{
    exchange::{self, Ended},
    expect::{Expect, Stopped},
    fault::Fault,
    members::Members,
    quirks, reply, request, stage,
    tokens::is_transient,
};
use grantflow::{
    Client, ClientAuth, Flow, Quirks, Response, Revoke, StoredTokens, TokenType, UnixTime,
};

pub(super) fn run(mut input: Members, expect: Expect) -> Result<(), Fault> {
    let token: String = input.required("token")?;
    let hint: Option<String> = input.optional("token_type_hint")?;
    let is_refresh_token = match hint.as_deref() {
        None | Some("access_token") => false,
        Some("refresh_token") => true,
        Some(other) => {
            return Err(Fault::not_understood(format_args!("the token type hint {other:?}")));
        }
    };
    let response = reply::required(&mut input, "response")?;
    let quirks = quirks::take(&mut input)?;
    input.finish()?;
    let now = UnixTime::from_secs(stage::NOW);
    let started = start(token, is_refresh_token, quirks);
    let Ended { requests, outcome } = exchange::run_started(started, &response, now)?;
    let mut judged = expect.judge(outcome)?;
    judged.either("token_still_valid", |outcome| match outcome {
        Ok(()) => false.into(),
        Err(stopped) => still_lives(stopped, &response).into(),
    })?;
    judged.failure("retry_after", |stopped| stopped.retry_after().into())?;
    judged.status(Some(&response))?;
    request::check(judged.members(), requests.first())?;
    judged.finish()
}

/// Where the server may take it later, the token must come back for another try.
fn still_lives(stopped: &Stopped, response: &Response) -> bool {
    !is_transient(response.status()) || stopped.is_back
}

fn start(token: String, is_refresh_token: bool, quirks: Quirks) -> Result<Revoke, Stopped> {
    let server = stage::server()?.with_revocation_endpoint("https://as.example/revoke".parse()?);
    let auth = ClientAuth::basic("the-secret-of-the-vectors");
    let client = Client::confidential(server, "vectors", auth).quirks(quirks).build()?;
    let stored = if is_refresh_token {
        StoredTokens::import("the-access-token", TokenType::Bearer)?.with_refresh_token(token)?
    } else {
        StoredTokens::import(token, TokenType::Bearer)?
    };
    Ok(Flow::restore(&client, stored)?.revoke()?)
}
