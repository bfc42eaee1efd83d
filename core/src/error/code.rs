//! The `error` values that the RFCs define.

use super::ServerText;
use core::fmt;

/// One table for the variant, its text and its source; a function could not keep the three in step.
macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $text:literal,)*) => {
        /// The `error` value of a refusal (RFC 6749 sections 4.1.2.1 and 5.2, and its extensions).
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum ErrorCode {
            $($(#[$doc])* $variant,)*
            /// A code that no RFC known to this version defines.
            Other(ServerText),
        }

        impl ErrorCode {
            /// The code as the server wrote it.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)*
                    Self::Other(text) => text.as_str(),
                }
            }
        }

        impl From<&str> for ErrorCode {
            fn from(text: &str) -> Self {
                match text {
                    $($text => Self::$variant,)*
                    other => Self::Other(other.into()),
                }
            }
        }
    };
}

codes! {
    /// The user or the server denied the request (RFC 6749).
    AccessDenied = "access_denied",
    /// The user must choose an account (OpenID Connect Core 3.1.2.6).
    AccountSelectionRequired = "account_selection_required",
    /// The user has not finished yet (RFC 8628).
    AuthorizationPending = "authorization_pending",
    /// The user must consent (OpenID Connect Core 3.1.2.6).
    ConsentRequired = "consent_required",
    /// The device code has expired (RFC 8628).
    ExpiredToken = "expired_token",
    /// The token's scope does not reach (RFC 6750).
    InsufficientScope = "insufficient_scope",
    /// The resource wants a fresher or stronger login (RFC 9470).
    InsufficientUserAuthentication = "insufficient_user_authentication",
    /// The user must act, but was not to be asked (OpenID Connect Core 3.1.2.6).
    InteractionRequired = "interaction_required",
    /// The authorization details are malformed or unknown (RFC 9396).
    InvalidAuthorizationDetails = "invalid_authorization_details",
    /// Client authentication failed (RFC 6749).
    InvalidClient = "invalid_client",
    /// A registration value is refused (RFC 7591).
    InvalidClientMetadata = "invalid_client_metadata",
    /// The DPoP proof is refused (RFC 9449).
    InvalidDpopProof = "invalid_dpop_proof",
    /// The code or refresh token is invalid, expired, revoked or another client's (RFC 6749).
    InvalidGrant = "invalid_grant",
    /// A redirect URI is refused at registration (RFC 7591).
    InvalidRedirectUri = "invalid_redirect_uri",
    /// A parameter is missing, repeated or malformed (RFC 6749).
    InvalidRequest = "invalid_request",
    /// The request object is refused (RFC 9101).
    InvalidRequestObject = "invalid_request_object",
    /// The `request_uri` is refused or expired (RFC 9101).
    InvalidRequestUri = "invalid_request_uri",
    /// The scope is unknown, malformed or too wide (RFC 6749).
    InvalidScope = "invalid_scope",
    /// The software statement is refused (RFC 7591).
    InvalidSoftwareStatement = "invalid_software_statement",
    /// The resource is unknown or malformed (RFC 8707).
    InvalidTarget = "invalid_target",
    /// The access token is expired, revoked or malformed (RFC 6750).
    InvalidToken = "invalid_token",
    /// The user must log in, but was not to be asked (OpenID Connect Core 3.1.2.6).
    LoginRequired = "login_required",
    /// `registration` is not supported (OpenID Connect Core 3.1.2.6).
    RegistrationNotSupported = "registration_not_supported",
    /// `request` is not supported (OpenID Connect Core 3.1.2.6).
    RequestNotSupported = "request_not_supported",
    /// `request_uri` is not supported (OpenID Connect Core 3.1.2.6).
    RequestUriNotSupported = "request_uri_not_supported",
    /// The server met an unexpected condition (RFC 6749).
    ServerError = "server_error",
    /// Poll less often (RFC 8628).
    SlowDown = "slow_down",
    /// The server is overloaded or in maintenance (RFC 6749).
    TemporarilyUnavailable = "temporarily_unavailable",
    /// The client may not use this grant or response type (RFC 6749).
    UnauthorizedClient = "unauthorized_client",
    /// The software statement is not approved (RFC 7591).
    UnapprovedSoftwareStatement = "unapproved_software_statement",
    /// The requested authentication context cannot be met (OpenID Connect).
    UnmetAuthenticationRequirements = "unmet_authentication_requirements",
    /// The server does not support this grant type (RFC 6749).
    UnsupportedGrantType = "unsupported_grant_type",
    /// The server does not support this response type (RFC 6749).
    UnsupportedResponseType = "unsupported_response_type",
    /// The server cannot revoke this kind of token (RFC 7009).
    UnsupportedTokenType = "unsupported_token_type",
    /// The server demands its nonce in the DPoP proof (RFC 9449).
    UseDpopNonce = "use_dpop_nonce",
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Other(text) => text.fmt(f),
            known => f.write_str(known.as_str()),
        }
    }
}
