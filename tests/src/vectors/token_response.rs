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
    is_bound: bool,
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
            is_bound: request.optional("dpop")?.unwrap_or(false),
        };
        // A flow with a key takes bound tokens and no other, a flow without one takes none.
        let is_taken = |kind: &String| match TokenType::parse(kind) {
            Some(TokenType::DPoP) => asked.is_bound,
            Some(TokenType::Bearer) => true,
            _ => false,
        };
        let types = request.texts("accept_token_types")?;
        if let Some(other) = types.iter().find(|kind| !is_taken(kind)) {
            return Err(Fault::not_understood(format_args!("the token type {other:?}")));
        }
        request.finish()?;
        Ok(asked)
    }

    fn client(&self) -> Result<Client, Error> {
        // With a secret, because only such a client may switch PKCE off.
        let auth = ClientAuth::basic("the-secret-of-the-vectors");
        let client = Client::confidential(stage::server()?, "vectors", auth);
        let client = client.redirect_uri(stage::REDIRECT_URI.parse()?);
        let client = client.quirks(self.quirks.clone()).build()?;
        if self.is_bound { stage::bound(&client) } else { Ok(client) }
    }
}

/// A login, up to its code.
fn exchange_code(asked: &Asked) -> Result<Flow<CodeReceived>, Stopped> {
    let flow = Flow::new(&asked.client()?).scope(&asked.scopes.join(" "))?;
    let (_, awaiting) = flow.redirect(stage::entropy([7; 32]), asked.now)?;
    stage::arrive(awaiting, asked.quirks.code_param, stage::CODE, asked.now)
}

fn refresh(asked: &Asked) -> Result<Refresh, Stopped> {
    let token_type = if asked.is_bound { TokenType::DPoP } else { TokenType::Bearer };
    let stored = StoredTokens::import("the-old-access-token", token_type)?
        .with_refresh_token("the-old-refresh-token")?
        .with_scope(asked.scopes.join(" ").parse()?);
    Ok(Flow::restore(&asked.client()?, stored)?.refresh()?)
}
