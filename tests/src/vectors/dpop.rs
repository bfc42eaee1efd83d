//! `dpop`: proofs, the nonces in them, and what servers say to them.

use super::{
    exchange::{self, Run},
    expect::{Expect, Judged, Stopped},
    fault::{Fault, equal},
    form,
    members::Members,
    reply, request, stage, tokens,
};
use crate::jws::Jws;
use grantflow::{
    Authorized, Call, Client, CodeReceived, Error, Exchange, Flow, Method, Request, Response,
    StoredTokens, TokenType, UnixTime,
};
use serde_json::Value;

/// What a case has done.
enum Case {
    Call(Asked),
    Nonces(Vec<(String, String)>, String),
    Sequence(Vec<Response>),
    ResourceSequence(Vec<Response>, Asked),
}

/// A call to a resource server.
struct Asked {
    access_token: String,
    method: String,
    url: String,
}

/// What was sent.
struct Sent {
    client: Client,
    requests: Vec<Request>,
    now: UnixTime,
}

pub(super) fn run(mut input: Members, expect: Expect) -> Result<(), Fault> {
    let now = UnixTime::from_secs(input.optional("now")?.unwrap_or(stage::NOW));
    let case = Case::read(&mut input)?;
    input.finish()?;
    let client = client().map_err(|error| Fault::new(error.to_string()))?;
    let mut sent = Sent { client, requests: Vec::new(), now };
    match case {
        Case::Sequence(replies) => {
            let outcome = match sent.code() {
                Ok(code) => sent.run(code, &replies)?,
                Err(stopped) => Err(stopped),
            };
            let mut judged = expect.judge(outcome)?;
            sent.check_token_requests(&mut judged)?;
            tokens::check(&mut judged, replies.last())?;
            judged.finish()
        }
        Case::ResourceSequence(replies, asked) => {
            let outcome = match sent.call(&asked) {
                Ok(call) => sent.run(call, &replies)?,
                Err(stopped) => Err(stopped),
            };
            let mut judged = expect.judge(outcome)?;
            let next = sent.call(&asked).and_then(|call| Ok(call.request(now)?));
            sent.check(&mut judged, next)?;
            judged.either("status", |outcome| match outcome {
                Ok(response) => response.status().into(),
                Err(stopped) => stopped.status().into(),
            })?;
            judged.finish()
        }
        Case::Call(asked) => {
            let request = sent.call(&asked).and_then(|call| Ok(call.request(now)?));
            sent.judge_request(expect, request)
        }
        Case::Nonces(nonces, next) => {
            for (server, nonce) in nonces {
                sent.learn(&server, &nonce)?;
            }
            let request = sent.request_to(&next);
            sent.judge_request(expect, request)
        }
    }
}

impl Case {
    fn read(input: &mut Members) -> Result<Self, Fault> {
        if let Some(nonces) = input.optional::<Value>("nonces")? {
            let next = input.required("next_request")?;
            return Ok(Self::Nonces(read_nonces(&nonces)?, read_target(next)?));
        }
        if let Some(replies) = input.optional("sequence")? {
            return Ok(Self::Sequence(read_replies(replies)?));
        }
        let replies = input.optional("resource_sequence")?.map(read_replies).transpose()?;
        let asked = Asked {
            access_token: input.optional("access_token")?.unwrap_or_else(|| "at".into()),
            method: input.optional("method")?.unwrap_or_else(|| "GET".into()),
            url: input.optional("url")?.unwrap_or_else(|| "https://rs.example/r".into()),
        };
        Ok(match replies {
            Some(replies) => Self::ResourceSequence(replies, asked),
            None => Self::Call(asked),
        })
    }
}

fn read_replies(replies: Vec<Value>) -> Result<Vec<Response>, Fault> {
    let read = |(index, reply): (usize, Value)| {
        let list = serde_json::json!({ "reply": reply });
        let mut members = Members::new(&format!("sequence[{index}]"), list)?;
        let reply = reply::required(&mut members, "reply")?;
        members.finish()?;
        Ok(reply)
    };
    replies.into_iter().enumerate().map(read).collect()
}

/// An object of servers and their nonces, or a list of pairs.
fn read_nonces(nonces: &Value) -> Result<Vec<(String, String)>, Fault> {
    let odd = |nonces: &Value| Fault::not_understood(format_args!("input.nonces {nonces}"));
    match nonces {
        Value::Object(map) => {
            let text = |value: &Value| value.as_str().map(str::to_owned);
            let pairs = map.iter().map(|(name, value)| Some((name.clone(), text(value)?)));
            pairs.collect::<Option<_>>().ok_or_else(|| odd(nonces))
        }
        Value::Array(_) => serde_json::from_value(nonces.clone()).map_err(|_| odd(nonces)),
        _ => Err(odd(nonces)),
    }
}

/// A URL or the name of a role, perhaps as the `url` of an object.
fn read_target(next: Value) -> Result<String, Fault> {
    match next {
        Value::String(target) => Ok(target),
        other => {
            let mut members = Members::new("input.next_request", other)?;
            let target = members.required("url")?;
            if members.optional::<String>("method")?.is_some_and(|method| method != "GET") {
                return Err(Fault::not_understood("a method in input.next_request"));
            }
            members.finish()?;
            Ok(target)
        }
    }
}

/// A server, by its role or by a URL of it.
fn is_authorization_server(server: &str) -> bool {
    matches!(server, "as" | "authorization_server" | "token" | "token_endpoint")
        || server.starts_with("https://as.")
}

