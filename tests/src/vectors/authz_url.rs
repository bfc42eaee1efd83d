//! `authz_url`: the URL that the browser is sent to.

use super::{
    expect::{Expect, Judged, Stopped},
    fault::{Fault, equal},
    form::{self, Pairs},
    members::Members,
    quirks, stage,
    unguessable::{Unguessable, challenge},
};
use grantflow::{
    AuthorizationServer, Client, Entropy, Flow, Quirks, RedirectUri, Resource, UnixTime,
};
use serde_json::{Map, Value};
use std::collections::HashSet;

/// What a case asks for.
struct Asked {
    authorization_endpoint: String,
    client_id: String,
    redirect_uri: String,
    scopes: Vec<String>,
    extra: Pairs,
    resources: Vec<String>,
    authorization_details: Option<Vec<Value>>,
    quirks: Quirks,
    state: Option<String>,
    code_verifier: Option<String>,
}

/// A flow whose browser is on its way.
struct Started {
    url: String,
    own: Unguessable,
}

pub(super) fn run(mut input: Members, expect: Expect) -> Result<(), Fault> {
    let asked = Asked {
        authorization_endpoint: input.required("authorization_endpoint")?,
        client_id: input.required("client_id")?,
        redirect_uri: input.required("redirect_uri")?,
        scopes: input.texts("scopes")?,
        extra: input.optional("extra")?.unwrap_or_default(),
        resources: input.texts("resource")?,
        authorization_details: input.optional("authorization_details")?,
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
        if let Some(details) = &self.authorization_details {
            flow = flow.authorization_details(details)?;
        }
        for resource in &self.resources {
            flow = flow.resource(Resource::parse(resource)?);
        }
        let (url, awaiting) =
            flow.redirect(Entropy::from_os()?, UnixTime::from_secs(stage::NOW))?;
        Ok(Started { url: url.into(), own: Unguessable::of(awaiting) })
    }

    /// `repeat`: all states and verifiers differ.
    fn check_all_differ(&self, count: usize) -> Result<(), Fault> {
        let (mut states, mut verifiers) = (HashSet::new(), HashSet::new());
        for _ in 0..count {
            let started = self.start().map_err(|stopped| Fault::new(stopped.error.to_string()))?;
            started.own.check_is_well_formed(&query(&started.url))?;
            states.insert(started.own.state);
            verifiers.insert(started.own.verifier);
        }
        equal("states and verifiers that differ", &(count, count), &(states.len(), verifiers.len()))
    }

    /// The URL with the case's state and challenge in the place of the flow's own, which are
    /// checked to be well formed.
    fn in_the_cases_words(&self, started: &Started) -> Result<String, Fault> {
        started.own.check_is_well_formed(&query(&started.url))?;
        let mut url = started.url.clone();
        if let Some(state) = &self.state {
            url = url.replace(&started.own.state, &form::encode(state).replace('+', "%20"));
        }
        if let (Some(own), Some(cases)) = (&started.own.verifier, &self.code_verifier) {
            url = url.replace(&challenge(own), &challenge(cases));
        }
        Ok(url)
    }
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
