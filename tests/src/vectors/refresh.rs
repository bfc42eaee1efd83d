//! `refresh`: new tokens for stored ones, and when they are needed.

use super::{
    exchange,
    expect::{Expect, Judged, Stopped},
    fault::{Fault, equal},
    form::{self, Pairs},
    members::Members,
    quirks, reply, request, stage, tokens,
};
use grantflow::{
    Authorized, Client, ClientAuth, ClientBuilder, Error, Flow, Policy, Quirks, Refresh, Request,
    Response, StoredTokens, TokenType, UnixTime,
};
use serde_json::Value;
use std::time::Duration;

/// What a case asks for.
struct Asked {
    stored: Stored,
    client_id: String,
    auth: Option<ClientAuth>,
    quirks: Quirks,
    now: UnixTime,
    scopes: Option<Vec<String>>,
    response: Option<Response>,
}

/// The tokens as the application kept them.
struct Stored {
    access_token: String,
    token_type: TokenType,
    refresh_token: Option<String>,
    expires_at: Option<u64>,
    scopes: Vec<String>,
}

/// What was done.
struct Done {
    requests: Vec<Request>,
    outcome: Result<Flow<Authorized>, Stopped>,
    /// The refresh token that the application has afterwards.
    kept: Option<String>,
}

pub(super) fn run(mut input: Members, expect: Expect) -> Result<(), Fault> {
    let asked = Asked::read(&mut input)?;
    input.finish()?;
    let done = asked.refresh()?;
    let mut judged = expect.judge(done.outcome)?;
    if let Some(expected) = judged.members().optional("no_request_emitted")? {
        equal("no_request_emitted", &expected, &done.requests.is_empty())?;
    }
    if let Some(expected) = judged.members().optional("stored_refresh_token_unchanged")? {
        let is_unchanged = done.kept == asked.stored.refresh_token;
        equal("stored_refresh_token_unchanged", &expected, &is_unchanged)?;
    }
    check_form(&mut judged, &asked, done.requests.first())?;
    check_needs_refresh(&mut judged, &asked)?;
    request::check(judged.members(), done.requests.first())?;
    tokens::check(&mut judged, asked.response.as_ref())?;
    judged.finish()
}

impl Asked {
    fn read(input: &mut Members) -> Result<Self, Fault> {
        let stored =
            input.object("stored")?.ok_or_else(|| Fault::new("there is nothing stored"))?;
        let mut client = input.object("client")?.ok_or_else(|| Fault::new("there is no client"))?;
        let client_id = client.required("id")?;
        let secret = client.optional("secret")?;
        let auth = stage::client_auth(&client.required::<String>("auth")?, secret)?;
        client.finish()?;
        Ok(Self {
            stored: Stored::read(stored)?,
            client_id,
            auth,
            quirks: quirks::take(input)?,
            now: UnixTime::from_secs(input.optional("now")?.unwrap_or(stage::NOW)),
            scopes: input.optional("scopes")?,
            response: reply::optional(input, "response")?,
        })
    }

    fn client(&self) -> Result<Client, Error> {
        self.bound_as_stored(&self.builder()?.build()?)
    }

    /// Bound tokens are of use under a key only.
    fn bound_as_stored(&self, client: &Client) -> Result<Client, Error> {
        match self.stored.token_type {
            TokenType::DPoP => stage::bound(client),
            _ => Ok(client.clone()),
        }
    }

    fn builder(&self) -> Result<ClientBuilder, Error> {
        let id = self.client_id.as_str();
        let client = match self.auth.clone() {
            None => Client::public(stage::server()?, id),
            Some(auth) => Client::confidential(stage::server()?, id, auth),
        };
        Ok(client.quirks(self.quirks.clone()))
    }

    fn start(&self) -> Result<Refresh, Stopped> {
        let flow = Flow::restore(&self.client()?, self.stored.import()?)?;
        let refresh = flow.refresh()?;
        Ok(match &self.scopes {
            Some(scopes) => refresh.scope(&scopes.join(" "))?,
            None => refresh,
        })
    }

