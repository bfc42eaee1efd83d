//! Mistakes of the application, found before anything is sent.

use alloc::boxed::Box;
use core::fmt;

/// A mistake in the configuration, or in what the application asked for.
///
/// Nothing was sent and nothing is lost.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ConfigError {
    /// An authorization detail is no object with a `type` (RFC 9396 section 2).
    AuthorizationDetails,
    /// The client id is empty.
    ClientId,
    /// A custom client authentication gave a header or parameter that it may not set.
    Credentials,
    /// The operating system gave no randomness.
    Entropy,
    /// A header name or value of a request holds characters that HTTP does not allow.
    Header,
    /// A request cannot be expressed in the types of the `http` crate.
    Http,
    /// The policy demands an issuer, and none is configured (RFC 9207 section 2.4).
    IssuerRequired,
    /// A key is malformed, or of another kind than it should be.
    Key,
    /// The HTTP method is not a token (RFC 9110 section 9.1).
    Method,
    /// Something that this step needs was never configured; the text names it.
    Missing(&'static str),
    /// The server's metadata lists none of the ways that the client offers to authenticate.
    NoCommonAuthentication,
    /// The tokens hold no refresh token.
    NoRefreshToken,
    /// The call's origin is not among the client's resource origins, or not, where the policy
    /// demands resources, that of one.
    Origin,
    /// Parameters did not serialise to a flat list of names and values.
    Parameters,
    /// The policy demands that the server's metadata advertise PKCE, and it is silent.
    PkceNotAdvertised,
    /// PKCE may be switched off for a confidential client only, and only where the policy does
    /// not demand it (RFC 9700 section 2.1.1).
    PkceOff,
    /// The server lists its PKCE methods, and S256 is not among them (RFC 9700 section 2.1.1).
    PkceUnsupported,
    /// The policy does not let the browser come back by a private-use scheme.
    PrivateUseRedirect,
    /// A public client has nothing to authenticate with (RFC 6749 section 4.4).
    PublicClient,
    /// The server or the policy takes pushed authorization requests only (RFC 9126 section 5).
    PushRequired,
    /// With `BasicEncoding::Raw` a client id cannot hold a colon (RFC 7617 section 2).
    RawClientId,
    /// A parameter that grantflow itself sends was given as an extra one.
    ReservedParameter(Box<str>),
    /// A parameter was given twice (RFC 6749 section 3.1).
    RepeatedParameter(Box<str>),
    /// A call already carries an `Authorization` or `DPoP` header.
    ReservedHeader,
    /// The policy demands to name what the tokens are for (RFC 8707 section 2).
    ResourceRequired,
    /// A scope holds a character outside the alphabet of RFC 6749 section 3.3.
    Scope,
    /// A refresh asked for a scope that was not granted (RFC 6749 section 6).
    ScopeNotGranted,
    /// A key could not sign.
    Signing,
    /// A token is empty or holds characters that a request cannot carry (RFC 6749 appendix A).
    Token,
    /// A URL or URI that grantflow does not accept.
    Url {
        /// What the URL was for: `URL`, `issuer`, `redirect URI`.
        what: &'static str,
        /// What is wrong with it.
        problem: UrlProblem,
    },
}

/// What is wrong with a URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum UrlProblem {
    /// It has a fragment.
    Fragment,
    /// It is no absolute URL.
    NotAbsolute,
    /// A private-use scheme has no dot (RFC 8252 section 7.1).
    PrivateUse,
    /// It has a query.
    Query,
    /// A URL parser would mend it: back slashes, white space, dot segments, odd hosts.
    Rewritten,
    /// It is neither https, nor http to a loopback address.
    Scheme,
    /// It has user info.
    UserInfo,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::AuthorizationDetails => "an authorization detail is no object with a type",
            Self::ClientId => "the client id is empty",
            Self::Credentials => {
                "the custom client authentication gave a header or parameter that it may not set"
            }
            Self::Entropy => "the operating system gave no randomness",
            Self::Header => "a header name or value holds characters that HTTP does not allow",
            Self::Http => "the request cannot be expressed in the types of the http crate",
            Self::IssuerRequired => {
                "the policy demands an issuer; set it with AuthorizationServer::with_issuer"
            }
            Self::Key => "the key is malformed, or of another kind than it should be",
            Self::Method => "the HTTP method is not a token",
            Self::Missing(what) => return write!(f, "no {what} is configured"),
            Self::NoCommonAuthentication => {
                "the server supports none of the client's ways to authenticate"
            }
            Self::NoRefreshToken => "there is no refresh token; the user must sign in again",
            Self::Origin => "the call goes to an origin that the tokens are not for",
            Self::Parameters => "the parameters are not a flat list of names and values",
            Self::PkceNotAdvertised => {
                "the policy demands that the server advertise PKCE, and its metadata is silent"
            }
            Self::PkceOff => {
                "PKCE can be switched off for a confidential client only, and not under this policy"
            }
            Self::PkceUnsupported => "the server's metadata lists PKCE methods without S256",
            Self::PrivateUseRedirect => {
                "the policy demands an https or a loopback redirect URI, and this one has a \
                 private-use scheme"
            }
            Self::PublicClient => "a public client cannot do this: it has no credentials",
            Self::PushRequired => {
                "only a pushed authorization request is taken here; begin with Flow::start"
            }
            Self::RawClientId => "a client id with a colon cannot be sent by BasicEncoding::Raw",
            Self::ReservedParameter(name) => {
                return write!(f, "the parameter {name:?} is set by grantflow itself");
            }
            Self::RepeatedParameter(name) => {
                return write!(f, "the parameter {name:?} is given twice");
            }
            Self::ReservedHeader => {
                "the Authorization and DPoP headers are set by grantflow itself"
            }
            Self::ResourceRequired => "the policy demands a resource; name what the tokens are for",
            Self::Scope => "a scope holds a character that RFC 6749 section 3.3 does not allow",
            Self::ScopeNotGranted => "a refresh cannot ask for a scope that was not granted",
            Self::Signing => "the key could not sign",
            Self::Token => "a token is empty or holds characters that a request cannot carry",
            Self::Url { what, problem } => return write!(f, "the {what} {problem}"),
        })
    }
}

impl fmt::Display for UrlProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Fragment => "must not have a fragment",
            Self::NotAbsolute => "is not an absolute URL",
            Self::PrivateUse => "has a private-use scheme without a dot",
            Self::Query => "must not have a query",
            Self::Rewritten => "is not in the form that a URL parser would leave as it is",
            Self::Scheme => "must be https, or http to a loopback address",
            Self::UserInfo => "must not have user info",
        })
    }
}

impl core::error::Error for ConfigError {}
