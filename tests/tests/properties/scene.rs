//! Flows in every state, and the inputs that properties share.

use grantflow::{
    AuthorizationServer, Authorized, AwaitingCallback, Callback, Client, ClientAuth, ClientBuilder,
    CodeReceived, Entropy, Error, Flow, SessionBinding, StoredTokens, TokenType, UnixTime,
};
use proptest::{prelude::*, test_runner::Config};
use url::form_urlencoded;

pub(crate) const NOW: UnixTime = UnixTime::from_secs(1_700_000_000);
pub(crate) const REDIRECT_URI: &str = "https://client.example/cb";

/// The number of cases of a property, without a file of past failures: seeds worth keeping
/// become tests with a name.
pub(crate) fn cases(cases: u32) -> Config {
    Config { cases, failure_persistence: None, ..Config::default() }
}

pub(crate) fn server() -> AuthorizationServer {
    AuthorizationServer::new("https://as.example/token".parse().unwrap())
        .with_authorization_endpoint("https://as.example/authorize".parse().unwrap())
}

pub(crate) fn with_redirect(builder: ClientBuilder) -> Result<Client, Error> {
    builder.redirect_uri(REDIRECT_URI.parse().unwrap()).build()
}

pub(crate) fn client() -> Client {
    with_redirect(Client::confidential(server(), "s6BhdRkqt3", ClientAuth::post("gX1fBat3bV")))
        .unwrap()
}

/// Starts a flow; gives the pairs of the authorization URL with it.
pub(crate) fn start(
    flow: Flow<grantflow::Unstarted>,
    entropy: Entropy,
) -> (Pairs, Flow<AwaitingCallback>) {
    let (url, awaiting) = flow.redirect(entropy, NOW).unwrap();
    let query = url.as_str().split_once('?').unwrap().1;
    (pairs(query.as_bytes()), awaiting)
}

pub(crate) fn awaiting(client: &Client) -> (String, Flow<AwaitingCallback>) {
    let (pairs, awaiting) = start(Flow::new(client), Entropy::from_os().unwrap());
    (value(&pairs, "state").into(), awaiting)
}

pub(crate) fn code_received(client: &Client, code: &str) -> Flow<CodeReceived> {
    let (state, awaiting) = awaiting(client);
    let query = form_urlencoded::Serializer::new(String::new())
        .extend_pairs([("code", code), ("state", &state)])
        .finish();
    awaiting.receive(Callback::from_query(&query).unwrap(), NOW).unwrap()
}

pub(crate) fn authorized(client: &Client, token: &str) -> Result<Flow<Authorized>, Error> {
    let stored = StoredTokens::import(token, TokenType::Bearer)?.with_refresh_token(token)?;
    Flow::restore(client, stored)
}

pub(crate) fn session() -> SessionBinding {
    SessionBinding::new("the session of alice")
}

pub(crate) type Pairs = Vec<(String, String)>;

/// A query or a body as a server would read it, by a library that is not ours.
pub(crate) fn pairs(form: &[u8]) -> Pairs {
    serde_urlencoded::from_bytes(form).unwrap()
}

/// The value of a parameter that occurs once.
#[track_caller]
pub(crate) fn value<'a>(pairs: &'a Pairs, name: &str) -> &'a str {
    let mut named = pairs.iter().filter(|(known, _)| known == name);
    let value = &named.next().unwrap().1;
    assert!(named.next().is_none(), "{name} is there twice");
    value
}

/// 1*VSCHAR: codes and tokens (RFC 6749 appendix A).
pub(crate) fn vschar() -> impl Strategy<Value = String> {
    "[ -~]{1,60}"
}

/// A legal scope of the RFC 6749 section 3.3 alphabet, in the form that is sent.
pub(crate) fn scope() -> impl Strategy<Value = String> {
    proptest::collection::vec("[!#-\\[\\]-~]{1,12}", 0..5).prop_map(|tokens| tokens.join(" "))
}

/// Any legal redirect URI: web, loopback, or private-use.
pub(crate) fn redirect_uri() -> impl Strategy<Value = String> {
    // No segment begins with a dot: a URL parser would resolve `..`, so it is refused.
    let path = "(/[A-Za-z0-9_~!$&'()*+,;=:@-][A-Za-z0-9._~-]{0,12}){1,4}(\\?[A-Za-z0-9._~!$&()*+,;=:@/?-]{0,30})?";
    prop_oneof![
        path.prop_map(|path| format!("https://client.example{path}")),
        (1024..u16::MAX, path).prop_map(|(port, path)| format!("http://127.0.0.1:{port}{path}")),
        path.prop_map(|path| format!("com.example.app:{path}")),
    ]
}
