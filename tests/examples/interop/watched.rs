//! An exchange that tells when the server asks to go on.

use grantflow::{Error, Exchange, Failure, Request, Response, UnixTime};

pub(crate) struct Watched<'a, E> {
    exchange: E,
    goes_on: &'a dyn Fn(&Error) -> bool,
}

impl<'a, E> Watched<'a, E> {
    /// `goes_on` learns why there has to be another request, before the wait for it begins, and
    /// says whether there will be one.
    pub(crate) fn new(exchange: E, goes_on: &'a dyn Fn(&Error) -> bool) -> Self {
        Self { exchange, goes_on }
    }
}

impl<E: Exchange> Exchange for Watched<'_, E> {
    type Output = E::Output;

    fn request(&self, now: UnixTime) -> Result<Request, Error> {
        self.exchange.request(now)
    }

    fn receive(self, response: &Response, now: UnixTime) -> Result<E::Output, Failure<Self>> {
        let Self { exchange, goes_on } = self;
        let watched = |exchange: Box<E>| Box::new(Self::new(*exchange, goes_on));
        exchange.receive(response, now).map_err(|failure| match failure {
            Failure::Again { state, wait, error } if goes_on(&error) => {
                Failure::Again { state: watched(state), wait, error }
            }
            Failure::Later { state, wait, error } => {
                Failure::Later { state: watched(state), wait, error }
            }
            Failure::Again { error, .. } | Failure::Over(error) => Failure::Over(error),
        })
    }
}
