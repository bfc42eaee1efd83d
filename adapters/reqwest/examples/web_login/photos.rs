//! What the tokens are for: fetching the photos, with new tokens where the old ones have ended.

use crate::{
    app::App,
    trouble::{Kind, Trouble},
    visit::Visit,
};
use grantflow::{
    Authorized, Call, Error, Failure, Flow, Request, Response, RunError, StoredTokens, UnixTime,
};
use serde::Deserialize;
use std::sync::Arc;

/// What the profile page shows.
pub(crate) struct Profile {
    pub(crate) content: Content,
    /// How much longer the access token lives, in seconds, if the server said.
    pub(crate) seconds_left: Option<u64>,
    pub(crate) can_refresh: bool,
}

pub(crate) enum Content {
    Json(String),
    Photos(Vec<Photo>),
}

#[derive(Deserialize)]
struct Photos {
    photos: Vec<Photo>,
}

#[derive(Deserialize)]
pub(crate) struct Photo {
    pub(crate) title: String,
    pub(crate) taken: String,
    pub(crate) url: String,
}

impl App {
    /// Fetches the photos, if there are tokens. Tokens that have ended, by the clock or because
    /// the server says so, are refreshed once.
    pub(crate) async fn fetch(
        self: &Arc<Self>,
        visit: &mut Visit,
    ) -> Result<Option<Profile>, Trouble> {
        let Some(tokens) = visit.tokens().await? else { return Ok(None) };
        let mut flow = self.restore(tokens)?;
        let can_refresh = flow.tokens().refresh_token().is_some();
        let mut may_refresh = can_refresh;
        if may_refresh && flow.needs_refresh(UnixTime::now()) {
            flow = self.refresh(visit).await?;
            may_refresh = false;
        }
        let reply = match self.run(self.call(&flow)?).await {
            Err(error) if may_refresh && is_401(&error) => {
                self.step(format_args!("{error}: time to refresh"));
                flow = self.refresh(visit).await?;
                self.run(self.call(&flow)?).await
            }
            other => other,
        };
        let reply = match reply {
            Ok(reply) => reply,
            Err(error) => return Err(settle(visit, error.into()).await?),
        };
        let expires_at = flow.tokens().expires_at();
        Ok(Some(Profile {
            content: content(&reply)?,
            seconds_left: expires_at.map(|end| end.saturating_since(UnixTime::now()).as_secs()),
            can_refresh,
        }))
    }

    /// Gets new tokens for old ones and keeps them.
    pub(crate) async fn refresh(
        self: &Arc<Self>,
        visit: &mut Visit,
    ) -> Result<Flow<Authorized>, Trouble> {
        let app = Arc::clone(self);
        let exchange = |tokens| async move { app.exchange(tokens).await };
        match visit.replace_tokens(exchange).await {
            Ok(tokens) => self.restore(tokens),
            Err(trouble) => Err(settle(visit, trouble).await?),
        }
    }

    async fn exchange(&self, old: StoredTokens) -> Result<StoredTokens, Trouble> {
        let refresh = self.restore(old)?.refresh().map_err(Failure::into_error)?;
        self.step(format_args!("{refresh:?}"));
        let flow = self.run(refresh).await?;
        self.step(format_args!("{flow:?}: {:?}", flow.tokens()));
        Ok(flow.store())
    }

    fn restore(&self, tokens: StoredTokens) -> Result<Flow<Authorized>, Trouble> {
        Ok(Flow::restore(&self.settings.client, tokens)?)
    }

    fn call(&self, flow: &Flow<Authorized>) -> Result<Call, Error> {
        let request = Request::get(self.settings.resource.clone());
        flow.call(request.with_header("Accept", "application/json")?)
    }
}

/// Tokens that nothing but a new login can mend are forgotten.
async fn settle(visit: &mut Visit, trouble: Trouble) -> Result<Trouble, Trouble> {
    if matches!(trouble.kind, Kind::ConnectAgain) {
        visit.forget_tokens().await?;
    }
    Ok(trouble)
}

fn is_401(error: &RunError<Call>) -> bool {
    matches!(error.error(), Some(Error::Challenged(challenged)) if challenged.status() == 401)
}

fn content(reply: &Response) -> Result<Content, Trouble> {
    let trouble = |detail: String| Trouble { kind: Kind::ServerTrouble, detail: Some(detail) };
    if reply.status() != 200 {
        return Err(trouble(format!(
            "the resource server answered with status {}",
            reply.status()
        )));
    }
    if let Ok(Photos { photos }) = reply.json() {
        return Ok(Content::Photos(photos));
    }
    let json: serde_json::Value = reply.json().map_err(|error| trouble(error.to_string()))?;
    Ok(Content::Json(format!("{json:#}")))
}
