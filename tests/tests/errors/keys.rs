//! Keys that are none, that cannot sign, or that are another's.

use crate::{client, says};
use grantflow::{
    Callback, Client, ClientAuth, ConfigError, Entropy, Error, Es256Key, Exchange, Flow, ProofKey,
    PublicJwk, Request, Response, SessionBinding, StoredTokens, TokenType, UnixTime,
};
use std::sync::Arc;

const NOW: UnixTime = UnixTime::from_secs(0);

fn entropy() -> Entropy {
    Entropy::from_bytes([1; 96])
}

/// A key in a module that does not answer.
struct Locked(PublicJwk);

impl Locked {
    fn new() -> Arc<Self> {
        Arc::new(Self(PublicJwk::okp("Ed25519", &[0; 32])))
    }
}

impl ProofKey for Locked {
    fn algorithm(&self) -> &str {
        "EdDSA"
    }

    fn public_jwk(&self) -> &PublicJwk {
        &self.0
    }

    fn sign(&self, _: &[u8]) -> Result<Vec<u8>, Error> {
        Err(ConfigError::Signing.into())
    }
}

fn bound() -> Client {
    let key = Es256Key::generate(entropy()).unwrap();
    client().build().unwrap().bound_to(Arc::new(key), entropy())
}

fn imported(token_type: TokenType) -> StoredTokens {
    StoredTokens::import("at", token_type).unwrap().with_refresh_token("rt").unwrap()
}

#[test]
fn no_key() {
    let message = "the key is malformed, or of another kind than it should be";
    says(Es256Key::from_jwk("{}").unwrap_err(), message);
    says(Es256Key::generate(Entropy::from_bytes([0; 96])).unwrap_err(), message);
    let public = Es256Key::generate(entropy()).unwrap().public_jwk().as_json().to_owned();
    says(Es256Key::from_jwk(&public).unwrap_err(), message);
}

#[test]
fn a_key_that_cannot_sign_spends_nothing() {
    let message = "the key could not sign";
    let client = client().build().unwrap().bound_to(Locked::new(), entropy());
    let flow = Flow::restore(&client, imported(TokenType::DPoP)).unwrap();
    let call = flow.call(Request::get("https://rs.example/".parse().unwrap())).unwrap();
    says(call.request(NOW).unwrap_err(), message);
    let refresh = flow.refresh().unwrap();
    says(refresh.request(NOW).unwrap_err(), message);
    assert_eq!(refresh.into_flow().tokens().access_token().expose(), "at");

    let auth = ClientAuth::private_key_jwt(Locked::new(), entropy());
    let client = Client::confidential(crate::server(), "id", auth).build().unwrap();
    says(client.client_credentials().unwrap().request(NOW).unwrap_err(), message);
}

#[test]
fn another_key() {
    let message = "the stored value is bound to another key than the client";
    let plain = client().build().unwrap();
    let session = SessionBinding::new("session");
    let (_, awaiting) = Flow::new(&bound()).redirect(entropy(), NOW).unwrap();
    says(Flow::resume(&plain, &awaiting.suspend(&session), &session).unwrap_err(), message);
    says(Flow::restore(&plain, imported(TokenType::DPoP)).unwrap_err(), message);
    says(Flow::restore(&bound(), imported(TokenType::Bearer)).unwrap_err(), message);
}

#[test]
fn a_downgrade() {
    let (_, awaiting) = Flow::new(&bound()).redirect(Entropy::from_bytes([0; 96]), NOW).unwrap();
    let query = "code=a&state=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    let code = awaiting.receive(Callback::from_query(query).unwrap(), NOW).unwrap();
    let json = [("Content-Type", "application/json")];
    let reply = Response::new(200, json, r#"{"access_token":"a","token_type":"Bearer"}"#);
    says(
        code.receive(&reply, NOW).unwrap_err(),
        "the server gave a token that is not bound to the client's key",
    );
}

#[test]
fn a_call_with_a_proof_of_its_own() {
    let flow = Flow::restore(&bound(), imported(TokenType::DPoP)).unwrap();
    let request = Request::get("https://rs.example/".parse().unwrap());
    says(
        flow.call(request.with_header("dpop", "eyJ").unwrap()).unwrap_err(),
        "the Authorization and DPoP headers are set by grantflow itself",
    );
}