fn client() -> Result<Client, Error> {
    let client = Client::public(stage::server()?, "vectors");
    let client = client.redirect_uri(stage::REDIRECT_URI.parse()?).build()?;
    stage::bound(&client)
}

impl Sent {
    fn code(&self) -> Result<Flow<CodeReceived>, Stopped> {
        let (_, awaiting) = Flow::new(&self.client).redirect(stage::entropy([7; 32]), self.now)?;
        stage::arrive(awaiting, None, stage::CODE, self.now)
    }

    fn call(&self, asked: &Asked) -> Result<Call, Stopped> {
        let stored = StoredTokens::import(asked.access_token.as_str(), TokenType::DPoP)?;
        let flow = Flow::restore(&self.client, stored)?;
        let method = Method::new(asked.method.as_str())?;
        // A fragment is no part of what is sent.
        let url = asked.url.split('#').next().unwrap_or_default();
        Ok(flow.call(Request::new(method, url.parse()?))?)
    }

    fn call_to(&self, server: &str) -> Result<Call, Stopped> {
        let url = if server.contains("://") { server } else { "https://rs.example/r" };
        let (access_token, method) = ("at".into(), "GET".into());
        self.call(&Asked { access_token, method, url: url.into() })
    }

    fn request_to(&self, server: &str) -> Result<Request, Stopped> {
        Ok(if is_authorization_server(server) {
            self.code()?.request(self.now)?
        } else {
            self.call_to(server)?.request(self.now)?
        })
    }

    /// Lets a server give a nonce with a success.
    fn learn(&self, server: &str, nonce: &str) -> Result<(), Fault> {
        let headers = [("Content-Type", "application/json"), ("DPoP-Nonce", nonce)];
        let body = r#"{"access_token":"at","token_type":"DPoP"}"#;
        let reply = Response::new(200, headers, body);
        let learnt = if is_authorization_server(server) {
            self.code().is_ok_and(|code| code.receive(&reply, self.now).is_ok())
        } else {
            self.call_to(server).is_ok_and(|call| call.receive(&reply, self.now).is_ok())
        };
        equal("a nonce can be given", &true, &learnt)
    }

    fn run<E: Exchange>(
        &mut self,
        exchange: E,
        replies: &[Response],
    ) -> Result<Result<E::Output, Stopped>, Fault> {
        let Run { requests, result } = exchange::run(exchange, replies, self.now)?;
        self.requests = requests;
        Ok(result.map_err(Stopped::from))
    }

    fn check_token_requests(&self, judged: &mut Judged<Flow<Authorized>>) -> Result<(), Fault> {
        if let Some(expected) = judged.members().optional("same_code_resent")? {
            let codes = self.requests.iter().map(|request| {
                let pairs = request::body_pairs(request)?;
                Ok(form::value(&pairs, "code").map(str::to_owned))
            });
            let codes: Vec<_> = codes.collect::<Result<_, Fault>>()?;
            let is_same = matches!(&codes[..], [Some(first), rest @ ..]
                if !rest.is_empty() && rest.iter().all(|code| code.as_ref() == Some(first)));
            equal("same_code_resent", &expected, &is_same)?;
        }
        self.check(judged, self.request_to("token"))
    }

    /// The members about any sequence of requests; `next` is one made after it.
    fn check<T>(
        &self,
        judged: &mut Judged<T>,
        next: Result<Request, Stopped>,
    ) -> Result<(), Fault> {
        let proofs: Vec<_> = self.requests.iter().map(proof).collect::<Result<_, _>>()?;
        let nonce = |proof: Option<&Jws>| Value::from(proof.and_then(|proof| proof.claim("nonce")));
        let members = judged.members();
        if let Some(expected) = members.optional("requests_emitted")? {
            equal("requests_emitted", &expected, &self.requests.len())?;
        }
        if let Some(expected) = members.given::<Value>("second_proof_nonce")? {
            equal("second_proof_nonce", &expected, &nonce(proofs.get(1)))?;
        }
        if let Some(expected) = members.given::<Value>("next_nonce")? {
            let next = next.map_err(|stopped| Fault::new(stopped.error.to_string()))?;
            equal("next_nonce", &expected, &nonce(Some(&proof(&next)?)))?;
        }
        if let Some(expected) = members.optional("jti_differs")? {
            let mut jtis: Vec<_> = proofs.iter().map(|proof| proof.claim("jti")).collect();
            jtis.sort_unstable();
            jtis.dedup();
            let differs = jtis.len() == proofs.len() && jtis.len() > 1;
            equal("jti_differs", &expected, &differs)?;
        }
        Ok(())
    }

    /// The members about one request, which stands for an outcome here.
    fn judge_request(
        &self,
        expect: Expect,
        request: Result<Request, Stopped>,
    ) -> Result<(), Fault> {
        let mut judged = expect.judge(request)?;
        let Ok(request) = judged.outcome().cloned() else { return judged.finish() };
        let proof = proof(&request)?;
        judged.success("ath", |_| proof.claim("ath").into())?;
        judged.success("proof_nonce", |_| proof.claim("nonce").into())?;
        judged.success("authorization", |request| request.header("authorization").into())?;
        for (name, found) in [("header", &proof.header), ("claims", &proof.claims)] {
            let Some(expected) = judged.members().object(name)? else { continue };
            for (member, expected) in expected.into_pairs() {
                equal(&format!("{name}.{member}"), &Some(&expected), &found.get(&member))?;
            }
        }
        request::check(judged.members(), Some(&request))?;
        judged.finish()
    }
}

fn proof(request: &Request) -> Result<Jws, Fault> {
    Jws::proof(request).ok_or_else(|| Fault::new("the request has no good proof"))
}
