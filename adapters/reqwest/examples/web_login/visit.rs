//! One browser at our door: its session and its logins on their way, in two encrypted cookies.
//!
//! What a server-side store does better, as that of `web_cluster`: of two tabs that refresh one
//! token at the same moment, one comes too late.

use crate::{
    app::App,
    cookies::{Cookies, text},
    settings::random_text,
    trouble::{Kind, Trouble},
};
use axum::{
    extract::FromRequestParts,
    http::request::Parts,
    response::{IntoResponse, Response},
};
use axum_extra::extract::cookie::Key;
use grantflow::{Callback, Client, Flow, Pending, SessionBinding, StoredTokens};
use serde::{Deserialize, Serialize};
use std::{convert::Infallible, sync::Arc};

/// How many logins can be on their way in one browser, each in a tab of its own.
const MAX_LOGINS: usize = 3;
/// What encryption and encoding turn into the 4 KiB that browsers keep of a cookie.
const MAX_TEXT: usize = 2_800;

/// What visits are kept with: a key, made at each start. A restart signs everybody out.
pub(crate) struct Keeper(Key);

impl Keeper {
    pub(crate) fn new() -> Self {
        Self(Key::generate())
    }

    pub(crate) fn cookie_key(&self) -> Key {
        self.0.clone()
    }
}

pub(crate) struct Visit {
    cookies: Cookies,
    session: Session,
    /// The logins that wait for their callback, oldest first.
    logins: Vec<Pending>,
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

/// Another keeper takes its time and can fail: hence the `async` and the `Result`s.
impl Visit {
    pub(crate) fn form_token(&self) -> &str {
        &self.session.form_token
    }

    /// Which browser session this is. `state` alone would not tell.
    pub(crate) fn binding(&self) -> SessionBinding {
        SessionBinding::new(&self.session.id)
    }

    pub(crate) async fn add_login(&mut self, login: Pending) -> Result<(), Trouble> {
        self.logins.push(login);
        while self.logins.len() > MAX_LOGINS || text(&self.logins).len() > MAX_TEXT {
            self.logins.remove(0);
        }
        Ok(())
    }

    /// The login to give the callback to. It is taken out: a callback counts once. What is for
    /// none of them is refused by the youngest, as by any other.
    pub(crate) async fn take_login(
        &mut self,
        callback: &Callback,
    ) -> Result<Option<Pending>, Trouble> {
        let its_own = self.logins.iter().position(|login| login.is_for(callback));
        let index = its_own.or(self.logins.len().checked_sub(1));
        Ok(index.map(|index| self.logins.remove(index)))
    }

    /// Begins a new session, so that whoever planted the old one gains nothing by it. Logins that
    /// are on their way in other tabs move along.
    pub(crate) async fn renew(&mut self, client: &Client) -> Result<(), Trouble> {
        let old = self.binding();
        self.session = Session::new();
        let new = self.binding();
        let resumed = self.logins.iter().filter_map(|login| Flow::resume(client, login, &old).ok());
        self.logins = resumed.map(|flow| flow.suspend(&new)).collect();
        Ok(())
    }

    pub(crate) async fn tokens(&mut self) -> Result<Option<StoredTokens>, Trouble> {
        Ok(self.session.tokens.clone())
    }

    pub(crate) async fn keep_tokens(&mut self, tokens: StoredTokens) -> Result<(), Trouble> {
        self.session.tokens = Some(tokens);
        if text(&self.session).len() > MAX_TEXT {
            self.session.tokens = None;
            return Err(Kind::TooLarge.into());
        }
        Ok(())
    }

    /// Puts into the tokens' place what `exchange` gets for them.
    pub(crate) async fn replace_tokens<F>(
        &mut self,
        exchange: impl FnOnce(StoredTokens) -> F,
    ) -> Result<StoredTokens, Trouble>
    where
        F: Future<Output = Result<StoredTokens, Trouble>>,
    {
        let old = self.session.tokens.clone().ok_or(Kind::ConnectAgain)?;
        let new = exchange(old).await?;
        self.keep_tokens(new.clone()).await?;
        Ok(new)
    }

    pub(crate) async fn forget_tokens(&mut self) -> Result<(), Trouble> {
        self.session.tokens = None;
        Ok(())
    }

    pub(crate) fn answer(self, app: &App, reply: impl IntoResponse) -> Response {
        self.cookies.answer(app, &self.session, &self.logins, reply)
    }
}

impl FromRequestParts<Arc<App>> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Infallible> {
        let cookies = Cookies::from_headers(&parts.headers, app);
        let (session, logins) = cookies.read();
        Ok(Self { cookies, session: session.unwrap_or_else(Session::new), logins })
    }
}
