//! What a program that uses only the public API cannot get wrong.
//!
//! Each item below is one mistake: a program that does not compile, and directly after it the
//! same program without the mistake, which does. The error code is part of the test; it is
//! compared on nightly (`cargo +nightly test --doc -p grantflow-tests`), and stable checks that
//! the one fails and the other does not.
//!
//! In words:
//!
//! * The steps come in [`order`]. No code is exchanged, no token used and nothing refreshed or
//!   stored before the step that makes it possible, and no callback is taken before the start or
//!   after the end.
//! * What is spent is gone: a code, a callback's turn, the randomness of a login and a refresh
//!   token on its way are used [`once`], and nothing that would allow a second time can be copied.
//! * [`secrets`] are not printed, serialised or read in passing. `state`, `code_verifier`, the
//!   code and a callback that is not verified yet are not read at all.
//! * Private [`keys`] are not printed, serialised or mistaken for public ones.
//! * A [`forgery`] has no constructor: `state` is not chosen, a step is not skipped by putting its
//!   result together, and what carries a token is not turned elsewhere.
//! * A [`client`] is used only after it was checked, and keeps its rules. There is no switch for
//!   `state`, and no PKCE but S256.
//! * Tokens, codes and client secrets go to [`urls`] that were checked, never to a text or to any
//!   URL, and an issuer is not compared after a parser normalised it.
//! * The [`arguments`] of a step are not mistaken for one another: a callback for a reply, a
//!   number for a time, a resource's answer for tokens; and none is left out, neither the
//!   randomness nor the browser session.
//! * What stands [`around`] the code flow keeps its own order: a pushed request is taken by one
//!   browser, a device polls no longer than it may, tokens that are given back are gone, and no
//!   document is used that was not compared.
//! * [`errors`] are not overlooked, neither those that exist nor those to come.
//!
//! What types cannot see is checked when the program runs: that `state` and `iss` are the right
//! ones, that the browser is the one that started, that a reply keeps to the protocol.

pub mod arguments;
pub mod around;
pub mod client;
pub mod errors;
pub mod forgery;
pub mod keys;
pub mod once;
pub mod order;
pub mod secrets;
pub mod urls;
