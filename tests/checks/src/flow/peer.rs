//! What browsers and servers say, and whether what they are told is what the model says.

use super::{
    model::Tokens,
    real::{CLIENTS, Start, World},
    step::{Answer, Code, Iss, SCOPES, Visit, Whose},
};
use crate::{scene, secrets::hidden};
use grantflow::{
    Authorized, AwaitingCallback, CodeReceived, Entropy, Exchange, Flow, Refresh, Request,
    Response, ResponseMode, Secret, SessionBinding, UnixTime,
};
use std::cell::OnceCell;
use url::{Url, form_urlencoded};

impl World {
    pub(super) fn start(
        &mut self,
        login: usize,
        is_form_post: bool,
        has_nonce: bool,
        scope: usize,
    ) -> Flow<AwaitingCallback> {
        let number = u32::try_from(self.starts.len()).expect("there are few").to_le_bytes();
        let octets = core::array::from_fn(|at| number[at % 4] ^ u8::try_from(at).unwrap_or(0));
        let flow = Flow::new(&CLIENTS[login % 2]).scope(SCOPES[scope]).expect("it is a scope");
        let flow = if has_nonce { flow.with_nonce() } else { flow };
        let mode = if is_form_post { ResponseMode::FormPost } else { ResponseMode::Query };
        let flow = flow.response_mode(mode);
        let started = flow.redirect(Entropy::from_bytes(octets), self.now());
        let (url, flow) = started.expect("the client can start");
        let url = Url::parse(url.as_str()).expect("it is a URL");
        let value = |name| {
            let mut pairs = url.query_pairs().filter(|(known, _)| known == name);
            pairs.next().map(|(_, value)| value.into_owned())
        };
        let (state, nonce) = (value("state").expect("it is sent"), value("nonce"));
        assert_eq!(nonce.is_some(), has_nonce);
        let is_new = |start: &Start| start.state != state && Some(&start.state) != nonce.as_ref();
        assert!(self.starts.iter().all(is_new), "two starts share a value");
        self.starts.push(Start { state, nonce, verifier: OnceCell::new() });
        flow
    }

