//! The login: the browser leaves, the browser comes back, the code becomes tokens.

use crate::{
    app::App,
    trouble::{Kind, Trouble},
    visit::Visit,
};
use grantflow::{
    AuthorizationUrl, Callback, CodeReceived, Entropy, Error, Exchange, Failure, Flow, Request,
    RunError, UnixTime, drive_async,
};
use grantflow_reqwest::send;

impl App {
    pub(crate) fn begin_login(&self, visit: &mut Visit) -> Result<AuthorizationUrl, Error> {
        let flow = Flow::new(&self.settings.client)
            .scope(&self.settings.scope)?
            .params(&self.settings.params)?;
        self.step(format_args!("{flow:?}"));
        let (url, awaiting) = flow.redirect(Entropy::from_os()?, UnixTime::now())?;
        self.step(format_args!("{awaiting:?}: the browser goes to {url:?}"));
        visit.add_login(awaiting.suspend(&visit.binding()));
        Ok(url)
    }

    pub(crate) async fn finish_login(
        &self,
        visit: &mut Visit,
        target: &str,
    ) -> Result<(), Trouble> {
        let callback = Callback::from_path_and_query(target)?;
        let code = self.receive(visit, callback)?;
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
        visit.renew(&self.settings.client);
        visit.keep_tokens(flow.store())
    }

    /// Takes the callback to the login that it is for, of those that this browser has on their way.
    fn receive(
        &self,
        visit: &mut Visit,
        callback: Callback,
    ) -> Result<Flow<CodeReceived>, Trouble> {
        let logins = visit.logins();
        let its_own = logins.iter().position(|login| login.is_for(&callback));
        // What is for none of them is refused by the youngest, as by any other.
        let Some(index) = its_own.or(logins.len().checked_sub(1)) else {
            let is_connected = visit.tokens().is_some();
            let kind = if is_connected { Kind::ConnectedAlready } else { Kind::OtherBrowser };
            return Err(kind.into());
        };
        let client = &self.settings.client;
        let awaiting = Flow::resume(client, &visit.logins()[index], &visit.binding())?;
        let received = awaiting.receive(callback, UnixTime::now());
        if !matches!(received, Err(Failure::Later { .. })) {
            visit.remove_login(index);
        }
        Ok(received.map_err(Failure::into_error)?)
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
