//! JSON Web Signatures as a server reads them, written without the core.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use grantflow::Request;
use hmac::{Hmac, KeyInit, Mac};
use p256::ecdsa::{Signature, VerifyingKey, signature::Verifier};
use serde_json::{Map, Value};
use sha2::Sha256;

/// A signature in its compact form, taken apart (RFC 7515 section 7.1).
#[derive(Clone, Debug)]
pub struct Jws {
    /// The header's members.
    pub header: Map<String, Value>,
    /// The claims.
    pub claims: Map<String, Value>,
    signed: String,
    signature: Vec<u8>,
}

impl Jws {
    /// Takes a text apart; none if it has not three parts of the right kind.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (signed, signature) = text.rsplit_once('.')?;
        let (header, claims) = signed.split_once('.')?;
        let object = |part| serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).ok()?).ok();
        Some(Self {
            header: object(header)?,
            claims: object(claims)?,
            signed: signed.to_owned(),
            signature: URL_SAFE_NO_PAD.decode(signature).ok()?,
        })
    }

    /// The one DPoP proof of a request, whose signature holds under the key that it names and
    /// whose header has no member beside `typ`, `alg` and a public `jwk` (RFC 9449 section 4.2).
    #[must_use]
    pub fn proof(request: &Request) -> Option<Self> {
        let mut proofs = request.headers().filter(|(name, _)| name.eq_ignore_ascii_case("dpop"));
        let proof = Self::parse(proofs.next()?.1)?;
        let jwk = proof.header.get("jwk")?;
        let names = |object: &Map<String, Value>| object.keys().cloned().collect::<Vec<_>>();
        let is_good = proofs.next().is_none()
            && proof.text("typ") == Some("dpop+jwt")
            && names(&proof.header).len() == 3
            && jwk.as_object().is_some_and(|jwk| names(jwk) == ["crv", "kty", "x", "y"])
            && proof.is_es256_by(jwk);
        is_good.then_some(proof)
    }

    /// A claim that is text.
    #[must_use]
    pub fn claim(&self, name: &str) -> Option<&str> {
        self.claims.get(name)?.as_str()
    }

    /// Whether it is signed by ES256 with that public key.
    #[must_use]
    pub fn is_es256_by(&self, jwk: &Value) -> bool {
        let half = |name| URL_SAFE_NO_PAD.decode(jwk.get(name)?.as_str()?).ok();
        let (Some(x), Some(y)) = (half("x"), half("y")) else { return false };
        let key = VerifyingKey::from_sec1_bytes(&[&[4], &*x, &*y].concat());
        let signature = Signature::from_slice(&self.signature);
        let (Ok(key), Ok(signature)) = (key, signature) else { return false };
        self.text("alg") == Some("ES256") && key.verify(self.signed.as_bytes(), &signature).is_ok()
    }

    /// Whether it is signed by HS256 with that secret.
    ///
    /// # Panics
    /// Never: HMAC takes keys of any length.
    #[must_use]
    pub fn is_hs256_by(&self, secret: &str) -> bool {
        let mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("a key of any length");
        let mac = mac.chain_update(&self.signed);
        self.text("alg") == Some("HS256") && mac.verify_slice(&self.signature).is_ok()
    }

    /// A member of the header that is text.
    fn text(&self, name: &str) -> Option<&str> {
        self.header.get(name)?.as_str()
    }
}
