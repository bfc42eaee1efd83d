//! Clients, and their flows and exchanges in every state, all with the same secrets.

use crate::secrets::{ACCESS_TOKEN, CLIENT_SECRET, CODE, REFRESH_TOKEN, SESSION, STATE};
use grantflow::{
    AuthorizationServer, Authorized, AwaitingCallback, Callback, Client, ClientAuth, ClientBuilder,
    CodeReceived, Entropy, Error, Flow, ProofKey, PublicJwk, Quirks, Refresh, SessionBinding,
    StoredTokens, TokenType, UnixTime,
};
use std::sync::{Arc, LazyLock};

/// The time of every check.
pub const NOW: UnixTime = UnixTime::from_secs(1_700_000_000);
/// The issuer of every client here.
pub const ISSUER: &str = "https://as.example";
/// Where the browser comes back to.
pub const REDIRECT_URI: &str = "https://client.example/cb";

/// A client that keeps to the RFCs.
pub static STRICT: LazyLock<Client> =
    LazyLock::new(|| client(|builder| builder).expect("it is in order"));

/// A client that forgives all that a reply's reader can be told to forgive.
pub static LENIENT: LazyLock<Client> = LazyLock::new(|| {
    let mut quirks = Quirks::default();
    quirks.accept_201 = true;
    quirks.accept_par_200 = true;
    quirks.body_sniff = true;
    quirks.expires_alias = true;
    quirks.expires_in_zero_means_never = true;
    quirks.missing_token_type_is_bearer = true;
    quirks.scope_separator = Some(',');
    quirks.token_type_aliases = vec!["urn:alias".into()];
    client(|builder| builder.quirks(quirks)).expect("it is in order")
});

/// A client that is bound to a key. It has a new memory for nonces each time.
#[must_use]
pub fn bound() -> Client {
    STRICT.bound_to(Arc::new(Key(PublicJwk::okp("Ed25519", &[7; 32]))), entropy())
}

/// A server with everything.
pub static SERVER: LazyLock<AuthorizationServer> =
    LazyLock::new(|| server().expect("its URLs are in order"));

fn server() -> Result<AuthorizationServer, Error> {
    Ok(AuthorizationServer::new("https://as.example/token".parse()?)
        .with_issuer(ISSUER.parse()?)
        .with_authorization_endpoint("https://as.example/authorize".parse()?)
        .with_device_authorization_endpoint("https://as.example/device".parse()?)
        .with_introspection_endpoint("https://as.example/introspect".parse()?)
        .with_pushed_authorization_request_endpoint("https://as.example/par".parse()?)
        .with_registration_endpoint("https://as.example/register".parse()?)
        .with_revocation_endpoint("https://as.example/revoke".parse()?))
}

fn client(configure: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Result<Client, Error> {
    let auth = ClientAuth::post(CLIENT_SECRET);
    let builder = Client::confidential(SERVER.clone(), "s6BhdRkqt3", auth);
    configure(builder.redirect_uri(REDIRECT_URI.parse()?)).build()
}

/// The entropy whose values are the secrets.
#[must_use]
pub fn entropy() -> Entropy {
    let mut octets = [1; Entropy::LEN];
    octets[32..64].fill(2);
    octets[64..].fill(3);
    Entropy::from_bytes(octets)
}

/// The browser that starts every flow.
#[must_use]
pub fn session() -> SessionBinding {
    SessionBinding::new(SESSION)
}

/// A flow whose browser is away; it asked for the scopes `a` and `b`.
///
/// # Panics
/// If a flow cannot start.
pub fn awaiting(client: &Client) -> Flow<AwaitingCallback> {
    let flow = Flow::new(client).scope("a b").expect("it is a scope").with_nonce();
    flow.redirect(entropy(), NOW).expect("the client can start").1
}

/// A flow with the code.
///
/// # Panics
/// If the honest callback is refused.
pub fn code(client: &Client) -> Flow<CodeReceived> {
    let query = format!("code={CODE}&state={STATE}&iss={ISSUER}");
    let callback = Callback::from_query(&query).expect("it is well formed");
    awaiting(client).receive(callback, NOW).expect("it is the flow's own")
}

/// A flow with tokens, of the type that the client takes.
///
/// # Panics
/// If the tokens are refused.
pub fn authorized(client: &Client, token_type: TokenType) -> Flow<Authorized> {
    let tokens = StoredTokens::import(ACCESS_TOKEN, token_type)
        .and_then(|tokens| tokens.with_refresh_token(REFRESH_TOKEN))
        .map(|tokens| tokens.with_scope("a b".parse().expect("it is a scope")));
    tokens.and_then(|tokens| Flow::restore(client, tokens)).expect("the tokens are in order")
}

/// A refresh of such a flow.
///
/// # Panics
/// If there is none.
pub fn refresh(client: &Client, token_type: TokenType) -> Refresh {
    authorized(client, token_type).refresh().expect("there is a refresh token")
}

/// A key that signs nothing: what is checked are replies.
struct Key(PublicJwk);

impl ProofKey for Key {
    fn algorithm(&self) -> &str {
        "EdDSA"
    }

    fn public_jwk(&self) -> &PublicJwk {
        &self.0
    }

    fn sign(&self, _message: &[u8]) -> Result<Vec<u8>, Error> {
        Ok(vec![0; 64])
    }
}