    /// Without a reply, no request is made.
    fn refresh(&self) -> Result<Done, Fault> {
        let kept = self.stored.refresh_token.clone();
        let refresh = match self.start() {
            Ok(refresh) => refresh,
            Err(stopped) => return Ok(Done { requests: Vec::new(), outcome: Err(stopped), kept }),
        };
        let Some(response) = &self.response else {
            return Ok(Done { requests: Vec::new(), outcome: Ok(refresh.into_flow()), kept });
        };
        let run = exchange::run(refresh, std::slice::from_ref(response), self.now)?;
        let requests = run.requests;
        Ok(match run.result {
            Ok(flow) => Done { requests, kept: refresh_token(&flow), outcome: Ok(flow) },
            Err(failure) => {
                let stopped = Stopped::from(&failure);
                // A refresh that is over leaves what the application has stored.
                let flow = failure.into_state().map(Refresh::into_flow);
                Done {
                    requests,
                    outcome: Err(stopped),
                    kept: flow.map_or(kept, |flow| refresh_token(&flow)),
                }
            }
        })
    }
}

impl Stored {
    fn read(mut stored: Members) -> Result<Self, Fault> {
        let token_type: String = stored.optional("token_type")?.unwrap_or_else(|| "Bearer".into());
        let token_type = TokenType::parse(&token_type).ok_or_else(|| {
            Fault::not_understood(format_args!("the stored token type {token_type:?}"))
        })?;
        let mut scopes = stored.texts("scopes")?;
        scopes.extend(stored.texts("scope")?);
        let read = Self {
            access_token: stored.required("access_token")?,
            token_type,
            refresh_token: stored.optional("refresh_token")?,
            expires_at: stored.optional("expires_at")?,
            scopes,
        };
        stored.finish()?;
        Ok(read)
    }

    fn import(&self) -> Result<StoredTokens, Error> {
        let tokens = StoredTokens::import(self.access_token.as_str(), self.token_type)?;
        let mut tokens = tokens.with_scope(self.scopes.join(" ").parse()?);
        if let Some(refresh_token) = &self.refresh_token {
            tokens = tokens.with_refresh_token(refresh_token.as_str())?;
        }
        Ok(match self.expires_at {
            Some(end) => tokens.with_expires_at(UnixTime::from_secs(end)),
            None => tokens,
        })
    }
}

fn refresh_token(flow: &Flow<Authorized>) -> Option<String> {
    flow.tokens().refresh_token().map(|token| token.expose().to_owned())
}

/// `request_form`: the grant's own parameters, exactly. What client authentication adds to a body
/// is compared where the case names it.
fn check_form(
    judged: &mut Judged<Flow<Authorized>>,
    asked: &Asked,
    request: Option<&Request>,
) -> Result<(), Fault> {
    let Some(expected) = judged.members().optional::<Pairs>("request_form")? else { return Ok(()) };
    let request = request.ok_or_else(|| Fault::new("request_form: no request was made"))?;
    let mut found = request::body_pairs(request)?;
    if request.header("authorization").is_none() {
        let of_client = [
            asked.quirks.client_id_param.unwrap_or("client_id"),
            asked.quirks.client_secret_param.unwrap_or("client_secret"),
        ];
        found.retain(|(name, _)| {
            !of_client.contains(&name.as_str()) || form::value(&expected, name).is_some()
        });
    }
    form::is_exactly("request_form", &expected, &found)
}

/// `needs_refresh`: what the flow says under each leeway.
fn check_needs_refresh(judged: &mut Judged<Flow<Authorized>>, asked: &Asked) -> Result<(), Fault> {
    let Some(leeways) = judged.members().object("needs_refresh")? else { return Ok(()) };
    for (name, expected) in leeways.into_pairs() {
        let leeway = name.strip_prefix("leeway_").and_then(|seconds| seconds.parse().ok());
        let leeway =
            leeway.ok_or_else(|| Fault::not_understood(format_args!("needs_refresh.{name}")))?;
        let found = needs_refresh(asked, Duration::from_secs(leeway))
            .map_err(|error| Fault::new(format!("needs_refresh.{name}: {error}")))?;
        equal(&name, &expected, &Value::from(found))?;
    }
    Ok(())
}

fn needs_refresh(asked: &Asked, leeway: Duration) -> Result<bool, Error> {
    let mut policy = Policy::default();
    policy.expiry_leeway = leeway;
    let client = asked.bound_as_stored(&asked.builder()?.policy(policy).build()?)?;
    Ok(Flow::restore(&client, asked.stored.import()?)?.needs_refresh(asked.now))
}
