//! One browser at our door: what is secret or large is in Redis, and two encrypted cookies say
//! where.

use super::{seal::Sealed, store::Store};
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
use grantflow::{
    Callback, CallbackError, Client, Error, Flow, Pending, SessionBinding, StoredTokens,
};
use serde::{Deserialize, Serialize};
use std::{convert::Infallible, mem::take, sync::Arc, time::Duration};

/// How many logins can be on their way in one browser, each in a tab of its own.
const MAX_LOGINS: usize = 3;
/// What one browser may make us keep.
const MAX_TEXT: usize = 64 * 1024;
/// How long tokens are kept after they were last renewed.
const LIFETIME: Duration = Duration::from_secs(30 * 24 * 3600);

/// What visits are kept with: a key and a store, the same in every process.
pub(crate) struct Keeper {
    cookie_key: Key,
    store: Store,
}

impl Keeper {
    pub(crate) fn new(cookie_key: Key, store: Store) -> Self {
        Self { cookie_key, store }
    }

    pub(crate) fn cookie_key(&self) -> Key {
        self.cookie_key.clone()
    }
}

pub(crate) struct Visit {
    app: Arc<App>,
    cookies: Cookies,
    session: Session,
    /// Where the logins are that wait for their callback, oldest first.
    logins: Vec<String>,
    /// The tokens that this visit has seen.
    seen: Option<Sealed>,
}

#[derive(Serialize, Deserialize)]
struct Session {
    /// Renewed when the user signs in or out.
    id: String,
    /// What our forms carry, so that no other site can send them.
    form_token: String,
}

impl Session {
    fn new() -> Self {
        Self { id: random_text(), form_token: random_text() }
    }

    fn tokens(&self) -> String {
        format!("printmypics:tokens:{}", self.id)
    }
}

impl Visit {
    pub(crate) fn form_token(&self) -> &str {
        &self.session.form_token
    }

    /// Which browser session this is. `state` alone would not tell.
    pub(crate) fn binding(&self) -> SessionBinding {
        SessionBinding::new(&self.session.id)
    }

    pub(crate) async fn add_login(&mut self, login: Pending) -> Result<(), Trouble> {
        let name = format!("printmypics:login:{}", random_text());
        let lifetime = self.app.settings.client.policy().pending_lifetime;
        self.store().put(&name, &login.to_text(), lifetime).await?;
        self.logins.push(name);
        if self.logins.len() > MAX_LOGINS {
            let oldest = self.logins.remove(0);
            self.store().clear(&oldest).await?;
        }
        Ok(())
    }

    /// The login that the callback is for. Of all processes that ask, one gets it.
    pub(crate) async fn take_login(
        &mut self,
        callback: &Callback,
    ) -> Result<Option<Pending>, Trouble> {
        let (mut found, mut others) = (None, Vec::new());
        for name in &self.logins {
            match self.store().look(name).await? {
                Some((_, text)) if Pending::from_text(&text)?.is_for(callback) => {
                    found = Some(name);
                }
                Some(_) => others.push(name.clone()),
                // It took too long, or is finished.
                None => {}
            }
        }
        let taken = match found {
            Some(name) => self.store().take(name).await?,
            None if others.is_empty() => None,
            // A stray answer takes nothing out, not even for a moment.
            None => return Err(Error::from(CallbackError::StateMismatch).into()),
        };
        self.logins = others;
        Ok(taken.map(|text| Pending::from_text(&text)).transpose()?)
    }

    /// Begins a new session, so that whoever planted the old one gains nothing by it. Logins that
    /// are on their way in other tabs move along.
    pub(crate) async fn renew(&mut self, client: &Client) -> Result<(), Trouble> {
        self.store().clear(&self.session.tokens()).await?;
        let old = self.binding();
        self.session = Session::new();
        let new = self.binding();
        for name in take(&mut self.logins) {
            let Some(text) = self.store().take(&name).await? else { continue };
            if let Ok(login) = Flow::resume(client, &Pending::from_text(&text)?, &old) {
                self.add_login(login.suspend(&new)).await?;
            }
        }
        Ok(())
    }

