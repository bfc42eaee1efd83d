//! One browser at our door: its session and its logins on their way, in two encrypted cookies.
//!
//! Each cookie is written only where it changed, so that two tabs seldom undo each other's work.
//! What a server-side store would do better: of two tabs that refresh one token at the same
//! moment, one comes too late.

use crate::{
    app::App,
    settings::random_text,
    trouble::{Kind, Trouble},
};
use axum::{
    extract::{Form, FromRequest, FromRequestParts, Request},
    http::request::Parts,
    response::{IntoResponse, Response},
};
use axum_extra::extract::{
    PrivateCookieJar,
    cookie::{Cookie, SameSite},
};
use grantflow::{Client, Flow, Pending, Secret, SessionBinding, StoredTokens};
use serde::{Deserialize, Serialize};
use std::{convert::Infallible, sync::Arc};

/// How many logins can be on their way in one browser, each in a tab of its own.
const MAX_LOGINS: usize = 3;
/// What encryption and encoding turn into the 4 KiB that browsers keep of a cookie.
const MAX_TEXT: usize = 2_800;

pub(crate) struct Visit {
    jar: PrivateCookieJar,
    session: Session,
    logins: Vec<Pending>,
    /// Both as they came.
    came: [String; 2],
}

#[derive(Serialize, Deserialize)]
struct Session {
    /// Renewed when the user signs in or out.
    id: String,
    /// What our forms carry, so that no other site can send them.
    form_token: String,
    tokens: Option<StoredTokens>,
}

impl Session {
    fn new() -> Self {
        Self { id: random_text(), form_token: random_text(), tokens: None }
    }
}

impl Visit {
    pub(crate) fn form_token(&self) -> &str {
        &self.session.form_token
    }

    pub(crate) fn tokens(&self) -> Option<&StoredTokens> {
        self.session.tokens.as_ref()
    }

    /// The logins that wait for their callback, oldest first.
    pub(crate) fn logins(&self) -> &[Pending] {
        &self.logins
    }

    /// Which browser session this is. `state` alone would not tell.
    pub(crate) fn binding(&self) -> SessionBinding {
        SessionBinding::new(&self.session.id)
    }

    pub(crate) fn add_login(&mut self, login: Pending) {
        self.logins.push(login);
        while self.logins.len() > MAX_LOGINS || text(&self.logins).len() > MAX_TEXT {
            self.logins.remove(0);
        }
    }

    pub(crate) fn remove_login(&mut self, index: usize) {
        self.logins.remove(index);
    }

    /// Begins a new session, so that whoever planted the old one gains nothing by it. Logins that
    /// are on their way in other tabs move along.
    pub(crate) fn renew(&mut self, client: &Client) {
        let old = self.binding();
        self.session = Session::new();
        let new = self.binding();
        let resumed = self.logins.iter().filter_map(|login| Flow::resume(client, login, &old).ok());
        self.logins = resumed.map(|flow| flow.suspend(&new)).collect();
    }

    pub(crate) fn keep_tokens(&mut self, tokens: StoredTokens) -> Result<(), Trouble> {
        self.session.tokens = Some(tokens);
        if text(&self.session).len() > MAX_TEXT {
            self.session.tokens = None;
            return Err(Kind::TooLarge.into());
        }
        Ok(())
    }

    pub(crate) fn forget_tokens(&mut self) {
        self.session.tokens = None;
    }

    /// The reply, with the cookies that changed.
    pub(crate) fn answer(self, app: &App, reply: impl IntoResponse) -> Response {
        let Self { mut jar, session, logins, came } = self;
        let now = [text(&session), text(&logins)];
        for (index, (text, came)) in now.into_iter().zip(came).enumerate() {
            let cookie = Cookie::build((app.cookie_name(index), text))
                .path("/")
                .http_only(true)
                .secure(app.is_https())
                .same_site(SameSite::Lax);
            if cookie.inner().value() == "[]" {
                jar = if came == "[]" { jar } else { jar.remove(cookie) };
            } else if cookie.inner().value() != came {
                jar = jar.add(cookie);
            }
        }
        (jar, reply).into_response()
    }
}

impl FromRequestParts<Arc<App>> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Infallible> {
        let jar = PrivateCookieJar::from_headers(&parts.headers, app.cookie_key());
        let value = |index| jar.get(&app.cookie_name(index)).map(|cookie| cookie.value().into());
        let came: [String; 2] =
            [value(0).unwrap_or_default(), value(1).unwrap_or_else(|| "[]".into())];
        let [session, logins] = &came;
        // A cookie that an older version wrote is as good as none.
        let session = serde_json::from_str(session).unwrap_or_else(|_| Session::new());
        let logins = serde_json::from_str(logins).unwrap_or_default();
        Ok(Self { jar, session, logins, came })
    }
}

/// A visit by a form that one of our own pages showed to this browser.
pub(crate) struct Intended(pub(crate) Visit);

#[derive(Deserialize)]
struct Sent {
    token: String,
}

impl FromRequest<Arc<App>> for Intended {
    type Rejection = Response;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let Ok(visit) = Visit::from_request_parts(&mut parts, app).await;
        match Form::<Sent>::from_request(Request::from_parts(parts, body), app).await {
            // `Secret` compares in constant time.
            Ok(Form(Sent { token })) if is_same(&token, visit.form_token()) => Ok(Self(visit)),
            _ => Err(app.trouble(visit, &Kind::OldPage.into())),
        }
    }
}

/// `Secret` compares in constant time.
fn is_same(given: &str, own: &str) -> bool {
    Secret::new(given) == Secret::new(own)
}

fn text(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("texts and lists become JSON")
}
