//! One case against one server through one adapter: what the cases share.

use crate::{
    adapter::Adapter,
    expect::{Done, Trouble, ensure, told},
    person::{Person, person},
    scenario::{Scenario, Style},
};
use grantflow::{
    AuthorizationServer, Authorized, AwaitingCallback, Callback, CallbackError, Client,
    ClientBuilder, CodeReceived, Discover, Entropy, Error, ErrorCode, Exchange, Failure, Flow,
    Request, Response, SessionBinding, UnixTime, Unstarted,
};

pub(crate) struct Trial<'a> {
    pub(crate) scenario: &'a Scenario,
    pub(crate) adapter: &'a Adapter,
}

impl<'a> Trial<'a> {
    pub(crate) fn new(scenario: &'a Scenario, adapter: &'a Adapter) -> Self {
        Self { scenario, adapter }
    }

    /// Takes an exchange to its end, which must be a good one.
    pub(crate) fn run<E: Exchange>(&self, exchange: E) -> Result<E::Output, Trouble> {
        self.adapter.run(exchange).map_err(|error| told(&error))
    }

    /// The server, as it describes itself.
    pub(crate) fn server(&self) -> Result<AuthorizationServer, Trouble> {
        let server = self.run(Discover::new(self.scenario.issuer.parse()?))?;
        Ok(match &self.scenario.device_authorization_endpoint {
            Some(url) => server.with_device_authorization_endpoint(url.parse()?),
            None => server,
        })
    }

    /// A client by the part that it plays.
    pub(crate) fn client(&self, part: &str, style: Style) -> Result<Client, Trouble> {
        self.finish(self.scenario.client(part, style, self.server()?)?)
    }

    pub(crate) fn finish(&self, client: ClientBuilder) -> Result<Client, Trouble> {
        Ok(client.redirect_uri(self.scenario.redirect_uri.parse()?).build()?)
    }

    /// A login that asks for what the resource wants.
    pub(crate) fn flow(&self, client: &Client) -> Result<Flow<Unstarted>, Trouble> {
        Ok(Flow::new(client).scope(&self.scenario.scope)?)
    }

    /// Somebody with an empty browser.
    pub(crate) fn person(&self) -> Person {
        person(self.scenario)
    }

    /// Sends the browser away and waits until it is back.
    pub(crate) fn visit(
        &self,
        mut person: Person,
        flow: Flow<Unstarted>,
    ) -> Result<(Flow<AwaitingCallback>, String), Trouble> {
        let (url, awaiting) = flow.redirect(Entropy::from_os()?, UnixTime::now())?;
        let back = person.visit(url.as_str(), &self.scenario.redirect_uri).map_err(|end| *end)?;
        Ok((awaiting, back.url))
    }

    /// The first half of a login that goes well, for a case that stops there.
    pub(crate) fn code(&self, flow: Flow<Unstarted>) -> Result<Flow<CodeReceived>, Trouble> {
        let (awaiting, back) = self.visit(self.person(), flow)?;
        receive(awaiting, &back)
    }

    /// The callback must end the login by that refusal.
    pub(crate) fn denied(
        &self,
        awaiting: Flow<AwaitingCallback>,
        back: &str,
        expected: &ErrorCode,
    ) -> Done {
        let error = error_of(awaiting.receive(Callback::from_url(back)?, UnixTime::now()))?;
        let code = match &error {
            Error::Callback(CallbackError::IssuerMissing { unverified })
                if self.scenario.denies_without_iss =>
            {
                unverified.as_ref()
            }
            error => error.code(),
        };
        ensure(code == Some(expected), &format!("{}, but: {error}", expected.as_str()))
    }

    /// A whole login that goes well.
    pub(crate) fn login(&self, client: &Client) -> Result<Flow<Authorized>, Trouble> {
        self.run(self.code(self.flow(client)?)?)
    }

    /// A request to the resource.
    pub(crate) fn question(&self) -> Result<Request, Trouble> {
        let request = Request::get(self.scenario.resource.parse()?);
        Ok(request.with_header("Accept", "application/json")?)
    }

    /// The resource must answer, and know whose token it is.
    pub(crate) fn access(&self, flow: &Flow<Authorized>) -> Done {
        self.recognised(&self.run(flow.call(self.question()?)?)?)
    }

    pub(crate) fn recognised(&self, reply: &Response) -> Done {
        let text = String::from_utf8_lossy(reply.body());
        ensure(reply.status() == 200, &format!("the resource answers ({})", reply.status()))?;
        ensure(text.contains(&self.scenario.user.name), "the resource knows whose token it is")
    }
}

/// Takes a callback in that must be good.
pub(crate) fn receive(
    awaiting: Flow<AwaitingCallback>,
    back: &str,
) -> Result<Flow<CodeReceived>, Trouble> {
    let code = awaiting.receive(Callback::from_url(back)?, UnixTime::now());
    Ok(code.map_err(Failure::into_error)?)
}

/// The session of the browser that the cases play.
pub(crate) fn session() -> SessionBinding {
    SessionBinding::new("the id of the browser's session")
}

/// Whatever went wrong, without what could be tried again.
pub(crate) fn error_of<T, S>(result: Result<T, Failure<S>>) -> Result<Error, Trouble> {
    match result {
        Ok(_) => Err("it came through".into()),
        Err(failure) => Ok(failure.into_error()),
    }
}