    pub(crate) async fn tokens(&mut self) -> Result<Option<StoredTokens>, Trouble> {
        let kept = Kept::look(self.store(), &self.session.tokens()).await?;
        Ok(kept.map(|Kept { sealed, tokens }| {
            self.seen = Some(sealed);
            tokens
        }))
    }

    pub(crate) async fn keep_tokens(&mut self, tokens: StoredTokens) -> Result<(), Trouble> {
        let text = checked(&tokens)?;
        self.store().put(&self.session.tokens(), &text, LIFETIME).await
    }

    /// Puts into the tokens' place what `exchange` gets for them, unless another visit has done so
    /// since this one looked.
    pub(crate) async fn replace_tokens<F>(
        &mut self,
        exchange: impl FnOnce(StoredTokens) -> F + Send + 'static,
    ) -> Result<StoredTokens, Trouble>
    where
        F: Future<Output = Result<StoredTokens, Trouble>> + Send + 'static,
    {
        if self.seen.is_none() {
            self.tokens().await?;
        }
        let seen = self.seen.take().ok_or(Kind::ConnectAgain)?;
        let (store, session_id) = (self.store().clone(), self.session.id.clone());
        let name = self.session.tokens();
        // A browser that hangs up drops this visit. The task goes on: of the new refresh token
        // nobody else knows yet.
        let task = tokio::spawn(async move {
            let lease = store.lease(&session_id).await?;
            let replaced = replace(&store, &name, &seen, exchange).await;
            lease.end().await;
            replaced
        });
        let Kept { sealed, tokens } = task.await.map_err(|_| Kind::OurMistake)??;
        self.seen = Some(sealed);
        Ok(tokens)
    }

    pub(crate) async fn forget_tokens(&mut self) -> Result<(), Trouble> {
        match self.seen.take() {
            Some(seen) => self.store().remove(&self.session.tokens(), &seen).await,
            None => Ok(()),
        }
    }

    pub(crate) fn answer(self, app: &App, reply: impl IntoResponse) -> Response {
        self.cookies.answer(app, &self.session, &self.logins, reply)
    }

    fn store(&self) -> &Store {
        &self.app.keeper.store
    }
}

impl FromRequestParts<Arc<App>> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Infallible> {
        let cookies = Cookies::from_headers(&parts.headers, app);
        let (session, logins) = cookies.read();
        let session = session.unwrap_or_else(Session::new);
        Ok(Self { app: Arc::clone(app), cookies, session, logins, seen: None })
    }
}

/// Tokens as they are in the store.
struct Kept {
    sealed: Sealed,
    tokens: StoredTokens,
}

impl Kept {
    async fn look(store: &Store, name: &str) -> Result<Option<Self>, Trouble> {
        let found = store.look(name).await?;
        Ok(found.and_then(|(sealed, text)| {
            let tokens = serde_json::from_str(&text).ok()?;
            Some(Self { sealed, tokens })
        }))
    }
}

/// What whoever has the lease does with it.
async fn replace<F>(
    store: &Store,
    name: &str,
    seen: &Sealed,
    exchange: impl FnOnce(StoredTokens) -> F,
) -> Result<Kept, Trouble>
where
    F: Future<Output = Result<StoredTokens, Trouble>>,
{
    let kept = Kept::look(store, name).await?.ok_or(Kind::ConnectAgain)?;
    if kept.sealed != *seen {
        return Ok(kept);
    }
    match exchange(kept.tokens).await {
        Ok(tokens) => {
            let sealed = store.replace(name, seen, &checked(&tokens)?, LIFETIME).await?;
            match sealed {
                Some(sealed) => Ok(Kept { sealed, tokens }),
                // The user has disconnected meanwhile, or our lease was over.
                None => Ok(Kept::look(store, name).await?.ok_or(Kind::ConnectAgain)?),
            }
        }
        Err(trouble) => {
            if matches!(trouble.kind, Kind::ConnectAgain) {
                store.remove(name, seen).await?;
            }
            Err(trouble)
        }
    }
}

fn checked(tokens: &StoredTokens) -> Result<String, Trouble> {
    let text = text(tokens);
    if text.len() > MAX_TEXT { Err(Kind::TooLarge.into()) } else { Ok(text) }
}
