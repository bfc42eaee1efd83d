//! What a login is, told as plainly as can be: no types that know the order, no HTTP, no texts but
//! those of errors.

use super::step::{Answer, Code, Iss, LOGINS, Step, Visit, Whose};

/// What became of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// The login is in no state for the step.
    None,
    Done,
    /// It failed with this text, and what it began with is still there.
    Kept(String),
    /// It failed with this text, and that was the end.
    Over(String),
}

fn kept(text: &str) -> Outcome {
    Outcome::Kept(text.into())
}

fn over(text: &str) -> Outcome {
    Outcome::Over(text.into())
}

/// The state of one login.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Login {
    #[default]
    Nothing,
    /// The browser is away.
    Away(Away),
    /// The browser is away, and so is the process.
    Asleep(Away),
    /// The code is here, to be exchanged: that of the callback of this number.
    Code(Away, usize),
    In(Tokens),
    /// A refresh is on its way, for this scope if any.
    Refreshing(Tokens, Option<usize>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Away {
    pub(super) client: usize,
    pub(super) browser: usize,
    /// The number of the start, and so of its `state`, verifier and nonce.
    pub(super) start: usize,
    pub(super) is_form_post: bool,
    pub(super) has_nonce: bool,
    pub(super) scope: usize,
    pub(super) started: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tokens {
    pub(super) client: usize,
    /// The number of the answer that brought it.
    pub(super) access_token: usize,
    pub(super) refresh_token: Option<usize>,
    pub(super) requested: usize,
    pub(super) consented: usize,
    pub(super) granted: usize,
    pub(super) expires_at: Option<u64>,
    /// The number of the start whose nonce it has.
    pub(super) nonce: Option<usize>,
}

/// All logins, and the time.
#[derive(Clone, Debug)]
pub(super) struct Model {
    pub(super) logins: [Login; LOGINS],
    pub(super) now: u64,
    pub(super) starts: usize,
    pub(super) visits: usize,
    pub(super) answers: usize,
}

impl Model {
    pub(super) fn new(now: u64) -> Self {
        Self { logins: Default::default(), now, starts: 0, visits: 0, answers: 0 }
    }

    /// Lets a step happen.
    pub(super) fn take(&mut self, step: Step) -> Outcome {
        let now = self.now;
        match step {
            Step::Start { login, is_form_post, has_nonce, scope } => {
                let (client, start) = (login % 2, self.starts);
                self.starts += 1;
                self.logins[login] = Login::Away(Away {
                    client,
                    browser: login,
                    start,
                    is_form_post,
                    has_nonce,
                    scope,
                    started: now,
                });
                Outcome::Done
            }
            Step::Come { login, callback } => {
                let visit = self.visits;
                self.visits += 1;
                let Login::Away(away) = self.logins[login] else { return Outcome::None };
                let outcome = self.come(&away, callback);
                self.logins[login] = match outcome {
                    Outcome::Done => Login::Code(away, visit),
                    Outcome::Over(_) => Login::Nothing,
                    _ => return outcome,
                };
                outcome
            }
            Step::Answer { login, answer } => {
                let number = self.answers;
                self.answers += 1;
                let (after, outcome) = match self.logins[login].clone() {
                    Login::Code(away, code) => exchanged(away, code, answer, number, now),
                    Login::Refreshing(tokens, scope) => {
                        refreshed(tokens, scope, answer, number, now)
                    }
                    _ => return Outcome::None,
                };
                self.logins[login] = after;
                outcome
            }
            Step::Lose { login } => match self.logins[login] {
                Login::Code(..) | Login::Refreshing(..) => Outcome::Done,
                _ => Outcome::None,
            },
            Step::Suspend { login } => {
                let Login::Away(away) = self.logins[login] else { return Outcome::None };
                self.logins[login] = Login::Asleep(away);
                Outcome::Done
            }
            Step::Resume { login, browser, client } => {
                let Login::Asleep(away) = self.logins[login] else { return Outcome::None };
                if browser != away.browser {
                    return kept("the pending flow belongs to another browser session");
                }
                if client != away.client {
                    return kept("the stored value belongs to another client or issuer");
                }
                self.logins[login] = Login::Away(away);
                Outcome::Done
            }
            Step::Store { login, client } => {
                let Login::In(tokens) = &mut self.logins[login] else { return Outcome::None };
                if client != tokens.client {
                    return kept("the stored value belongs to another client or issuer");
                }
                tokens.nonce = None;
                Outcome::Done
            }
            Step::Refresh { login, scope } => {
                let Login::In(tokens) = self.logins[login] else { return Outcome::None };
                if tokens.refresh_token.is_none() {
                    return kept("there is no refresh token; the user must sign in again");
                }
                let is_more = tokens.consented != 0 && scope > tokens.consented;
                let scope = Some(scope).filter(|scope| *scope != 0 && !is_more);
                self.logins[login] = Login::Refreshing(tokens, scope);
                if is_more {
                    return kept("a refresh cannot ask for a scope that was not granted");
                }
                Outcome::Done
            }
            Step::GiveUp { login } => {
                let Login::Refreshing(tokens, _) = self.logins[login] else {
                    return Outcome::None;
                };
                self.logins[login] = Login::In(tokens);
                Outcome::Done
            }
            Step::Call { login, status } => match (&self.logins[login], status) {
                (Login::In(_), 401) => over("the resource server answered with status 401"),
                (Login::In(_), 403) => over("the resource server answered with status 403"),
                (Login::In(_), _) => Outcome::Done,
                _ => Outcome::None,
            },
            Step::Wait { seconds } => {
                self.now = now.saturating_add(seconds);
                Outcome::Done
            }
        }
    }

    fn come(&self, away: &Away, visit: Visit) -> Outcome {
        if visit.state == Whose::Twice {
            return kept("the callback has state twice");
        }
        if visit.is_form_post != away.is_form_post {
            return kept("the callback did not come by the response mode that was asked for");
        }
        match visit.state {
            Whose::Missing => return kept("the callback has no state"),
            Whose::Start(back) if Some(away.start) == self.starts.checked_sub(back + 1) => {}
            _ => return kept("the callback's state is not this flow's"),
        }
        if self.now - away.started > 600 {
            return over("the callback came too late; start the login again");
        }
        // The first client's server promises `iss`; the second's has no issuer.
        match (away.client, visit.iss) {
            (0, Iss::Wrong) => return over("the callback's iss is not the issuer that was asked"),
            (0, Iss::Missing) if visit.error => {
                return over(
                    "the callback has no iss; it carries the unverified error access_denied",
                );
            }
            (0, Iss::Missing) => return over("the callback has no iss"),
            _ => {}
        }
        match visit.code {
            _ if visit.error => over("the server refused: access_denied"),
            Code::Good => Outcome::Done,
            Code::Bad => over("the callback's code holds characters that RFC 6749 forbids"),
            Code::Missing => over("the callback has neither a code nor an error"),
        }
    }
}

/// A code is gone with the first answer that may have taken it.
fn exchanged(away: Away, code: usize, answer: Answer, number: usize, now: u64) -> (Login, Outcome) {
    let Answer::Tokens { has_refresh_token, scope, expires_in } = answer else {
        let text = refusal(answer);
        return match answer {
            Answer::Unavailable | Answer::TooMany => (Login::Code(away, code), kept(text)),
            _ => (Login::Nothing, over(text)),
        };
    };
    let granted = scope.unwrap_or(away.scope);
    let tokens = Tokens {
        client: away.client,
        access_token: number,
        refresh_token: has_refresh_token.then_some(number),
        requested: away.scope,
        consented: granted,
        granted,
        expires_at: expires_in.map(|seconds| now.saturating_add(seconds.into())),
        nonce: away.has_nonce.then_some(away.start),
    };
    (Login::In(tokens), Outcome::Done)
}

/// A refresh is over only if the server says that the grant is.
fn refreshed(
    tokens: Tokens,
    asked: Option<usize>,
    answer: Answer,
    number: usize,
    now: u64,
) -> (Login, Outcome) {
    let Answer::Tokens { has_refresh_token, scope, expires_in } = answer else {
        let text = refusal(answer);
        return match answer {
            Answer::InvalidGrant => (Login::Nothing, over(text)),
            _ => (Login::Refreshing(tokens, asked), kept(text)),
        };
    };
    let tokens = Tokens {
        access_token: number,
        refresh_token: if has_refresh_token { Some(number) } else { tokens.refresh_token },
        granted: scope.or(asked).unwrap_or(tokens.consented),
        expires_at: expires_in.map(|seconds| now.saturating_add(seconds.into())),
        ..tokens
    };
    (Login::In(tokens), Outcome::Done)
}

fn refusal(answer: Answer) -> &'static str {
    match answer {
        Answer::Tokens { .. } => "",
        Answer::InvalidGrant => "the server refused: invalid_grant; the user must sign in again",
        Answer::InvalidClient => {
            "the server refused: invalid_client; \
             check the client id and secret, and Quirks::basic_encoding"
        }
        Answer::Unavailable => "the server answered with the unexpected status 503",
        Answer::TooMany => "the server refused: temporarily_unavailable",
        Answer::Redirect => "the server answered with the redirect 302, which is not followed",
        Answer::Page => {
            "the server's reply has another media type than application/json; \
             Quirks::body_sniff reads it all the same"
        }
        Answer::Garbage => "the server's reply is not one valid JSON object",
        Answer::NoToken => "the server's reply has no access_token",
        Answer::OtherType => {
            "the server gave a token of type \"mac\", which is not understood; \
             Quirks::token_type_aliases names the types that mean Bearer"
        }
    }
}
