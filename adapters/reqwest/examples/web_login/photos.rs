//! What the tokens are for: fetching the photos, with new tokens where the old ones have ended.

use crate::{
    app::App,
    trouble::{Kind, Trouble},
    visit::Visit,
};
use grantflow::{Authorized, Call, Error, Failure, Flow, Request, Response, RunError, UnixTime};
use serde::Deserialize;

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
    /// Fetches the photos. Tokens that have ended, by the clock or because the server says so,
    /// are refreshed once.
    pub(crate) async fn fetch(&self, visit: &mut Visit) -> Result<Profile, Trouble> {
        let mut flow = self.restore(visit)?;
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
        let reply = reply.map_err(|error| self.settle(visit, error.into()))?;
        let expires_at = flow.tokens().expires_at();
        Ok(Profile {
            content: content(&reply)?,
            seconds_left: expires_at.map(|end| end.saturating_since(UnixTime::now()).as_secs()),
            can_refresh,
        })
    }

    /// Gets new tokens for old ones and keeps them.
    pub(crate) async fn refresh(&self, visit: &mut Visit) -> Result<Flow<Authorized>, Trouble> {
        let flow = self.restore(visit)?;
        let refresh = flow.refresh().map_err(Failure::into_error)?;
        self.step(format_args!("{refresh:?}"));
        let result = self.run(refresh).await;
        let flow = result.map_err(|error| self.settle(visit, error.into()))?;
        self.step(format_args!("{flow:?}: {:?}", flow.tokens()));
        visit.keep_tokens(flow.store())?;
        Ok(flow)
    }

    fn restore(&self, visit: &Visit) -> Result<Flow<Authorized>, Trouble> {
        let tokens = visit.tokens().ok_or(Kind::ConnectAgain)?;
        Ok(Flow::restore(&self.settings.client, tokens.clone())?)
    }

    fn call(&self, flow: &Flow<Authorized>) -> Result<Call, Error> {
        let request = Request::get(self.settings.resource.clone());
        flow.call(request.with_header("Accept", "application/json")?)
    }

    /// Tokens that nothing but a new login can mend are forgotten.
    fn settle(&self, visit: &mut Visit, trouble: Trouble) -> Trouble {
        if matches!(trouble.kind, Kind::ConnectAgain) {
            visit.forget_tokens();
        }
        trouble
    }
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
