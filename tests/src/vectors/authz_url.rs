//! `authz_url`: the URL that the browser is sent to.

use super::{
    expect::{Expect, Judged, Stopped},
    fault::{Fault, equal},
    form::{self, Pairs},
    members::Members,
    quirks, stage,
    stored_pending::StoredPending,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use grantflow::{
    AuthorizationServer, Client, Entropy, Flow, Quirks, RedirectUri, Resource, UnixTime,
};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use std::collections::HashSet;

/// What a case asks for.
struct Asked {
    authorization_endpoint: String,
    client_id: String,
    redirect_uri: String,
    scopes: Vec<String>,
    extra: Pairs,
    resources: Vec<String>,
    quirks: Quirks,
    state: Option<String>,
    code_verifier: Option<String>,
}

/// A flow whose browser is on its way.
struct Started {
    url: String,
    state: String,
    /// None where PKCE is off.
    verifier: Option<String>,
}

pub(super) fn run(mut input: Members, expect: Expect) -> Result<(), Fault> {
    let asked = Asked {
        authorization_endpoint: input.required("authorization_endpoint")?,
        client_id: input.required("client_id")?,
        redirect_uri: input.required("redirect_uri")?,
        scopes: input.texts("scopes")?,
        extra: input.optional("extra")?.unwrap_or_default(),
        resources: input.texts("resource")?,
        quirks: quirks::take(&mut input)?,
        state: input.optional("state")?,
        code_verifier: input.optional("code_verifier")?,
    };
    let repeat = input.optional("repeat")?;
    input.finish()?;
    let outcome = asked.start();
    if let (Some(count), Ok(_)) = (repeat, &outcome) {
        asked.check_all_differ(count)?;
    }
    let url = outcome.as_ref().map(|started| asked.in_the_cases_words(started));
    let url = url.unwrap_or(Ok(String::new()))?;
    let mut judged = expect.judge(outcome)?;
    check(&mut judged, &url)?;
    judged.finish()
}

impl Asked {
    fn start(&self) -> Result<Started, Stopped> {
        let server = AuthorizationServer::new("https://as.example/token".parse()?)
            .with_authorization_endpoint(self.authorization_endpoint.parse()?);
        let client = Client::public(server, self.client_id.as_str())
            .redirect_uri(RedirectUri::parse(&self.redirect_uri)?)
            .quirks(self.quirks.clone())
            .build()?;
        let mut flow = Flow::new(&client).scope(&self.scopes.join(" "))?;
        for (name, value) in &self.extra {
            flow = flow.param(name, value)?;
        }
        for resource in &self.resources {
            flow = flow.resource(Resource::parse(resource)?);
        }
        let (url, awaiting) =
            flow.redirect(Entropy::from_os()?, UnixTime::from_secs(stage::NOW))?;
        let stored = StoredPending::new(awaiting);
        Ok(Started {
            url: url.into(),
            state: stored.get('s').unwrap_or_default(),
            verifier: stored.get('v'),
        })
    }

    /// `repeat`: all states and verifiers differ.
    fn check_all_differ(&self, count: usize) -> Result<(), Fault> {
        let (mut states, mut verifiers) = (HashSet::new(), HashSet::new());
        for _ in 0..count {
            let started = self.start().map_err(|stopped| Fault::new(stopped.error.to_string()))?;
            started.check_is_well_formed()?;
            states.insert(started.state);
            verifiers.insert(started.verifier);
        }
        equal("states and verifiers that differ", &(count, count), &(states.len(), verifiers.len()))
    }

    /// The URL with the case's state and challenge in the place of the flow's own, which are
    /// checked to be well formed.
    fn in_the_cases_words(&self, started: &Started) -> Result<String, Fault> {
        started.check_is_well_formed()?;
        let mut url = started.url.clone();
        if let Some(state) = &self.state {
            url = url.replace(&started.state, &form::encode(state).replace('+', "%20"));
        }
        if let (Some(own), Some(cases)) = (&started.verifier, &self.code_verifier) {
            url = url.replace(&challenge(own), &challenge(cases));
        }
        Ok(url)
    }
}

impl Started {
    /// The stored state and the stored verifier's challenge are those of the URL; both states and
    /// verifiers are what a generator makes.
    fn check_is_well_formed(&self) -> Result<(), Fault> {
        let pairs = query(&self.url);
        equal("state", &Some(self.state.as_str()), &form::value(&pairs, "state"))?;
        let is_base64url = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
        if self.state.len() != 43 || !self.state.bytes().all(is_base64url) {
            return Err(Fault::differs("state", "43 characters of base64url", &self.state));
        }
        let Some(verifier) = &self.verifier else { return Ok(()) };
        let is_unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        if !matches!(verifier.len(), 43..=128) || !verifier.bytes().all(is_unreserved) {
            return Err(Fault::differs("verifier", "43 to 128 unreserved characters", verifier));
        }
        equal(
            "code_challenge",
            &Some(&*challenge(verifier)),
            &form::value(&pairs, "code_challenge"),
        )
    }
}

/// S256 (RFC 7636 section 4.2), by the runner's own hand.
fn challenge(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(verifier))
}

fn query(url: &str) -> Pairs {
    url.split_once('?').map(|(_, query)| form::pairs(query)).unwrap_or_default()
}

fn check(judged: &mut Judged<Started>, url: &str) -> Result<(), Fault> {
    let found = query(url);
    judged.success("base", |_| url.split('?').next().into())?;
    judged.success_with("query", |_, expected| form::is_exactly("query", &expected, &found))?;
    judged.success_with("query_contains", |_, expected| {
        form::contains("query_contains", &expected, &found)
    })?;
    judged.success_with("query_contains_all_in_order", |_, expected: Pairs| {
        let mut named = found.clone();
        named.retain(|(name, _)| form::value(&expected, name).is_some());
        equal("query_contains_all_in_order", &expected, &named)
    })?;
    judged.success_with("query_json", |_, expected: Map<String, Value>| {
        expected.into_iter().try_for_each(|(name, expected)| {
            let json = form::value(&found, &name).and_then(|text| serde_json::from_str(text).ok());
            equal(&name, &Some(expected), &json)
        })
    })?;
    judged.success_with("raw_contains", |_, texts: Vec<String>| {
        match texts.iter().find(|text| !url.contains(*text)) {
            None => Ok(()),
            Some(text) => Err(Fault::differs("raw_contains", text, url)),
        }
    })?;
    judged.success_with("raw_not_contains", |_, texts: Vec<String>| {
        match texts.iter().find(|text| url.contains(*text)) {
            None => Ok(()),
            Some(text) => Err(Fault::new(format!("raw_not_contains: {text:?} is in {url:?}"))),
        }
    })?;
    judged.success_with("absent", |_, names: Vec<String>| form::lacks("absent", &names, &found))
}
