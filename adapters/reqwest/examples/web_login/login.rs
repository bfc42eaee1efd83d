//! The login: the browser leaves, the browser comes back, the code becomes tokens.

use crate::{
    app::App,
    trouble::{Kind, Trouble},
    visit::Visit,
};
use grantflow::{
    AuthorizationUrl, Callback, CodeReceived, Entropy, Error, Exchange, Failure, Flow, Request,
    RunError, Start, UnixTime, drive_async,
};
use grantflow_reqwest::send;

impl App {
    pub(crate) async fn begin_login(&self, visit: &mut Visit) -> Result<AuthorizationUrl, Trouble> {
        let flow = Flow::new(&self.settings.client)
            .scope(&self.settings.scope)?
            .params(&self.settings.params)?;
        self.step(format_args!("{flow:?}"));
        let (url, awaiting) = match flow.start(Entropy::from_os()?, UnixTime::now())? {
            Start::Redirect(url, awaiting) => (url, awaiting),
            Start::Push(push) => self.run(push).await?,
        };
        self.step(format_args!("{awaiting:?}: the browser goes to {url:?}"));
        visit.add_login(awaiting.suspend(&visit.binding())).await?;
        Ok(url)
    }

    pub(crate) async fn finish_login(
        &self,
        visit: &mut Visit,
        target: &str,
    ) -> Result<(), Trouble> {
        let callback = Callback::from_path_and_query(target)?;
        let code = self.receive(visit, callback).await?;
        self.step(format_args!("{code:?}"));
        let flow = match self.run(code).await {
            Ok(flow) => flow,
            // The code was good for a minute or so.
            Err(error) if error.error().is_some_and(Error::must_reauthorize) => {
                return Err(Trouble { kind: Kind::Expired, ..error.into() });
            }
            Err(error) => return Err(error.into()),
        };
        self.step(format_args!("{flow:?}: {:?}", flow.tokens()));
        visit.renew(&self.settings.client).await?;
        visit.keep_tokens(flow.store()).await
    }

    /// Takes the callback to the login that it is for, of those that this browser has on their way.
    async fn receive(
        &self,
        visit: &mut Visit,
        callback: Callback,
    ) -> Result<Flow<CodeReceived>, Trouble> {
        let Some(login) = visit.take_login(&callback).await? else {
            let is_connected = visit.tokens().await?.is_some();
            let kind = if is_connected { Kind::ConnectedAlready } else { Kind::OtherBrowser };
            return Err(kind.into());
        };
        let awaiting = Flow::resume(&self.settings.client, &login, &visit.binding())?;
        match awaiting.receive(callback, UnixTime::now()) {
            Ok(code) => Ok(code),
            Err(failure) => {
                if matches!(failure, Failure::Later { .. }) {
                    visit.add_login(login).await?;
                }
                Err(failure.into_error().into())
            }
        }
    }

    /// As `grantflow_reqwest::run`, with each step printed.
    pub(crate) async fn run<E: Exchange>(&self, exchange: E) -> Result<E::Output, RunError<E>> {
        let send = |request: Request| async move {
            let shown = format!("{request:?}");
            let result = send(&self.http, request).await;
            match &result {
                Ok(reply) => self.step(format_args!("{shown} -> {reply:?}")),
                Err(error) => self.step(format_args!("{shown} -> {error}")),
            }
            result
        };
        drive_async(exchange, UnixTime::now, send, tokio::time::sleep).await
    }
}
