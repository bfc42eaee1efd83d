//! One request out, one response in.

mod attempt;
mod call;
mod challenged;
mod client_request;
mod discover;
mod discover_resource;
mod document;
mod drive;
mod failure;
mod http_builder;
mod introspect;
mod register;
mod reply;
mod token_reply;
mod transport;

use crate::{
    error::Error,
    value::UnixTime,
    wire::{Request, Response},
};

pub(crate) use attempt::Attempt;
pub use call::Call;
pub(crate) use client_request::{client_request, prove, token_request};
pub use discover::Discover;
pub use discover_resource::DiscoverResource;
pub use drive::{RunError, drive, drive_async};
pub use failure::Failure;
pub use http_builder::{HttpBuilder, HttpSettings};
pub use introspect::{ActiveToken, Introspect, Introspection};
pub use register::{Register, Registration, Unregister};
pub(crate) use reply::{Rejection, Reply, blank};
pub(crate) use token_reply::{Asked, read_tokens, whole_number};
pub use transport::{ReplyBody, TransportError};

/// Anything that asks a server one question: it gives the request out and takes the response in.
///
/// An HTTP stack needs to know nothing else; [`drive`] and [`drive_async`] are the whole loop.
///
/// ```
/// use grantflow::{Error, Exchange, Failure, Request, Response, UnixTime};
///
/// fn once<E: Exchange>(
///     exchange: E,
///     send: impl Fn(Request) -> Response,
///     now: UnixTime,
/// ) -> Result<E::Output, Error> {
///     let response = send(exchange.request(now)?);
///     Ok(exchange.receive(&response, now)?)
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` has nothing to send to a server",
    label = "not an exchange",
    note = "a flow becomes an exchange when its callback was received: `awaiting.receive(callback, now)?`",
    note = "an authorized flow makes exchanges: `flow.call(request)?`, `flow.refresh()?`"
)]
pub trait Exchange: Sized {
    /// What the exchange ends with.
    type Output;

    /// The request to send. It borrows: if sending fails, the exchange is still there.
    ///
    /// # Errors
    /// [`Error::Config`] if the request cannot be made; nothing is spent.
    fn request(&self, now: UnixTime) -> Result<Request, Error>;

    /// Takes the response in. It consumes: what is spent is gone, what is not comes back in
    /// the [`Failure`].
    ///
    /// # Errors
    /// [`Failure`] says whether to go on, to try later or to give up.
    fn receive(self, response: &Response, now: UnixTime) -> Result<Self::Output, Failure<Self>>;
}
