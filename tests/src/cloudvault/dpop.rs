//! Proofs that a client holds a key (RFC 9449).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::Request;
use sha2::{Digest as _, Sha256};
use url::Url;

use super::Context;
use super::error::ErrorResponse;
use super::jwk::PublicJwk;
use super::jwt::{Jwt, LEEWAY};
use super::nonce::{self, Role};

/// How old a proof may be. Seconds.
const LIFETIME: u64 = 60;

/// Checks the proof of a request (section 4.3): the thumbprint of its key, or `None` when there is
/// no proof. A request to the resource server proves the key of its access token as well.
pub(super) fn prove(
    context: &mut Context<'_>,
    request: &Request<Vec<u8>>,
    role: Role,
    access_token: Option<&str>,
) -> Result<Option<String>, ErrorResponse> {
    let mut headers = request.headers().get_all("dpop").iter();
    let Some(header) = headers.next() else {
        return Ok(None);
    };
    if headers.next().is_some() {
        return Err(invalid("more than one proof"));
    }
    let jwt = header
        .to_str()
        .ok()
        .and_then(Jwt::parse)
        .ok_or_else(|| invalid("the proof is not a JSON Web Token"))?;
    if !jwt.header_is("typ", "dpop+jwt") {
        return Err(invalid("typ is not dpop+jwt"));
    }
    let key = jwt
        .header("jwk")
        .and_then(PublicJwk::from_json)
        .ok_or_else(|| invalid("jwk is not a public P-256 key"))?;
    if !jwt.is_es256_by(&key) {
        return Err(invalid("the signature is not ES256 by the key in jwk"));
    }
    check_claims(context, request, &jwt, access_token)?;
    if !nonce::is_good(context, role, jwt.claim("nonce")) {
        return Err(ErrorResponse::new("use_dpop_nonce", "the proof needs the nonce given here"));
    }
    Ok(Some(key.thumbprint()))
}

fn check_claims(
    context: &mut Context<'_>,
    request: &Request<Vec<u8>>,
    jwt: &Jwt<'_>,
    access_token: Option<&str>,
) -> Result<(), ErrorResponse> {
    if jwt.claim("htm") != Some(request.method().as_str()) {
        return Err(invalid("htm is not the method of this request"));
    }
    let (origin, _) = context.config.origin_and_path();
    let mut origins = [Some(origin), context.config.mtls_origin.as_deref()].into_iter().flatten();
    let is_here = |htu: &str| {
        origins.any(|origin| is_same_target(htu, &format!("{origin}{}", request.uri().path())))
    };
    if !jwt.claim("htu").is_some_and(is_here) {
        return Err(invalid("htu is not the URI of this request without its query"));
    }
    let now = context.now;
    let fresh = |iat: u64| iat <= now + LEEWAY && now <= iat + LIFETIME;
    if !jwt.time("iat").is_some_and(fresh) {
        return Err(invalid("iat is missing, too old or in the future"));
    }
    if let Some(token) = access_token {
        let hash = URL_SAFE_NO_PAD.encode(Sha256::digest(token));
        if jwt.claim("ath") != Some(hash.as_str()) {
            return Err(invalid("ath is not the hash of the access token"));
        }
    }
    // Before the nonce: a second try with a nonce is a request with a proof of its own.
    let jti = jwt.claim("jti").filter(|jti| !jti.is_empty());
    let jti = jti.ok_or_else(|| invalid("jti is missing"))?;
    if context.replays.is_new("dpop", jti, now, now + LIFETIME + LEEWAY) {
        Ok(())
    } else {
        Err(invalid("the proof has been used"))
    }
}

/// After the normalization of scheme, host and port (section 4.3), and of nothing else.
fn is_same_target(htu: &str, target: &str) -> bool {
    match (Url::parse(htu), Url::parse(target)) {
        (Ok(given), Ok(target)) => given == target,
        _ => false,
    }
}

fn invalid(words: &'static str) -> ErrorResponse {
    ErrorResponse::new("invalid_dpop_proof", words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_the_same_after_normalization_only() {
        let target = "https://vault.example/token";
        for same in ["https://vault.example/token", "HTTPS://VAULT.example:443/token"] {
            assert!(is_same_target(same, target), "{same}");
        }
        for other in [
            "https://vault.example/token/",
            "https://vault.example/Token",
            "https://vault.example/token?x=1",
            "https://vault.example/token?",
            "https://vault.example/token#x",
            "https://vault.example:444/token",
            "http://vault.example/token",
            "/token",
        ] {
            assert!(!is_same_target(other, target), "{other}");
        }
    }
}
