//! `www_authenticate`: a token on its way to a resource server, and the challenges that come back.

use super::{
    exchange,
    expect::{Expect, Judged, Stopped},
    fault::{Fault, equal},
    members::Members,
    quirks, reply, request, stage,
};
use grantflow::{
    Authorized, Client, Error, Exchange, Failure, Flow, Method, Quirks, Request, Response,
    StoredTokens, TokenType, UnixTime,
};
use serde::Deserialize;
use serde_json::json;
use std::collections::BTreeMap;

const NOW: UnixTime = UnixTime::from_secs(stage::NOW);

/// What a case asks for.
struct Asked {
    access_token: String,
    token_type: Option<String>,
    method: String,
    url: String,
    quirks: Quirks,
}

/// One call to a resource server.
struct Called {
    request: Request,
    challenges: Vec<Challenge>,
    /// The refusal of a `WWW-Authenticate` without any usable challenge. A case may call that a
    /// rejection, or an acceptance of no challenges.
    unusable: Option<Stopped>,
}

/// A challenge, as a case writes it.
#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Challenge {
    scheme: String,
    #[serde(default)]
    params: BTreeMap<String, String>,
    token68: Option<String>,
}

pub(super) fn run(mut input: Members, expect: Expect) -> Result<(), Fault> {
    let resource: Option<String> = input.optional("resource")?;
    let asked = Asked {
        access_token: input.optional("access_token")?.unwrap_or_else(|| "the-access-token".into()),
        token_type: input.optional("token_type")?,
        method: input.optional("method")?.unwrap_or_else(|| "GET".into()),
        url: input.optional("url")?.or(resource).unwrap_or_else(|| "https://rs.example/r".into()),
        quirks: quirks::take(&mut input)?,
    };
    let response = reply::optional(&mut input, "response")?;
    input.finish()?;
    let expect_reject = expect.is_reject();
    let outcome = match asked.authorize()? {
        Ok(flow) => asked.call(&flow, response.as_ref()),
        Err(stopped) => Err(stopped),
    };
    let mut judged = expect.judge(match outcome {
        Ok(Called { unusable: Some(stopped), .. }) if expect_reject => Err(stopped),
        other => other,
    })?;
    judged.success_with("challenges", |called, expected| {
        equal("challenges", &expected, &called.challenges)
    })?;
    judged.success_with("challenges_contain", |called, expected: Vec<Challenge>| match expected
        .iter()
        .find(|one| !called.challenges.iter().any(|found| one.is_part_of(found)))
    {
        None => Ok(()),
        Some(missing) => Err(Fault::differs("challenges_contain", missing, &called.challenges)),
    })?;
    if response.is_none() {
        check_request(&mut judged)?;
    }
    judged.finish()
}

fn check_request(judged: &mut Judged<Called>) -> Result<(), Fault> {
    let request = judged.outcome().ok().map(|called| called.request.clone());
    request::check(judged.members(), request.as_ref())
}

impl Asked {
    /// A flow with the case's token; a token type that the case gives comes by a reply.
    fn authorize(&self) -> Result<Result<Flow<Authorized>, Stopped>, Fault> {
        let Some(token_type) = &self.token_type else { return Ok(self.import()) };
        let reply = json!({ "access_token": self.access_token, "token_type": token_type });
        let reply = Response::new(200, [("Content-Type", "application/json")], reply.to_string());
        let login = || {
            let (_, awaiting) =
                Flow::new(&self.client()?).redirect(stage::entropy([7; 32]), NOW)?;
            stage::arrive(awaiting, self.quirks.code_param, stage::CODE, NOW)
        };
        Ok(exchange::run_started(login(), &reply, NOW)?.outcome)
    }

    fn import(&self) -> Result<Flow<Authorized>, Stopped> {
        let stored = StoredTokens::import(self.access_token.as_str(), TokenType::Bearer)?;
        Ok(Flow::restore(&self.client()?, stored)?)
    }

    fn client(&self) -> Result<Client, Error> {
        Client::public(stage::server()?, "vectors")
            .redirect_uri(stage::REDIRECT_URI.parse()?)
            .quirks(self.quirks.clone())
            .build()
    }

    fn call(
        &self,
        flow: &Flow<Authorized>,
        response: Option<&Response>,
    ) -> Result<Called, Stopped> {
        let request = Request::new(Method::new(self.method.as_str())?, self.url.parse()?);
        let call = flow.call(request)?;
        let mut called =
            Called { request: call.request(NOW)?, challenges: Vec::new(), unusable: None };
        let Some(response) = response else { return Ok(called) };
        match call.receive(response, NOW) {
            Ok(_) => {}
            Err(Failure::Over(Error::Challenged(challenged))) => {
                called.challenges = challenged.challenges().iter().map(Challenge::from).collect();
                let has_field = response.headers_named("www-authenticate").next().is_some();
                if has_field && called.challenges.is_empty() {
                    called.unusable = Some(Error::from(challenged).into());
                }
            }
            Err(failure) => return Err(failure.into()),
        }
        Ok(called)
    }
}

impl Challenge {
    /// Whether another challenge is this one, perhaps with further parameters.
    fn is_part_of(&self, other: &Self) -> bool {
        self.scheme == other.scheme
            && self.params.iter().all(|(name, value)| other.params.get(name) == Some(value))
            && (self.token68.is_none() || self.token68 == other.token68)
    }
}

impl From<&grantflow::Challenge> for Challenge {
    fn from(challenge: &grantflow::Challenge) -> Self {
        let params = challenge.params();
        Self {
            scheme: challenge.scheme().to_owned(),
            params: params
                .map(|(name, value)| (name.to_owned(), value.as_str().to_owned()))
                .collect(),
            token68: challenge.token68().map(|text| text.as_str().to_owned()),
        }
    }
}
