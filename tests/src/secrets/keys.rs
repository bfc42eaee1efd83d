//! Keys: what they sign, what is bound to them, and how one is kept.

use super::{
    JSON, NOW, at, body,
    canary::*,
    client, json, left, meets_echo,
    witness::{fails, gives_out, show},
};
use crate::freed::not_searched;
use grantflow::{
    Client, ClientAuth, Entropy, Error, Es256Key, Exchange, Failure, Flow, ProofKey, PublicJwk,
    Request, Response,
};
use std::sync::Arc;

/// A key whose signatures are all the same, so that every proof ends in the canary.
struct Stamp(PublicJwk);

impl ProofKey for Stamp {
    fn algorithm(&self) -> &str {
        "EdDSA"
    }

    fn public_jwk(&self) -> &PublicJwk {
        &self.0
    }

    fn sign(&self, _message: &[u8]) -> Result<Vec<u8>, Error> {
        Ok(SIGNATURE_OCTETS.as_bytes().to_vec())
    }
}

pub(super) fn tour() -> Result<(), Error> {
    es256()?;
    let stamp = || Arc::new(Stamp(PublicJwk::okp("Ed25519", &[7; 32])));
    let entropy = || Entropy::from_bytes([9; Entropy::LEN]);
    let client = client(ClientAuth::private_key_jwt(stamp(), entropy()))?;
    show(client.policy());
    let client = client.bound_to(stamp(), entropy());
    show(&client);
    pushed(&client)?;
    call(&client)
}

fn es256() -> Result<(), Error> {
    let key = Es256Key::generate(key_entropy())?.with_key_id("a key that has a rather long name");
    show(&key);
    show(key.public_jwk());
    let jwk = key.to_jwk();
    show(&jwk);
    gives_out(jwk.expose(), &[PRIVATE_KEY]);
    let same = Es256Key::from_jwk(jwk.expose())?;
    show(&same.sign(b"message")?);
    let changes = [
        ("\"kty\"", "\"KTY\""),
        ("\"EC\"", "1"),
        ("dGhlIG9j", "\\u0064GhlIG9j"),
        ("ZSBrZXkuLi4", "ZSBrZXkuLi5"),
        ("}", ""),
    ];
    for (from, to) in changes {
        let broken = not_searched(|| jwk.expose().replacen(from, to, 1));
        match Es256Key::from_jwk(&broken) {
            Ok(key) => show(&key),
            Err(error) => fails(&error),
        }
        not_searched(|| drop(broken));
    }
    let client = Client::public(super::server()?, "canary-app");
    let client = client.redirect_uri("https://client.example/cb".parse()?).build()?;
    show(&client.bound_to(Arc::new(same), Entropy::from_bytes([9; Entropy::LEN])));
    Ok(())
}

/// A login that is pushed, with an assertion and a proof.
fn pushed(client: &Client) -> Result<(), Error> {
    let push = || Flow::new(client).with_nonce().push(login_entropy(), NOW);
    let request = push()?.request(NOW)?;
    gives_out(body(&request), &[STATE, NONCE, SIGNATURE]);
    gives_out(request.header("dpop").unwrap_or_default(), &[SIGNATURE]);
    meets_echo(push()?, &[STATE, VERIFIER, NONCE]);

    let nonce = [JSON[0], ("DPoP-Nonce", "n")];
    let demand = Response::new(400, nonce, r#"{"error":"use_dpop_nonce"}"#);
    let push = left(push()?.receive(&demand, NOW).expect_err("it demands a nonce"));
    let reply = r#"{"request_uri":"canary-request-uri-Lq6Bn8","expires_in":60}"#;
    let (url, awaiting) = push.receive(&json(201, reply), NOW)?;
    show(&url);
    gives_out(url.as_str(), &[REQUEST_URI]);
    show(&awaiting);

    let reply = r#"{"request_uri":"canary-request-uri-Lq6Bn8","expires_in":0}"#;
    let push = Flow::new(client).push(login_entropy(), NOW)?;
    fails(&push.receive(&json(201, reply), NOW).expect_err("it ends before it begins"));
    Ok(())
}

fn call(client: &Client) -> Result<(), Error> {
    let tokens = r#"{"access_token":"canary-access-token-Kc3Zd5","token_type":"DPoP"}"#;
    let flow = client.client_credentials()?.receive(&json(200, tokens), NOW)?;
    show(&flow);
    let call = flow.call(Request::get(at("photos")?))?;
    let request = call.request(NOW)?;
    gives_out(request.header("dpop").unwrap_or_default(), &[SIGNATURE]);
    gives_out(request.header("authorization").unwrap_or_default(), &[ACCESS_TOKEN]);
    let challenge = r#"DPoP error="use_dpop_nonce", x="canary-access-token-Kc3Zd5""#;
    let headers = [("WWW-Authenticate", challenge), ("DPoP-Nonce", "n")];
    let failure = call.receive(&Response::new(401, headers, ""), NOW).expect_err("a nonce");
    fails(&failure);
    assert!(matches!(failure, Failure::Again { .. }));
    Ok(())
}
