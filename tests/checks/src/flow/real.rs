//! The same steps, taken by real flows.

use super::{
    model::Outcome,
    peer::browser,
    step::{LOGINS, SCOPES, Step},
};
use crate::scene;
use grantflow::{
    AuthorizationServer, Authorized, AwaitingCallback, Callback, Client, ClientAuth, CodeReceived,
    Error, Exchange, Failure, Flow, Pending, Refresh, Request, Response, UnixTime,
};
use std::{cell::OnceCell, sync::LazyLock};

/// A client whose server promises `iss`, and one whose server has no issuer.
pub(super) static CLIENTS: LazyLock<[Client; 2]> =
    LazyLock::new(|| clients().expect("they are in order"));

fn clients() -> Result<[Client; 2], Error> {
    let promising = scene::SERVER.clone().with_iss_required(true);
    let plain = AuthorizationServer::new("https://other.example/token".parse()?)
        .with_authorization_endpoint("https://other.example/authorize".parse()?);
    Ok([
        Client::public(promising, "one").redirect_uri(scene::REDIRECT_URI.parse()?).build()?,
        Client::confidential(plain, "two", ClientAuth::basic("canary-client-secret"))
            .redirect_uri("https://two.example/cb".parse()?)
            .build()?,
    ])
}

/// What is at a login's place.
#[derive(Debug, Default)]
pub(super) enum Place {
    #[default]
    Nothing,
    Away(Flow<AwaitingCallback>),
    Asleep(String),
    Code(Flow<CodeReceived>),
    In(Flow<Authorized>),
    Refreshing(Refresh),
}

/// What was seen of a start.
pub(super) struct Start {
    pub(super) state: String,
    pub(super) nonce: Option<String>,
    /// The verifier, once it was sent.
    pub(super) verifier: OnceCell<String>,
}

/// All logins, and what was seen of their starts.
pub(super) struct World {
    pub(super) logins: [Place; LOGINS],
    now: u64,
    pub(super) starts: Vec<Start>,
    pub(super) visits: usize,
    pub(super) answers: usize,
}

impl World {
    pub(super) fn new(now: u64) -> Self {
        Self { logins: Default::default(), now, starts: Vec::new(), visits: 0, answers: 0 }
    }

    pub(super) fn now(&self) -> UnixTime {
        UnixTime::from_secs(self.now)
    }

