//! `par`: an authorization request that is pushed ahead of the browser.

use super::{
    exchange::{self, Ended},
    expect::{Expect, Stopped},
    fault::Fault,
    form::{self, Pairs},
    members::Members,
    quirks, reply, request, stage,
    unguessable::{Unguessable, check_is_octets},
};
use grantflow::{
    AuthorizationServer, Client, ClientAuth, Error, Flow, Push, Quirks, Request, UnixTime,
};
use std::time::Duration;

const NOW: UnixTime = UnixTime::from_secs(stage::NOW);

/// What a case asks for.
struct Asked {
    client_id: String,
    auth: Option<ClientAuth>,
    authorization_endpoint: String,
    par_endpoint: String,
    redirect_uri: String,
    state: Option<String>,
    quirks: Quirks,
}

/// A login whose browser may leave.
struct Pushed {
    query: Pairs,
    expires_at: Option<UnixTime>,
}

pub(super) fn run(mut input: Members, expect: Expect) -> Result<(), Fault> {
    let asked = Asked::read(&mut input)?;
    let response = reply::required(&mut input, "response")?;
    input.finish()?;
    let Ended { requests, outcome } = exchange::run_started(asked.start(), &response, NOW)?;
    let mut sent = Pairs::new();
    if let Some(request) = requests.first() {
        sent = asked.in_the_cases_words(request)?;
    }
    let outcome = match outcome {
        Ok((url, awaiting)) => {
            if let Some(request) = requests.first() {
                let own = request::body_pairs(request)?;
                Unguessable::of(awaiting).check_is_well_formed(&own)?;
            }
            let query = url.as_str().split_once('?').map(|(_, query)| form::pairs(query));
            Ok(Pushed { query: query.unwrap_or_default(), expires_at: url.expires_at() })
        }
        Err(stopped) => Err(stopped),
    };
    let mut judged = expect.judge(outcome)?;
    if let Some(expected) = judged.members().optional("par_form_contains")? {
        form::contains("par_form_contains", &expected, &sent)?;
    }
    judged.success_with("authz_query_exact", |pushed, expected| {
        form::is_exactly("authz_query_exact", &expected, &pushed.query)
    })?;
    judged.success("expired_at_now_plus_61", |pushed| {
        let then = NOW.saturating_add(Duration::from_secs(61));
        pushed.expires_at.is_some_and(|end| end <= then).into()
    })?;
    judged.status(Some(&response))?;
    request::check(judged.members(), requests.first())?;
    judged.finish()
}

impl Asked {
    fn read(input: &mut Members) -> Result<Self, Fault> {
        let client = input.object("client")?;
        let mut client = client.ok_or_else(|| Fault::new("there is no client"))?;
        let client_id = client.required("id")?;
        let secret = client.optional("secret")?;
        let auth = stage::client_auth(&client.required::<String>("auth")?, secret)?;
        client.finish()?;
        Ok(Self {
            client_id,
            auth,
            authorization_endpoint: input.required("authorization_endpoint")?,
            par_endpoint: input.required("par_endpoint")?,
            redirect_uri: input.required("redirect_uri")?,
            state: input.optional("state")?,
            quirks: quirks::take(input)?,
        })
    }

    fn client(&self) -> Result<Client, Error> {
        let server = AuthorizationServer::new("https://as.example/token".parse()?)
            .with_authorization_endpoint(self.authorization_endpoint.parse()?)
            .with_pushed_authorization_request_endpoint(self.par_endpoint.parse()?);
        let id = self.client_id.as_str();
        let client = match self.auth.clone() {
            None => Client::public(server, id),
            Some(auth) => Client::confidential(server, id, auth),
        };
        client.redirect_uri(self.redirect_uri.parse()?).quirks(self.quirks.clone()).build()
    }

    fn start(&self) -> Result<Push, Stopped> {
        Ok(Flow::new(&self.client()?).push(stage::entropy([7; 32]), NOW)?)
    }

    /// The parameters that were pushed, with the case's state in the place of the flow's own.
    fn in_the_cases_words(&self, request: &Request) -> Result<Pairs, Fault> {
        let mut sent = request::body_pairs(request)?;
        for (name, value) in &mut sent {
            if name == "state" || name == "code_challenge" {
                check_is_octets(name, value)?;
            }
            match &self.state {
                Some(state) if name == "state" => value.clone_from(state),
                _ => {}
            }
        }
        Ok(sent)
    }
}
