//! Who may use the resource API: with a token (RFC 6750), with a token and a proof (RFC 9449
//! section 7), with a token and a certificate (RFC 8705 section 3).

use http::header::AUTHORIZATION;
use http::{Request, Response};
use serde_json::Value;

use super::Context;
use super::access::Access;
use super::authentication::{Authentication, STRONG};
use super::certificate;
use super::challenge::Challenge;
use super::dpop;
use super::nonce::{self, Role};
use super::params::Params;
use super::reply;
use super::store::{AccessToken, Grant};
use super::user::User;

/// The paths of the resource API. Each is a resource with metadata of its own.
pub(super) const PROTECTED: [&str; 4] = ["/albums", "/me", "/photos", "/vaulted"];

/// Who has come in.
pub(super) struct Caller {
    /// A client that acts for itself comes as somebody without photos.
    pub(super) user: User,
    pub(super) access: Access,
    authentication: Option<Authentication>,
}

impl Caller {
    pub(super) fn must_have_scope(&self, scope: &str) -> Result<(), Challenge> {
        let granted = self.access.scope.contains(scope);
        if granted { Ok(()) } else { Err(Challenge::insufficient_scope(scope)) }
    }

    /// RFC 9470 section 3
    pub(super) fn must_have_signed_in(
        &self,
        max_age: u64,
        context: &Context<'_>,
    ) -> Result<(), Challenge> {
        let enough = |by: &Authentication| {
            by.is_strong_enough(Some(STRONG)) && context.now <= by.auth_time + max_age
        };
        if self.authentication.as_ref().is_some_and(enough) {
            Ok(())
        } else {
            Err(Challenge::insufficient_user_authentication(STRONG, max_age))
        }
    }
}

/// The JSON that the caller gets, or the challenge.
pub(super) fn answer(
    context: &mut Context<'_>,
    request: &Request<Vec<u8>>,
    reply: impl FnOnce(&Context<'_>, &Caller) -> Result<Value, Challenge>,
) -> Response<Vec<u8>> {
    let answer = enter(context, request).and_then(|caller| reply(context, &caller));
    let mut response = match answer {
        Ok(value) => reply::json(&value),
        Err(challenge) => {
            let (origin, _) = context.config.origin_and_path();
            let path = request.uri().path();
            let metadata = context
                .config
                .resource_metadata_in_challenges
                .then(|| format!("{origin}/.well-known/oauth-protected-resource{path}"));
            challenge.to_response(metadata.as_deref())
        }
    };
    reply::no_store(&mut response);
    nonce::advertise(context, Role::ResourceServer, &mut response);
    response
}

/// A token in the query or in a form is not read: this server offers the header only
/// (RFC 6750 section 2.1).
fn enter(context: &mut Context<'_>, request: &Request<Vec<u8>>) -> Result<Caller, Challenge> {
    if Params::from_query(request).get("access_token").is_some() {
        return Err(Challenge::invalid_request("the token belongs in the header"));
    }
    match header(request) {
        Header::Bearer(token) => {
            let (grant, token) = find(context, token, request).map_err(Challenge::invalid_token)?;
            // RFC 9449 section 7.2: no downgrade.
            if token.cnf.jkt.is_some() {
                return Err(Challenge::invalid_token("the token is bound to a key"));
            }
            caller(context, grant, token)
        }
        Header::Dpop(token) => {
            let jkt = dpop::prove(context, request, Role::ResourceServer, Some(token))
                .map_err(|error| Challenge::dpop(error.error, error.error_description))?
                .ok_or_else(|| Challenge::dpop("invalid_dpop_proof", "there is no proof"))?;
            let invalid_token = |words| Challenge::dpop("invalid_token", words);
            let (grant, token) = find(context, token, request).map_err(invalid_token)?;
            if token.cnf.jkt != Some(jkt) {
                return Err(invalid_token("the token is not bound to the key of the proof"));
            }
            caller(context, grant, token)
        }
        Header::Absent => Err(Challenge::no_token()),
        Header::Malformed => Err(Challenge::invalid_request("malformed header")),
    }
}

/// A token that is valid now, meant for this resource (RFC 8707 section 2) and not bound to
/// another connection's certificate.
fn find<'a>(
    context: &'a Context<'_>,
    token: &str,
    request: &Request<Vec<u8>>,
) -> Result<(&'a Grant, &'a AccessToken), &'static str> {
    let (grant, token) =
        context.store.access_token(token, context.now).ok_or("unknown, expired or revoked")?;
    let bound = &token.cnf.x5t_s256;
    if bound.is_some() && *bound != certificate::thumbprint(request) {
        return Err("the token is bound to another certificate");
    }
    let (origin, _) = context.config.origin_and_path();
    let here = format!("{origin}{}", request.uri().path());
    let meant = |resource: &String| *resource == here || *resource == context.config.issuer;
    if token.access.resources.iter().any(meant) {
        Ok((grant, token))
    } else {
        Err("the token is for another resource")
    }
}

fn caller(context: &Context<'_>, grant: &Grant, token: &AccessToken) -> Result<Caller, Challenge> {
    let user = match &grant.subject {
        Some(subject) => context.config.find_user(subject).cloned(),
        None => context
            .find_client(&grant.client_id)
            .map(|client| User::nobody(client.client_id, client.client_name)),
    };
    Ok(Caller {
        user: user.ok_or_else(|| Challenge::invalid_token("its owner is gone"))?,
        access: token.access.clone(),
        authentication: grant.authentication.clone(),
    })
}

enum Header<'a> {
    Bearer(&'a str),
    Dpop(&'a str),
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
    let is_bearer = scheme.eq_ignore_ascii_case("Bearer");
    if !is_bearer && !scheme.eq_ignore_ascii_case("DPoP") {
        Header::Absent
    } else if !is_b64token(token) {
        Header::Malformed
    } else if is_bearer {
        Header::Bearer(token)
    } else {
        Header::Dpop(token)
    }
}

/// RFC 6750 section 2.1
fn is_b64token(text: &str) -> bool {
    let body = text.trim_end_matches('=');
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~+/".contains(&byte);
    !body.is_empty() && body.bytes().all(allowed)
}
