//! An exchange that tells how many requests it took.

use grantflow::{Error, Exchange, Failure, Request, Response, UnixTime};
use std::cell::Cell;

pub(crate) struct Counted<'a, E> {
    exchange: E,
    requests: &'a Cell<u32>,
}

impl<'a, E> Counted<'a, E> {
    pub(crate) fn new(exchange: E, requests: &'a Cell<u32>) -> Self {
        Self { exchange, requests }
    }
}

impl<E: Exchange> Exchange for Counted<'_, E> {
    type Output = E::Output;

    fn request(&self, now: UnixTime) -> Result<Request, Error> {
        self.requests.set(self.requests.get() + 1);
        self.exchange.request(now)
    }

    fn receive(self, response: &Response, now: UnixTime) -> Result<E::Output, Failure<Self>> {
        let requests = self.requests;
        let counted = |exchange: Box<E>| Box::new(Self::new(*exchange, requests));
        self.exchange.receive(response, now).map_err(|failure| match failure {
            Failure::Again { state, wait, error } => {
                Failure::Again { state: counted(state), wait, error }
            }
            Failure::Later { state, wait, error } => {
                Failure::Later { state: counted(state), wait, error }
            }
            Failure::Over(error) => Failure::Over(error),
        })
    }
}
