//! A sans-IO OAuth 2.0 client core: pure values in, pure values out.
//!
//! The authorization-code flow is four types, and the compiler knows their order. Nothing here
//! opens a socket, reads a clock or asks for randomness: a step takes the time and the entropy as
//! arguments, gives out an HTTP request as a value and takes an HTTP response in as a value. Any
//! HTTP stack binds to that in ten lines; `grantflow-reqwest` is one that is ready.
//!
//! # In scope, and out of scope
//! **In**: the authorization-code grant with PKCE, `state` and `iss` checked, pushed ahead of the
//! browser or not; refreshing and revoking; tokens bound to a key (DPoP); calls to resource servers,
//! what they answer, and the stronger login that they may demand; discovery of servers and resources; grants for devices and machines;
//! introspection; registration; storing a login that waits for the browser, and the tokens; the
//! deviations of two dozen providers, as data ([`preset`]).
//!
//! **Out**: HTTP itself; the browser and the session that remembers it; ID tokens (a `nonce` is
//! sent and told, the token is for an OpenID Connect library to check); the implicit and the
//! password grant, which RFC 9700 buries.
//!
//! # The states
//! ```text
//!  Unstarted --redirect(entropy, now)--> AwaitingCallback --receive(callback, now)--> CodeReceived
//!                                          ^   |      ^                                    |
//!        a wrong or missing `state`: ------+   |      |                                exchange
//!        the flow is given back                +-- suspend -> Pending -> resume            |
//!                                                                                          v
//!                                  call, userinfo, refresh, revoke, step_up, store <-- Authorized
//! ```
//!
//! # A whole login
//! The replies here are literal; in an application an HTTP stack brings them.
//!
//! ```
//! use grantflow::*;
//!
//! // Configuration is plain data, checked once.
//! let server = AuthorizationServer::new("https://as.example/token".parse()?)
//!     .with_issuer("https://as.example".parse()?)
//!     .with_authorization_endpoint("https://as.example/authorize".parse()?);
//! let client = Client::public(server, "s6BhdRkqt3")
//!     .redirect_uri("https://client.example/cb".parse()?)
//!     .build()?;
//!
//! // 1. Send the browser away. In an application: `Entropy::from_os()?` and `UnixTime::now()`.
//! # let mut octets = [0; 96];
//! # octets[..32].copy_from_slice(&[
//! #     116, 24, 223, 180, 151, 153, 224, 37, 79, 250, 96, 125, 216, 173, 187, 186, 22, 212, 37, 77,
//! #     105, 214, 191, 240, 91, 88, 5, 88, 83, 132, 141, 121,
//! # ]);
//! # let entropy = Entropy::from_bytes(octets);
//! let now = UnixTime::from_secs(1_700_000_000);
//! let (url, awaiting) = Flow::new(&client).scope("read_photos")?.redirect(entropy, now)?;
//! assert_eq!(
//!     url.as_str(),
//!     "https://as.example/authorize?response_type=code&client_id=s6BhdRkqt3\
//!      &redirect_uri=https%3A%2F%2Fclient.example%2Fcb&scope=read_photos\
//!      &state=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
//!      &code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256"
//! );
//!
//! // 2. While it is away, keep one value in the browser's session.
//! let browser = SessionBinding::new("the id of the browser's session");
//! let kept = awaiting.suspend(&browser).to_text();
//! assert!(kept.len() <= 300);
//!
//! // 3. The browser is back. `state` and `iss` are checked before anything else is looked at.
//! let awaiting = Flow::resume(&client, &Pending::from_text(&kept)?, &browser)?;
//! let callback = Callback::from_query(
//!     "code=SplxlOBeZQQYbYS6WxSbIA&state=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
//!      &iss=https%3A%2F%2Fas.example",
//! )?;
//! let code = awaiting.receive(callback, now)?;
//!
//! // 4. Exchange the code: a request out, a response in.
//! let request = code.request(now)?;
//! assert_eq!(request.method().as_str(), "POST");
//! assert_eq!(request.url().as_str(), "https://as.example/token");
//! assert_eq!(request.header("content-type"), Some("application/x-www-form-urlencoded"));
//! assert_eq!(
//!     request.body(),
//!     b"grant_type=authorization_code&code=SplxlOBeZQQYbYS6WxSbIA\
//!       &redirect_uri=https%3A%2F%2Fclient.example%2Fcb\
//!       &code_verifier=dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk&client_id=s6BhdRkqt3"
//! );
//! let json = [("Content-Type", "application/json")];
//! let response = Response::new(
//!     200,
//!     json,
//!     r#"{"access_token":"mF_9.B5f-4.1JqM","token_type":"Bearer","expires_in":3600,
//!         "refresh_token":"tGzv3JOkF0XG5Qx2TlKWIA"}"#,
//! );
//! let flow = code.receive(&response, now)?;
//! assert_eq!(flow.tokens().scope().as_str(), "read_photos");
//!
//! // 5. Call the API.
//! let call = flow.call(Request::get("https://api.example/photos".parse()?))?;
//! let request = call.request(now)?;
//! assert_eq!(request.header("authorization"), Some("Bearer mF_9.B5f-4.1JqM"));
//! let photos = call.receive(&Response::new(200, json, r#"["a","b"]"#), now)?;
//! assert_eq!(photos.json::<Vec<String>>()?, ["a", "b"]);
//!
//! // 6. An hour later the access token has ended. Refreshing takes the flow and gives it back.
//! let now = UnixTime::from_secs(1_700_003_600);
//! assert!(flow.needs_refresh(now));
//! let refresh = flow.refresh()?;
//! assert_eq!(
//!     refresh.request(now)?.body(),
//!     b"grant_type=refresh_token&refresh_token=tGzv3JOkF0XG5Qx2TlKWIA&client_id=s6BhdRkqt3"
//! );
//! let response = Response::new(200, json, r#"{"access_token":"2YotnFZFEjr1z","token_type":"Bearer"}"#);
//! let flow = refresh.receive(&response, now)?;
//! assert_eq!(flow.tokens().access_token().expose(), "2YotnFZFEjr1z");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # When a step fails
//! A step that may be tried again gives its state back inside [`Failure`]; `?` throws it away,
//! where nobody cares. What matters most on the callback page: a stray or forged hit is
//! [`Failure::Later`], and the login goes on.
//!
//! ```
//! # use grantflow::*;
//! # fn page(awaiting: Flow<AwaitingCallback>, query: &str, now: UnixTime) -> Result<(), Error> {
//! let code = match awaiting.receive(Callback::from_query(query)?, now) {
//!     Ok(code) => code,                                        // remove the session's entry
//!     Err(Failure::Later { error, .. }) => return Err(error),  // keep the entry: not our callback
//!     Err(over) => return Err(over.into()),                    // remove the entry: denied, too late
//! };
//! # Ok(()) }
//! ```
//!
//! # Around the code flow
//! Each of these is an exchange too: it makes a request, takes the reply, and runs over the same
//! adapter.
//!
//! | to | use | RFC |
//! | --- | --- | --- |
//! | find a server's endpoints | [`Discover`], then [`Client::negotiated`] | 8414 |
//! | find who guards a resource | [`Challenged::from_response`], [`DiscoverResource`] | 9728 |
//! | register at run time | [`AuthorizationServer::register`] | 7591, 7592 |
//! | begin as the server wants | [`Flow::start`]: [`redirect`](Flow::redirect) or [`push`](Flow::push) | 9126 |
//! | name what tokens are for | [`Flow::resource`], [`Flow::authorization_details`] | 8707, 9396 |
//! | bind tokens to a key | [`Client::bound_to`] | 9449 |
//! | authenticate without a secret | [`ClientAuth::private_key_jwt`], [`ClientAuth::tls_client_auth`] | 7523, 8705 |
//! | meet a resource's demand | [`Flow::step_up`] | 9470, 6750 |
//! | log a device in | [`Client::device`] | 8628 |
//! | act without a user | [`Client::client_credentials`], [`Client::jwt_bearer`] | 6749, 7523 |
//! | trade one token for another | [`Client::token_exchange`], [`Client::extension_grant`] | 8693 |
//! | ask about a token, or end it | [`Client::introspect`], [`Flow::revoke`] | 7662, 7009 |
//! | keep a profile's rules | [`Policy::mcp`], [`Policy::fapi2`] | |
//!
//! # What a program that uses only the public API cannot get wrong
//! - start a login without `state` and `redirect_uri`, or with a `state` that another login has
//!   ([`Entropy`] is spent);
//! - leave PKCE out, but for a confidential client that says so by name;
//! - exchange a code whose `state` and `iss` were not compared, or exchange one
//!   [`Flow<CodeReceived>`](Flow) twice;
//! - send what grantflow sends, codes, secrets and tokens, to a URL that is neither https nor
//!   loopback, or in a URL's query;
//! - show a [`Secret`], a flow or a request in a log by its `Debug` or `Display`;
//! - use a token of a type that is not understood, or refresh one [`Flow<Authorized>`](Flow)
//!   twice.
//!
//! What it can still get wrong: follow redirects in its own HTTP stack; keep a [`Pending`] after
//! its callback was received, and so exchange a code again; bind it to something that is not the
//! browser; keep it or the tokens in the open; log what `expose`, `store`, `to_text` or the body of
//! a request give out in clear; open a URL by way of a shell; share tokens between processes
//! without a lock.
//!
//! # Features
//! | feature | default | brings |
//! | --- | --- | --- |
//! | `std` | yes | [`UnixTime::now`], [`Flow::params`] from any `Serialize` type |
//! | `getrandom` | yes | [`Entropy::from_os`] |
//! | `es256` | no | `Es256Key`: signs proofs and assertions by a P-256 key in memory |
//! | `hs256` | no | `ClientAuth::secret_jwt` |
//! | `http` | no | conversions to and from the types of the `http` crate |
//!
//! Without features the crate is `no_std` and needs `alloc` and atomics.
//!
//! # Limits
//! Signed metadata, JARM and ID tokens are not read. Memory that grantflow frees holds no secret
//! any more, with these exceptions:
//! - a value that moves leaves its octets where it was: on the stack, and, for a flow before its
//!   code is exchanged, in the box of a [`Failure`] or of [`drive`] that it is taken out of;
//! - what was asked for by [`Flow::param`], and a server's own texts, such as a `user_code`;
//! - what others hold: the caller's texts and buffers, the HTTP stack's copies, the buffers in
//!   which `serde_json` builds a text or undoes escapes (serialise into memory that you wipe), and
//!   the intermediate values of a cryptographic library.
#![no_std]
#![forbid(unsafe_code)]
#![cfg_attr(test, allow(clippy::disallowed_macros))]
// No panic is reachable from outside: whatever can panic is spelled out of the core.
#![cfg_attr(
    not(test),
    deny(
        clippy::arithmetic_side_effects,
        clippy::as_conversions,
        clippy::disallowed_macros,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic,
        clippy::string_slice,
        clippy::todo,
        clippy::unimplemented,
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
pub mod preset;
mod token;
mod value;
mod wire;

pub use callback::Callback;
#[cfg(feature = "es256")]
pub use client::Es256Key;
pub use client::{
    ApplicationType, AuthorizationServer, BasicEncoding, Client, ClientAuth, ClientBuilder,
    ClientMetadata, Credentials, Pkce, Policy, ProofKey, PublicJwk, Quirks, ResourceMetadata,
    TokenRequestBody,
};
pub use error::{
    CallbackError, Challenge, Challenged, ConfigError, Error, ErrorCode, ProtocolError, Refusal,
    ServerText, StoredError, UrlProblem,
};
pub use exchange::{
    ActiveToken, Call, Discover, DiscoverResource, Exchange, Failure, HttpBuilder, HttpSettings,
    Introspect, Introspection, Register, Registration, ReplyBody, RunError, TransportError,
    Unregister, drive, drive_async,
};
pub use flow::{
    AuthorizationUrl, Authorized, AwaitingCallback, CodeReceived, DeviceAuthorization, DevicePoll,
    Flow, Grant, Pending, Push, Refresh, ResponseMode, Revoke, SessionBinding, Start, State,
    Unstarted,
};
pub use token::{StoredTokens, TokenType, Tokens};
pub use value::{
    Entropy, Issuer, IssuerMatch, RedirectUri, Resource, Scope, Secret, SecureUrl, UnixTime,
};
pub use wire::{Form, Method, Request, Response};
