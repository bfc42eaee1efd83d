//! Clients that sign who they are (RFC 7523 section 2.2): `private_key_jwt`, `client_secret_jwt`.

use super::Context;
use super::jwt::Jwt;

/// The only kind of assertion.
pub(super) const TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// How far ahead an assertion may expire. Seconds.
const MAX_LIFETIME: u64 = 300;

/// What assertions of clients and of trusted issuers have in common (section 3): a recipient, who
/// is the issuer as the one string in `aud`, an end that is near, a `jti` that was never here.
pub(super) fn check_claims(
    context: &mut Context<'_>,
    jwt: &Jwt<'_>,
    kind: &'static str,
) -> Result<(), &'static str> {
    let now = context.now;
    if jwt.claim("aud") != Some(context.config.issuer.as_str()) {
        return Err("aud is not the issuer as one string");
    }
    let expires_at = jwt.time("exp").ok_or("exp is missing")?;
    if expires_at <= now {
        return Err("the assertion has expired");
    }
    if expires_at > now + MAX_LIFETIME {
        return Err("the assertion lives longer than 300 seconds");
    }
    if !jwt.has_come("iat", now) || !jwt.has_come("nbf", now) {
        return Err("the assertion is from the future");
    }
    let jti = jwt.claim("jti").filter(|jti| !jti.is_empty()).ok_or("jti is missing")?;
    let issuer = jwt.claim("iss").unwrap_or_default();
    if context.replays.is_new(kind, &format!("{issuer} {jti}"), now, expires_at) {
        Ok(())
    } else {
        Err("the assertion has been used")
    }
}

/// Whose assertion it says it is, before anything is verified.
pub(super) fn claimed_client_id(assertion: &str) -> Option<String> {
    Jwt::parse(assertion)?.claim("sub").map(ToOwned::to_owned)
}

/// Checks the assertion of a client. `is_signed` verifies its signature.
pub(super) fn check(
    context: &mut Context<'_>,
    client_id: &str,
    assertion: &str,
    is_signed: impl FnOnce(&Jwt<'_>) -> bool,
) -> Result<(), &'static str> {
    let jwt = Jwt::parse(assertion).ok_or("the assertion is not a JSON Web Token")?;
    // Absent, or one of the two values that are in use.
    let known_type = ["JWT", "client-authentication+jwt"];
    if jwt.header("typ").is_some() && !known_type.iter().any(|typ| jwt.header_is("typ", typ)) {
        return Err("typ is not that of a client assertion");
    }
    if !is_signed(&jwt) {
        return Err("the signature is not by the key of this client");
    }
    if jwt.claim("iss") != Some(client_id) || jwt.claim("sub") != Some(client_id) {
        return Err("iss and sub are not both the client_id");
    }
    check_claims(context, &jwt, "client_assertion")
}
