//! Named deviations of real providers.

use crate::wire::Response;
use alloc::{string::String, vec::Vec};
use core::time::Duration;

/// What a provider does against the RFCs, each deviation by its name. None by default.
///
/// There is no switch that skips a check of `state`, `iss` or PKCE's method.
///
/// ```
/// # use grantflow::Quirks;
/// let mut mailchimp = Quirks::default();
/// mailchimp.expires_in_zero_means_never = true;
/// ```
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Quirks {
    /// A token reply may have status 201.
    pub accept_201: bool,
    /// A pushed authorization request may be answered with status 200.
    pub accept_par_200: bool,
    /// How the client id and secret are written into the Basic header.
    pub basic_encoding: BasicEncoding,
    /// A token reply may call its JSON or form `text/plain`, `text/html` or `text/javascript`;
    /// the body's first character tells which it is.
    pub body_sniff: bool,
    /// The name that `client_id` has here (TikTok: `client_key`).
    pub client_id_param: Option<&'static str>,
    /// The name that `client_secret` has here.
    pub client_secret_param: Option<&'static str>,
    /// The name that `code` has in the callback (Amazon: `spapi_oauth_code`).
    pub code_param: Option<&'static str>,
    /// The lifetime of tokens that come without one.
    pub default_expires_in: Option<Duration>,
    /// Where `expires_in` is missing, `expires` is read as seconds from now and `expires_at` as
    /// a Unix time.
    pub expires_alias: bool,
    /// `"expires_in": 0` means that the token does not expire (Mailchimp).
    pub expires_in_zero_means_never: bool,
    /// A token reply may leave `token_type` out.
    pub missing_token_type_is_bearer: bool,
    /// Whether PKCE is sent.
    pub pkce: Pkce,
    /// Rewrites of a reply before it is read, in order: for wrapped bodies, renamed members and
    /// whatever else no switch covers. They must be pure.
    pub rewrites: Vec<fn(Response) -> Response>,
    /// What stands between two scopes, sent and received, where it is not a space.
    pub scope_separator: Option<char>,
    /// How the body of a token request is written.
    pub token_request_body: TokenRequestBody,
    /// Values of `token_type` that mean Bearer here, in any case (eBay: `User Access Token`).
    pub token_type_aliases: Vec<String>,
}

impl Quirks {
    /// What stands between two scopes.
    pub(crate) fn separator(&self) -> char {
        self.scope_separator.unwrap_or(' ')
    }
}

/// How client id and secret become the Basic header.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum BasicEncoding {
    /// Form-encoded first (RFC 6749 section 2.3.1).
    #[default]
    Form,
    /// As they are (RFC 7617 section 2), which many servers expect against RFC 6749.
    Raw,
}

/// Whether PKCE is sent (RFC 7636).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Pkce {
    /// Always, by S256.
    #[default]
    S256,
    /// Not at all, for the few providers that refuse it; for confidential clients only.
    Off,
}

/// How the body of a token request is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum TokenRequestBody {
    /// `application/x-www-form-urlencoded` (RFC 6749 section 4.1.3).
    #[default]
    Form,
    /// `application/json` (Notion).
    Json,
}
