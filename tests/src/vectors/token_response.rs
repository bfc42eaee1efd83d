//! `token_response` and `token_error`: a reply of the token endpoint to a grant.

use super::{
    exchange,
    expect::{Expect, Stopped},
    fault::Fault,
    members::Members,
    quirks, reply, stage, tokens,
};
use grantflow::{
    Client, ClientAuth, CodeReceived, Error, Flow, Quirks, Refresh, StoredTokens, TokenType,
    UnixTime,
};

/// What a case asks for.
struct Asked {
    grant: String,
    scopes: Vec<String>,
    now: UnixTime,
    quirks: Quirks,
}

pub(super) fn run(mut input: Members, expect: Expect) -> Result<(), Fault> {
    let request = input.object("request")?.ok_or_else(|| Fault::new("there is no request"))?;
    let asked = Asked::read(request)?;
    let response = reply::required(&mut input, "response")?;
    input.finish()?;
    let ended = match asked.grant.as_str() {
        "authorization_code" => exchange::run_started(exchange_code(&asked), &response, asked.now)?,
        "refresh_token" => exchange::run_started(refresh(&asked), &response, asked.now)?,
        other => return Err(Fault::not_understood(format_args!("the grant {other:?}"))),
    };
    let mut judged = expect.judge(ended.outcome)?;
    tokens::check(&mut judged, Some(&response))?;
    judged.finish()
}

impl Asked {
    fn read(mut request: Members) -> Result<Self, Fault> {
        let asked = Self {
            grant: request.required("grant")?,
            scopes: request.texts("requested_scopes")?,
            now: UnixTime::from_secs(request.optional("now")?.unwrap_or(stage::NOW)),
            quirks: quirks::take(&mut request)?,
        };
        let types = request.texts("accept_token_types")?;
        if let Some(other) = types.iter().find(|kind| !kind.eq_ignore_ascii_case("bearer")) {
            return Err(Fault::not_understood(format_args!("the token type {other:?}")));
        }
        if request.optional("dpop")? == Some(true) {
            return Err(Fault::not_understood("a flow with a DPoP key"));
        }
        request.finish()?;
        Ok(asked)
    }

    fn client(&self) -> Result<Client, Error> {
        // With a secret, because only such a client may switch PKCE off.
        let auth = ClientAuth::basic("the-secret-of-the-vectors");
        let client = Client::confidential(stage::server()?, "vectors", auth);
        client.redirect_uri(stage::REDIRECT_URI.parse()?).quirks(self.quirks.clone()).build()
    }
}

/// A login, up to its code.
fn exchange_code(asked: &Asked) -> Result<Flow<CodeReceived>, Stopped> {
    let flow = Flow::new(&asked.client()?).scope(&asked.scopes.join(" "))?;
    let (_, awaiting) = flow.redirect(stage::entropy([7; 32]), asked.now)?;
    stage::arrive(awaiting, asked.quirks.code_param, stage::CODE, asked.now)
}

fn refresh(asked: &Asked) -> Result<Refresh, Stopped> {
    let stored = StoredTokens::import("the-old-access-token", TokenType::Bearer)?
        .with_refresh_token("the-old-refresh-token")?
        .with_scope(asked.scopes.join(" ").parse()?);
    Ok(Flow::restore(&asked.client()?, stored)?.refresh()?)
}