    pub(super) fn query(&self, visit: Visit) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        match visit.state {
            Whose::Start(back) => {
                let start = self.starts.iter().rev().nth(back);
                query.append_pair("state", start.map_or("none", |start| &start.state));
            }
            Whose::Forged => {
                query.append_pair("state", "forged");
            }
            Whose::Twice => {
                query.append_pair("state", "a").append_pair("state", "b");
            }
            Whose::Missing => {}
        }
        match visit.iss {
            Iss::Right => query.append_pair("iss", scene::ISSUER),
            Iss::Wrong => query.append_pair("iss", "https://evil.example"),
            Iss::Missing => &mut query,
        };
        if visit.error {
            query.append_pair("error", "access_denied");
        }
        match visit.code {
            Code::Good => query.append_pair("code", &code(self.visits)),
            Code::Bad => query.append_pair("code", "a\nb"),
            Code::Missing => &mut query,
        };
        query.finish()
    }

    pub(super) fn reply(&self, answer: Answer) -> Response {
        let json = "application/json";
        let (status, media_type, body) = match answer {
            Answer::Tokens { has_refresh_token, scope, expires_in } => {
                let mut body = serde_json::json!({ "token_type": "Bearer" });
                body["access_token"] = access_token(self.answers).into();
                if has_refresh_token {
                    body["refresh_token"] = refresh_token(self.answers).into();
                }
                if let Some(scope) = scope {
                    body["scope"] = SCOPES[scope].into();
                }
                if let Some(seconds) = expires_in {
                    body["expires_in"] = seconds.into();
                }
                return Response::new(200, [("Content-Type", json)], body.to_string());
            }
            Answer::InvalidGrant => (400, json, r#"{"error":"invalid_grant"}"#),
            Answer::InvalidClient => (401, json, r#"{"error":"invalid_client"}"#),
            Answer::Unavailable => (503, "text/html", "<html>"),
            Answer::TooMany => (429, json, r#"{"error":"temporarily_unavailable"}"#),
            Answer::Redirect => (302, "text/html", ""),
            Answer::Page => (200, "text/html", "<html>"),
            Answer::Garbage => (200, json, "{"),
            Answer::NoToken => (200, json, r#"{"token_type":"Bearer"}"#),
            Answer::OtherType => (200, json, r#"{"access_token":"a","token_type":"mac"}"#),
        };
        Response::new(status, [("Content-Type", media_type)], body)
    }

    /// The code of that visit, with the verifier of that start, which no other has.
    pub(super) fn sends_its_own_code(&self, flow: &Flow<CodeReceived>, start: usize, visit: usize) {
        let form = form(flow.request(self.now()));
        assert_eq!(value(&form, "code"), Some(code(visit).as_str()));
        let verifier = value(&form, "code_verifier").expect("it is sent");
        let known = self.starts[start].verifier.get_or_init(|| verifier.into());
        assert_eq!(known, verifier, "the verifier of another start is sent");
        let others = self.starts.iter().enumerate().filter(|(other, _)| *other != start);
        let mut others = others.filter_map(|(_, other)| other.verifier.get());
        assert!(!others.any(|other| other == verifier), "two starts share a verifier");
        hidden(&format!("{flow:?}"), &["canary", verifier]);
    }

    pub(super) fn has_its_own_tokens(&self, flow: &Flow<Authorized>, expected: &Tokens) {
        let tokens = flow.tokens();
        assert_eq!(flow.client().id(), CLIENTS[expected.client].id());
        assert_eq!(tokens.access_token().expose(), access_token(expected.access_token));
        let refresh_token = tokens.refresh_token().map(Secret::expose);
        assert_eq!(refresh_token, expected.refresh_token.map(self::refresh_token).as_deref());
        assert_eq!(tokens.requested_scope().as_str(), SCOPES[expected.requested]);
        assert_eq!(tokens.scope().as_str(), SCOPES[expected.granted]);
        assert_eq!(tokens.expires_at().map(UnixTime::as_secs), expected.expires_at);
        let ends =
            expected.expires_at.is_some_and(|end| end <= self.now().as_secs().saturating_add(30));
        assert_eq!(flow.needs_refresh(self.now()), ends);
        let nonce = expected.nonce.and_then(|start| self.starts[start].nonce.as_deref());
        assert_eq!(flow.nonce(), nonce);
        hidden(&format!("{flow:?} {tokens:?} {:?}", flow.store()), &["canary"]);
    }

    pub(super) fn sends_its_own_refresh_token(
        &self,
        refresh: &Refresh,
        expected: &Tokens,
        scope: Option<usize>,
    ) {
        let form = form(refresh.request(self.now()));
        let token = expected.refresh_token.map(refresh_token);
        assert_eq!(value(&form, "refresh_token"), token.as_deref());
        assert_eq!(value(&form, "scope"), scope.map(|scope| SCOPES[scope]));
        assert_eq!(value(&form, "code"), None);
        hidden(&format!("{refresh:?}"), &["canary"]);
    }
}

fn form(request: Result<Request, grantflow::Error>) -> Vec<(String, String)> {
    let request = request.expect("it can be sent");
    form_urlencoded::parse(request.body()).into_owned().collect()
}

fn value<'a>(form: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let mut named = form.iter().filter(|(known, _)| known == name);
    let value = named.next().map(|(_, value)| value.as_str());
    assert!(named.next().is_none(), "{name} is sent twice");
    value
}

fn code(visit: usize) -> String {
    format!("canary-code-{visit}.")
}

fn access_token(answer: usize) -> String {
    format!("canary-access-token-{answer}.")
}

fn refresh_token(answer: usize) -> String {
    format!("canary-refresh-token-{answer}.")
}

pub(super) fn browser(login: usize) -> SessionBinding {
    SessionBinding::new(format!("browser {login}"))
}
