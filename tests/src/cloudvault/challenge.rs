//! Why the resource API says no, in `WWW-Authenticate` (RFC 6750 section 3, RFC 9449 section 7.1).

use http::header::WWW_AUTHENTICATE;
use http::{HeaderValue, Response, StatusCode};

use super::reply;

/// A refusal.
pub(super) struct Challenge {
    status: StatusCode,
    scheme: Scheme,
    parameters: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Scheme {
    Bearer,
    Dpop,
}

impl Scheme {
    /// What is true of every request.
    fn in_words(self) -> &'static str {
        match self {
            Self::Bearer => r#"Bearer realm="CloudVault""#,
            Self::Dpop => r#"DPoP realm="CloudVault", algs="ES256""#,
        }
    }
}

impl Challenge {
    /// RFC 6750 section 3.1: who shows no token is told nothing but the ways in.
    pub(super) fn no_token() -> Self {
        Self { status: StatusCode::UNAUTHORIZED, scheme: Scheme::Bearer, parameters: String::new() }
    }

    pub(super) fn invalid_token(words: &str) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "invalid_token", words)
    }

    pub(super) fn invalid_request(words: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalid_request", words)
    }

    /// Of a request that came with a proof, or should have.
    pub(super) fn dpop(error: &str, words: &str) -> Self {
        Self { scheme: Scheme::Dpop, ..Self::new(StatusCode::UNAUTHORIZED, error, words) }
    }

    pub(super) fn insufficient_scope(required: &str) -> Self {
        let mut challenge =
            Self::new(StatusCode::FORBIDDEN, "insufficient_scope", "the token opens less");
        challenge.parameters += &format!(r#", scope="{required}""#);
        challenge
    }

    /// RFC 9470 section 3
    pub(super) fn insufficient_user_authentication(acr: &str, max_age: u64) -> Self {
        let mut challenge = Self::new(
            StatusCode::UNAUTHORIZED,
            "insufficient_user_authentication",
            "a stronger or a more recent sign-in is needed",
        );
        challenge.parameters += &format!(r#", acr_values="{acr}", max_age="{max_age}""#);
        challenge
    }

    fn new(status: StatusCode, error: &str, words: &str) -> Self {
        let parameters = format!(r#", error="{error}", error_description="{words}""#);
        Self { status, scheme: Scheme::Bearer, parameters }
    }

    /// One header line for each scheme, the one that failed first. `metadata` is the URL of the
    /// resource's metadata, if the server tells (RFC 9728 section 5.1).
    pub(super) fn to_response(&self, metadata: Option<&str>) -> Response<Vec<u8>> {
        let mut response = Response::new(Vec::new());
        *response.status_mut() = self.status;
        let other = match self.scheme {
            Scheme::Bearer => Scheme::Dpop,
            Scheme::Dpop => Scheme::Bearer,
        };
        let metadata = metadata.map(|url| format!(r#", resource_metadata="{url}""#));
        let metadata = metadata.filter(|_| self.status == StatusCode::UNAUTHORIZED);
        let metadata = metadata.as_deref().unwrap_or_default();
        let first = format!("{}{}{metadata}", self.scheme.in_words(), self.parameters);
        reply::set(&mut response, WWW_AUTHENTICATE, &first);
        if self.status == StatusCode::UNAUTHORIZED {
            let second = HeaderValue::from_str(&format!("{}{metadata}", other.in_words()))
                .expect("URLs have no control character");
            response.headers_mut().append(WWW_AUTHENTICATE, second);
        }
        response
    }
}
