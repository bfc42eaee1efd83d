//! What a case needs but does not speak of: a server, a client, a login that went well so far.

use super::{expect::Stopped, fault::Fault, form::encode, stored_pending::StoredPending};
use grantflow::{
    AuthorizationServer, AwaitingCallback, Callback, Client, ClientAuth, CodeReceived, Entropy,
    Error, Es256Key, Flow, UnixTime,
};
use std::sync::Arc;

/// The time, where the case gives none.
pub(super) const NOW: u64 = 1000;
/// The code, where the case gives none.
pub(super) const CODE: &str = "the-code-of-the-vectors";
/// The redirect URI, where the case gives none.
pub(super) const REDIRECT_URI: &str = "https://client.example/cb";

/// A server of no particular kind.
pub(super) fn server() -> Result<AuthorizationServer, Error> {
    let server = AuthorizationServer::new("https://as.example/token".parse()?);
    Ok(server.with_authorization_endpoint("https://as.example/authorize".parse()?))
}

/// The client authentication of a case: the method's name and, where it needs one, a secret.
pub(super) fn client_auth(
    method: &str,
    secret: Option<String>,
) -> Result<Option<ClientAuth>, Fault> {
    match (method, secret) {
        ("none", None) => Ok(None),
        ("client_secret_basic", Some(secret)) => Ok(Some(ClientAuth::basic(secret))),
        ("client_secret_post", Some(secret)) => Ok(Some(ClientAuth::post(secret))),
        ("client_secret_jwt", Some(secret)) => {
            Ok(Some(ClientAuth::secret_jwt(secret, entropy([8; 32]))))
        }
        ("private_key_jwt", None) => {
            let key = key().map_err(|error| Fault::new(error.to_string()))?;
            Ok(Some(ClientAuth::private_key_jwt(Arc::new(key), entropy([8; 32]))))
        }
        ("tls_client_auth", None) => Ok(Some(ClientAuth::tls_client_auth())),
        ("self_signed_tls_client_auth", None) => {
            Ok(Some(ClientAuth::self_signed_tls_client_auth()))
        }
        (method, secret) => {
            let with = if secret.is_some() { "with" } else { "without" };
            Err(Fault::not_understood(format_args!(
                "the client authentication {method:?} {with} a secret"
            )))
        }
    }
}

/// The client's own key.
pub(crate) fn key() -> Result<Es256Key, Error> {
    Es256Key::generate(entropy([9; 32]))
}

/// The client with its tokens bound to that key.
pub(crate) fn bound(client: &Client) -> Result<Client, Error> {
    Ok(client.bound_to(Arc::new(key()?), entropy([9; 32])))
}

/// Octets that nobody can mistake for another flow's, with the verifier's part chosen.
pub(crate) fn entropy(verifier: [u8; 32]) -> Entropy {
    let mut octets = [0x5a; Entropy::LEN];
    octets[..32].copy_from_slice(&verifier);
    Entropy::from_bytes(octets)
}

/// Takes a flow past its callback.
pub(super) fn arrive(
    awaiting: Flow<AwaitingCallback>,
    code_param: Option<&str>,
    code: &str,
    now: UnixTime,
) -> Result<Flow<CodeReceived>, Stopped> {
    let client = awaiting.client().clone();
    let iss = client.server().issuer().map(|issuer| format!("&iss={}", encode(issuer.as_str())));
    let stored = StoredPending::new(awaiting);
    let query = format!(
        "{}={}&state={}{}",
        code_param.unwrap_or("code"),
        encode(code),
        encode(&stored.get('s').unwrap_or_default()),
        iss.unwrap_or_default(),
    );
    Ok(stored.resume(&client)?.receive(Callback::from_query(&query)?, now)?)
}
