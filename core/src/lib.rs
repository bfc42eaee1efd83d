//! A sans-IO OAuth 2.0 client core.
#![no_std]
#![forbid(unsafe_code)]
// No panic is reachable from outside: whatever can panic is spelled out of the core.
#![cfg_attr(
    not(test),
    deny(
        clippy::arithmetic_side_effects,
        clippy::as_conversions,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic,
        clippy::string_slice,
        clippy::unreachable,
        clippy::unwrap_used,
    )
)]
extern crate alloc;
#[cfg(any(test, feature = "std"))]
extern crate std;

mod callback;
mod client;
mod error;
mod exchange;
mod flow;
mod token;
mod value;
mod wire;

pub use callback::Callback;
pub use client::{
    AuthorizationServer, BasicEncoding, Client, ClientAuth, ClientBuilder, Credentials, Pkce,
    Policy, Quirks, TokenRequestBody,
};
pub use error::{
    CallbackError, Challenge, Challenged, ConfigError, Error, ErrorCode, ProtocolError, Refusal,
    ServerText, StoredError, UrlProblem,
};
pub use exchange::{
    Call, Exchange, Failure, ReplyBody, RunError, TransportError, drive, drive_async,
};
pub use flow::{
    AuthorizationUrl, Authorized, AwaitingCallback, CodeReceived, Flow, Pending, Refresh,
    ResponseMode, SessionBinding, State, Unstarted,
};
pub use token::{StoredTokens, TokenType, Tokens};
pub use value::{Entropy, Issuer, IssuerMatch, RedirectUri, Scope, Secret, SecureUrl, UnixTime};
pub use wire::{Form, Method, Request, Response};
