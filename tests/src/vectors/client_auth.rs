//! `client_auth`: how the client shows at the token endpoint who it is.

use super::{
    exchange::{self, Ended},
    expect::{Expect, Stopped},
    fault::{Fault, equal},
    form::{self, Pairs},
    members::Members,
    quirks, reply, request, stage,
    stored_pending::StoredPending,
    tokens,
};
use crate::jws::Jws;
use grantflow::{
    AuthorizationServer, Client, ClientAuth, CodeReceived, ConfigError, Error, Exchange, Flow,
    ProofKey, Quirks, Refresh, Request, Response, StoredTokens, TokenType, UnixTime,
};
use serde_json::Value;
use std::collections::BTreeMap;

/// The client of a case.
struct Asked {
    client_id: String,
    auth: Option<ClientAuth>,
    issuer: Option<String>,
    /// Where the server wants clients that present a certificate (RFC 8705 section 5).
    mtls_endpoint_aliases: Pairs,
    quirks: Quirks,
}

/// The parameters of the grant, each taken once.
struct Grant(BTreeMap<String, String>);

pub(super) fn run(mut input: Members, expect: Expect) -> Result<(), Fault> {
    let method: String = input.required("method")?;
    let secret: Option<String> = input.optional("client_secret")?;
    let asked = Asked {
        client_id: input.required("client_id")?,
        auth: stage::client_auth(&method, secret.clone())?,
        issuer: input.optional("issuer")?,
        mtls_endpoint_aliases: input.optional("mtls_endpoint_aliases")?.unwrap_or_default(),
        quirks: quirks::take(&mut input)?,
    };
    let mut grant = Grant::read(input.required("grant_form")?)?;
    // Where the case is about the request alone, any success will do.
    let response = reply::optional(&mut input, "response")?.unwrap_or_else(content);
    input.finish()?;
    let now = UnixTime::from_secs(stage::NOW);
    let Ended { requests, outcome } = match grant.take("grant_type").as_deref() {
        Some("authorization_code") => {
            exchange::run_started(asked.exchange_code(&mut grant), &response, now)?
        }
        Some("refresh_token") => exchange::run_started(asked.refresh(&mut grant), &response, now)?,
        other => return Err(Fault::not_understood(format_args!("the grant {other:?}"))),
    };
    grant.finish()?;
    let mut judged = expect.judge(outcome)?;
    if let Some(expected) = judged.members().optional("requests_emitted")? {
        equal("requests_emitted", &expected, &requests.len())?;
    }
    let hidden = judged.members().texts("debug_must_not_contain")?;
    let mut shown = vec![format!("{:?} {:?} {requests:?}", asked.auth, asked.client())];
    match judged.outcome() {
        Ok(flow) => shown.push(format!("{flow:?} {:?} {:?}", flow.tokens(), flow.store())),
        Err(stopped) => shown.extend(stopped.shown.iter().cloned()),
    }
    tokens::lacks("debug_must_not_contain", &hidden, &shown)?;
    if let Some(expected) = judged.members().object("assertion_claims")? {
        let request = requests.first().ok_or_else(|| Fault::new("no request was made"))?;
        let next = asked.next_request().map_err(|error| Fault::new(error.to_string()))?;
        check_assertion(expected, secret.as_deref(), request, &next)?;
    }
    request::check(judged.members(), requests.first())?;
    tokens::check(&mut judged, Some(&response))?;
    judged.finish()
}

/// The claims of an assertion, whose signature must hold: their values, and in words `iat+<=N`
/// (at most so many seconds after `iat`) and `unique per request`.
fn check_assertion(
    expected: Members,
    secret: Option<&str>,
    request: &Request,
    next: &Request,
) -> Result<(), Fault> {
    let (found, other) = (assertion(request)?, assertion(next)?);
    let public = stage::key().map(|key| key.public_jwk().as_json().to_owned());
    let public = public.map_err(|error| Fault::new(error.to_string()))?;
    let is_signed = match secret {
        Some(secret) => found.is_hs256_by(secret),
        None => serde_json::from_str(&public).is_ok_and(|jwk| found.is_es256_by(&jwk)),
    };
    equal("the assertion's signature holds", &true, &is_signed)?;
    for (name, expected) in expected.into_pairs() {
        let value = found.claims.get(&name);
        let within = expected.as_str().and_then(|text| text.strip_prefix("iat+<="));
        if let Some(limit) = within.and_then(|limit| limit.parse::<u64>().ok()) {
            let seconds = |claim: &str| found.claims.get(claim).and_then(Value::as_u64);
            let later = seconds(&name).zip(seconds("iat")).and_then(|(a, b)| a.checked_sub(b));
            if !later.is_some_and(|later| (1..=limit).contains(&later)) {
                return Err(Fault::differs(&name, expected, later));
            }
        } else if expected == "unique per request" {
            let is_unique = value.is_some() && value != other.claims.get(&name);
            equal(&name, &true, &is_unique)?;
        } else {
            equal(&name, &Some(&expected), &value)?;
        }
    }
    Ok(())
}

