//! JSON Web Tokens as others sign them for this server (RFC 7515, RFC 7519).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Map, Value};
use sha2::Sha256;

use super::jwk::PublicJwk;

/// How far ahead another clock may be. Seconds.
pub(super) const LEEWAY: u64 = 5;

/// A token in its compact form. Nothing in it is true before its signature is verified.
pub(super) struct Jwt<'a> {
    header: Map<String, Value>,
    claims: Map<String, Value>,
    signed: &'a str,
    signature: Vec<u8>,
}

impl<'a> Jwt<'a> {
    /// `None` when it is not a token, or one with a critical extension: this server knows none
    /// (RFC 7515 section 4.1.11).
    pub(super) fn parse(text: &'a str) -> Option<Self> {
        let (signed, signature) = text.rsplit_once('.')?;
        let (header, claims) = signed.split_once('.')?;
        let decode = |part: &str| URL_SAFE_NO_PAD.decode(part).ok();
        let object = |part| serde_json::from_slice::<Map<String, Value>>(&decode(part)?).ok();
        let header = object(header).filter(|header| !header.contains_key("crit"))?;
        Some(Self { header, claims: object(claims)?, signed, signature: decode(signature)? })
    }

    pub(super) fn header(&self, name: &str) -> Option<&Value> {
        self.header.get(name)
    }

    pub(super) fn header_is(&self, name: &str, value: &str) -> bool {
        self.header(name).and_then(Value::as_str) == Some(value)
    }

    pub(super) fn claim(&self, name: &str) -> Option<&str> {
        self.claims.get(name)?.as_str()
    }

    /// A claim that counts whole seconds since 1970.
    pub(super) fn time(&self, name: &str) -> Option<u64> {
        self.claims.get(name)?.as_u64()
    }

    /// Whether the claim is a time that has come, or absent.
    pub(super) fn has_come(&self, name: &str, now: u64) -> bool {
        !self.claims.contains_key(name) || self.time(name).is_some_and(|at| at <= now + LEEWAY)
    }

    /// The algorithm is the verifier's choice: a header that names another one is refused
    /// (RFC 8725 section 3.1).
    pub(super) fn is_es256_by(&self, key: &PublicJwk) -> bool {
        self.header_is("alg", "ES256") && key.verifies(self.signed.as_bytes(), &self.signature)
    }

    /// The same for HS256.
    pub(super) fn is_hs256_by(&self, secret: &str) -> bool {
        let mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes())
            .expect("HMAC takes keys of every length")
            .chain_update(self.signed);
        self.header_is("alg", "HS256") && mac.verify_slice(&self.signature).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 7515 appendix A.1.1
    const TOKEN: &str = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.\
        eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.\
        dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    #[test]
    fn a_token_is_read_and_has_times() {
        let jwt = Jwt::parse(TOKEN).unwrap();
        assert!(jwt.header_is("typ", "JWT"));
        assert_eq!(jwt.claim("iss"), Some("joe"));
        assert_eq!(jwt.time("exp"), Some(1_300_819_380));
        assert!(jwt.has_come("exp", 1_300_819_375));
        assert!(!jwt.has_come("exp", 1_300_819_374));
        assert!(jwt.has_come("nbf", 0));
        assert!(!jwt.is_hs256_by("not the key"));
    }

    #[test]
    fn what_is_not_a_token_is_not_read() {
        let padded = TOKEN.replace('.', "=.");
        let critical = format!("{}.e30.", URL_SAFE_NO_PAD.encode(r#"{"crit":["x"]}"#));
        let four = format!("{TOKEN}.e30");
        for text in ["", ".", "..", "e30.e30", padded.as_str(), critical.as_str(), four.as_str()] {
            assert!(Jwt::parse(text).is_none(), "{text}");
        }
    }
}
