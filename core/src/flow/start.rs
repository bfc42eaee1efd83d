//! The way out, as the server wants it.

use super::{AuthorizationUrl, AwaitingCallback, Flow, Push, Unstarted};
use crate::{
    error::Error,
    value::{Entropy, UnixTime},
};

/// How a login begins; [`Flow::start`] decides it.
#[derive(Debug)]
#[must_use = "nobody is on the way yet"]
pub enum Start {
    /// The URL to send the browser to, and the flow that waits for it to come back.
    Redirect(AuthorizationUrl, Flow<AwaitingCallback>),
    /// The exchange to run first; it gives the same pair.
    Push(Push),
}

impl Flow<Unstarted> {
    /// Starts the login the way that the server wants: by [`push`](Self::push) where its metadata
    /// or the policy demands that (RFC 9126 section 5), else by [`redirect`](Self::redirect).
    ///
    /// ```
    /// # use grantflow::*;
    /// # fn run(_: Push) -> Result<(AuthorizationUrl, Flow<AwaitingCallback>), Error> { panic!() }
    /// # fn login(client: &Client, now: UnixTime) -> Result<(), Error> {
    /// let (url, awaiting) = match Flow::new(client).start(Entropy::from_os()?, now)? {
    ///     Start::Redirect(url, awaiting) => (url, awaiting),
    ///     Start::Push(push) => run(push)?, // grantflow_reqwest::run(&http, push).await?
    /// };
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// As [`redirect`](Self::redirect) or [`push`](Self::push).
    pub fn start(self, entropy: Entropy, now: UnixTime) -> Result<Start, Error> {
        if self.must_push() {
            return self.push(entropy, now).map(Start::Push);
        }
        let (url, awaiting) = self.redirect(entropy, now)?;
        Ok(Start::Redirect(url, awaiting))
    }
}