fn assertion(request: &Request) -> Result<Jws, Fault> {
    let pairs = request::body_pairs(request)?;
    let assertion = form::value(&pairs, "client_assertion").and_then(Jws::parse);
    assertion.ok_or_else(|| Fault::new("the request has no client_assertion"))
}

/// The server as its metadata would describe it with these aliases.
fn with_aliases(
    server: &AuthorizationServer,
    aliases: &Pairs,
) -> serde_json::Result<AuthorizationServer> {
    let mut document = serde_json::to_value(server)?;
    for (name, url) in aliases {
        document["mtls_endpoint_aliases"][name] = url.as_str().into();
    }
    serde_json::from_value(document)
}

/// The reply of a server that is content.
fn content() -> Response {
    let headers = [("Content-Type", "application/json")];
    Response::new(200, headers, r#"{"access_token":"at","token_type":"Bearer"}"#)
}

impl Asked {
    fn client(&self) -> Result<Client, Error> {
        let mut server = stage::server()?;
        if !self.mtls_endpoint_aliases.is_empty() {
            let with_aliases = with_aliases(&server, &self.mtls_endpoint_aliases);
            server = with_aliases.map_err(|_| ConfigError::Parameters)?;
        }
        if let Some(issuer) = &self.issuer {
            server = server.with_issuer(issuer.parse()?);
        }
        let id = self.client_id.as_str();
        let client = match self.auth.clone() {
            None => Client::public(server, id),
            Some(auth) => Client::confidential(server, id, auth),
        };
        client.quirks(self.quirks.clone()).build()
    }

    /// Another request of the same client.
    fn next_request(&self) -> Result<Request, Error> {
        let stored = StoredTokens::import("the-access-token", TokenType::Bearer)?
            .with_refresh_token("the-refresh-token")?;
        let flow = Flow::restore(&self.client()?, stored)?;
        flow.refresh()?.request(UnixTime::from_secs(stage::NOW))
    }

    fn exchange_code(&self, grant: &mut Grant) -> Result<Flow<CodeReceived>, Stopped> {
        let now = UnixTime::from_secs(stage::NOW);
        let redirect_uri = grant.take("redirect_uri");
        let redirect_uri = redirect_uri.as_deref().unwrap_or(stage::REDIRECT_URI).parse()?;
        let code = grant.take("code");
        let verifier = grant.take("code_verifier");
        let client = self.client()?;
        let flow = Flow::new(&client).redirect_uri(redirect_uri);
        let (_, mut awaiting) = flow.redirect(stage::entropy([7; 32]), now)?;
        if let Some(verifier) = verifier {
            awaiting = StoredPending::new(awaiting).with('v', &verifier).resume(&client)?;
        }
        let code = code.as_deref().unwrap_or(stage::CODE);
        stage::arrive(awaiting, self.quirks.code_param, code, now)
    }

    fn refresh(&self, grant: &mut Grant) -> Result<Refresh, Stopped> {
        let refresh_token = grant.take("refresh_token");
        let scope = grant.take("scope");
        let stored = StoredTokens::import("the-old-access-token", TokenType::Bearer)?
            .with_refresh_token(refresh_token.unwrap_or_default())?;
        let refresh = Flow::restore(&self.client()?, stored)?.refresh()?;
        Ok(match scope {
            Some(scope) => refresh.scope(&scope)?,
            None => refresh,
        })
    }
}

impl Grant {
    fn read(pairs: Pairs) -> Result<Self, Fault> {
        let count = pairs.len();
        let grant = Self(pairs.into_iter().collect());
        if grant.0.len() == count {
            Ok(grant)
        } else {
            Err(Fault::not_understood("a parameter that is there twice"))
        }
    }

    fn take(&mut self, name: &str) -> Option<String> {
        self.0.remove(name)
    }

    fn finish(self) -> Result<(), Fault> {
        match self.0.keys().next() {
            None => Ok(()),
            Some(name) => Err(Fault::not_understood(format_args!("grant_form's {name}"))),
        }
    }
}
