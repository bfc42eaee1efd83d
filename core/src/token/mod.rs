//! Tokens: what an authorization server grants.

mod stored;
mod stored_lists;
mod tokens;

pub use stored::StoredTokens;
pub(crate) use tokens::Scopes;
pub use tokens::{TokenType, Tokens};