    pub(super) fn take(&mut self, step: Step) -> Outcome {
        let now = self.now();
        match step {
            Step::Start { login, is_form_post, has_nonce, scope } => {
                let flow = self.start(login, is_form_post, has_nonce, scope);
                self.logins[login] = Place::Away(flow);
                Outcome::Done
            }
            Step::Come { login, callback } => {
                let query = self.query(callback);
                self.visits += 1;
                let flow = match core::mem::take(&mut self.logins[login]) {
                    Place::Away(flow) => flow,
                    other => return self.leave(login, other),
                };
                let callback = match callback.is_form_post {
                    true => Callback::from_form_post(
                        "application/x-www-form-urlencoded",
                        query.as_bytes(),
                    ),
                    false => Callback::from_query(&query),
                };
                let result = match callback {
                    Ok(callback) => flow.receive(callback, now),
                    Err(error) => {
                        self.logins[login] = Place::Away(flow);
                        return Outcome::Kept(error.to_string());
                    }
                };
                self.settle(login, result, Place::Code, Place::Away)
            }
            Step::Answer { login, answer } => {
                let reply = self.reply(answer);
                self.answers += 1;
                match core::mem::take(&mut self.logins[login]) {
                    Place::Code(code) => {
                        self.settle(login, code.receive(&reply, now), Place::In, Place::Code)
                    }
                    Place::Refreshing(refresh) => {
                        let result = refresh.receive(&reply, now);
                        self.settle(login, result, Place::In, Place::Refreshing)
                    }
                    other => self.leave(login, other),
                }
            }
            Step::Lose { login } => match &self.logins[login] {
                Place::Code(code) => sent(code.request(now)),
                Place::Refreshing(refresh) => sent(refresh.request(now)),
                _ => Outcome::None,
            },
            Step::Suspend { login } => match core::mem::take(&mut self.logins[login]) {
                Place::Away(flow) => {
                    let pending = flow.suspend(&browser(login));
                    self.logins[login] = Place::Asleep(pending.to_text().to_string());
                    Outcome::Done
                }
                other => self.leave(login, other),
            },
            Step::Resume { login, browser: other, client } => {
                let Place::Asleep(text) = &self.logins[login] else { return Outcome::None };
                let pending = Pending::from_text(text).expect("it was written so");
                match Flow::resume(&CLIENTS[client], &pending, &browser(other)) {
                    Ok(flow) => {
                        self.logins[login] = Place::Away(flow);
                        Outcome::Done
                    }
                    Err(error) => Outcome::Kept(error.to_string()),
                }
            }
            Step::Store { login, client } => {
                let Place::In(flow) = &self.logins[login] else { return Outcome::None };
                let stored = serde_json::to_string(&flow.store()).expect("it serialises");
                let stored = serde_json::from_str(&stored).expect("it was written so");
                match Flow::restore(&CLIENTS[client], stored) {
                    Ok(flow) => {
                        self.logins[login] = Place::In(flow);
                        Outcome::Done
                    }
                    Err(error) => Outcome::Kept(error.to_string()),
                }
            }
            Step::Refresh { login, scope } => {
                let flow = match core::mem::take(&mut self.logins[login]) {
                    Place::In(flow) => flow,
                    other => return self.leave(login, other),
                };
                let refresh = match flow.refresh() {
                    Ok(refresh) => refresh,
                    Err(failure) => {
                        return self.settle::<Refresh, _>(
                            login,
                            Err(failure),
                            Place::Refreshing,
                            Place::In,
                        );
                    }
                };
                let result = refresh.scope(SCOPES[scope]);
                self.settle(login, result, Place::Refreshing, Place::Refreshing)
            }
            Step::GiveUp { login } => match core::mem::take(&mut self.logins[login]) {
                Place::Refreshing(refresh) => {
                    self.logins[login] = Place::In(refresh.into_flow());
                    Outcome::Done
                }
                other => self.leave(login, other),
            },
            Step::Call { login, status } => {
                let Place::In(flow) = &self.logins[login] else { return Outcome::None };
                let photos = Request::get("https://api.example/".parse().expect("it is a URL"));
                let call = flow.call(photos).expect("a header can hold the token");
                let nothing: [(&str, &str); 0] = [];
                match call.receive(&Response::new(status, nothing, ""), now) {
                    Ok(_) => Outcome::Done,
                    Err(failure) => {
                        assert!(matches!(failure, Failure::Over(_)), "{failure:?}");
                        Outcome::Over(failure.to_string())
                    }
                }
            }
            Step::Wait { seconds } => {
                self.now = self.now.saturating_add(seconds);
                Outcome::Done
            }
        }
    }

    /// A step that does not fit changes nothing.
    fn leave(&mut self, login: usize, place: Place) -> Outcome {
        self.logins[login] = place;
        Outcome::None
    }

    fn settle<T, S>(
        &mut self,
        login: usize,
        result: Result<T, Failure<S>>,
        done: fn(T) -> Place,
        kept: fn(S) -> Place,
    ) -> Outcome {
        match result {
            Ok(next) => {
                self.logins[login] = done(next);
                Outcome::Done
            }
            Err(Failure::Later { state, error, .. }) => {
                self.logins[login] = kept(*state);
                Outcome::Kept(error.to_string())
            }
            Err(Failure::Over(error)) => Outcome::Over(error.to_string()),
            Err(failure) => panic!("nobody asked to go on: {failure:?}"),
        }
    }
}

fn sent(request: Result<Request, Error>) -> Outcome {
    request.map_or_else(|error| Outcome::Over(error.to_string()), |_| Outcome::Done)
}
