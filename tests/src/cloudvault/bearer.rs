//! Who may use the resource API (RFC 6750).

use http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use http::{Request, Response, StatusCode};

use super::Context;
use super::params::Params;
use super::reply;
use super::user::User;

/// The user behind the token, or the challenge to answer with. A token in the query or in a form
/// is not read: this server offers the header only (section 2.1).
pub(super) fn authorize<'a>(
    context: &'a Context<'_>,
    request: &Request<Vec<u8>>,
    required_scope: Option<&str>,
) -> Result<&'a User, Challenge> {
    if Params::from_query(request).get("access_token").is_some() {
        return Err(Challenge::invalid_request("the token belongs in the header"));
    }
    let token = match header(request) {
        Header::Bearer(token) => token,
        Header::Absent => return Err(Challenge::no_token()),
        Header::Malformed => return Err(Challenge::invalid_request("malformed header")),
    };
    let (grant, scope) =
        context.store.access_token(token, context.now).ok_or_else(Challenge::invalid_token)?;
    if let Some(required) = required_scope.filter(|required| !scope.contains(required)) {
        return Err(Challenge::insufficient_scope(required));
    }
    let user = context.config.find_user(&grant.subject);
    user.ok_or_else(Challenge::invalid_token)
}

enum Header<'a> {
    Bearer(&'a str),
    Absent,
    Malformed,
}

fn header(request: &Request<Vec<u8>>) -> Header<'_> {
    let mut headers = request.headers().get_all(AUTHORIZATION).iter();
    let Some(header) = headers.next() else {
        return Header::Absent;
    };
    let (Ok(text), None) = (header.to_str(), headers.next()) else {
        return Header::Malformed;
    };
    let (scheme, token) = text.split_once(' ').unwrap_or((text, ""));
    let token = token.trim_matches(' ');
    if !scheme.eq_ignore_ascii_case("Bearer") {
        Header::Absent
    } else if is_b64token(token) {
        Header::Bearer(token)
    } else {
        Header::Malformed
    }
}

/// Section 2.1
fn is_b64token(text: &str) -> bool {
    let body = text.trim_end_matches('=');
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~+/".contains(&byte);
    !body.is_empty() && body.bytes().all(allowed)
}

/// Why not (section 3), for the `WWW-Authenticate` header.
pub(super) struct Challenge {
    status: StatusCode,
    parameters: String,
}

impl Challenge {
    /// Section 3.1: who shows no token is told nothing but the way in.
    fn no_token() -> Self {
        Self { status: StatusCode::UNAUTHORIZED, parameters: String::new() }
    }

    fn invalid_token() -> Self {
        let words = "unknown, expired or revoked";
        Self {
            status: StatusCode::UNAUTHORIZED,
            parameters: format!(r#", error="invalid_token", error_description="{words}""#),
        }
    }

    fn invalid_request(words: &str) -> Self {
        Self {
            status: StatusCode::BAD_REQUEST,
            parameters: format!(r#", error="invalid_request", error_description="{words}""#),
        }
    }

    fn insufficient_scope(required: &str) -> Self {
        Self {
            status: StatusCode::FORBIDDEN,
            parameters: format!(r#", error="insufficient_scope", scope="{required}""#),
        }
    }

    pub(super) fn to_response(&self) -> Response<Vec<u8>> {
        let mut response = Response::new(Vec::new());
        *response.status_mut() = self.status;
        let value = format!(r#"Bearer realm="CloudVault"{}"#, self.parameters);
        reply::set(&mut response, WWW_AUTHENTICATE, &value);
        reply::no_store(&mut response);
        response
    }
}
