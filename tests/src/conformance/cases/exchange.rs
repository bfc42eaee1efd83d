//! Whole exchanges: CloudVault behind a socket, and the loop around one of our own.

use super::{LONG, client, get};
use crate::{
    cloudvault::{ClientAuthentication, Config, RegisteredClient, Server, Visitor},
    conformance::{Adapter, Answer, Origin},
};
use grantflow::{
    AuthorizationServer, Authorized, Callback, Client, ClientAuth, CodeReceived, Entropy, Error,
    Exchange, Failure, Flow, ProtocolError, Request, Response, RunError, UnixTime,
};
use std::time::{Duration, Instant};

const REDIRECT_URI: &str = "https://app.example/callback";

/// Login, refresh and resource call run over the adapter.
pub fn a_login_a_refresh_and_a_call_run<A: Adapter>() {
    let server = vault();
    let http = client::<A>(LONG);
    let flow: Flow<Authorized> = http.run(code(&server)).unwrap();
    let first = flow.tokens().access_token().clone();
    let flow = http.run(flow.refresh().unwrap()).unwrap();
    assert!(flow.tokens().access_token().expose() != first.expose());
    let url = format!("{}/me", server.base_url());
    let me = http.run(flow.call(get(&url)).unwrap()).unwrap();
    assert_eq!(me.status(), 200);
    assert!(String::from_utf8_lossy(me.body()).contains("\"name\""));
    assert_eq!((server.vault().count("/token"), server.vault().count("/me")), (2, 1));
}

/// A 400 of the token endpoint is what the server said, not an error of the HTTP stack.
pub fn a_refusal_is_the_protocols_error<A: Adapter>() {
    let server = vault();
    let http = client::<A>(LONG);
    let exchange = code(&server);
    let request = exchange.request(UnixTime::now()).unwrap();
    assert_eq!(http.send(request).unwrap().status(), 200);
    let error = http.run(exchange).unwrap_err();
    let RunError::Protocol { response, .. } = &error else { panic!("{error:?}") };
    assert_eq!(response.status(), 400);
    assert!(error.to_string().contains("invalid_grant"), "{error}");
}

/// If the server is not reached, the exchange comes back and can be tried again.
pub fn a_transport_error_gives_the_exchange_back<A: Adapter>() {
    let server = vault();
    let exchange = code(&server);
    server.stop();
    let error = client::<A>(LONG).run(exchange).unwrap_err();
    assert!(matches!(error, RunError::Transport { .. }), "{error:?}");
    let exchange = error.into_exchange().unwrap();
    assert!(!exchange.request(UnixTime::now()).unwrap().body().is_empty());
}

/// Where the protocol asks to wait and go on, as a device's polling does, `run` does so.
pub fn run_waits_where_the_protocol_asks_to<A: Adapter>() {
    let origin = Origin::plain(|_| Answer::ok(""));
    let poll = Poll { url: origin.url("/"), left: 2 };
    let before = Instant::now();
    client::<A>(LONG).run(poll).unwrap();
    assert!(before.elapsed() >= WAIT * 2, "{:?}", before.elapsed());
    assert_eq!(origin.log().requests.len(), 3);
}

const WAIT: Duration = Duration::from_millis(50);

struct Poll {
    url: String,
    left: u8,
}

impl Exchange for Poll {
    type Output = ();

    fn request(&self, _: UnixTime) -> Result<Request, Error> {
        Ok(get(&self.url))
    }

    fn receive(self, _: &Response, _: UnixTime) -> Result<(), Failure<Self>> {
        if self.left == 0 {
            return Ok(());
        }
        let state = Box::new(Self { left: self.left - 1, ..self });
        Err(Failure::Again { state, wait: WAIT, error: ProtocolError::NotJson.into() })
    }
}

fn vault() -> Server {
    let secret = ClientAuthentication::SecretBasic("secret".into());
    let config = Config::new("").client(RegisteredClient::web("app", secret, REDIRECT_URI));
    Server::start(config).expect("a socket")
}

/// A login up to the exchange of its code.
fn code(server: &Server) -> Flow<CodeReceived> {
    let at = |path: &str| format!("{}{path}", server.base_url()).parse().expect("a URL");
    let known = AuthorizationServer::new(at("/token"))
        .with_issuer(server.base_url().parse().expect("an issuer"))
        .with_authorization_endpoint(at("/authorize"));
    let client = Client::confidential(known, "app", ClientAuth::basic("secret"))
        .redirect_uri(REDIRECT_URI.parse().expect("a redirect URI"))
        .build()
        .expect("a client");
    let flow = Flow::new(&client).scope("read_photos").expect("a scope");
    let entropy = Entropy::from_os().expect("entropy");
    let (url, awaiting) = flow.redirect(entropy, UnixTime::now()).expect("a complete client");
    // The browser is no part of this: it talks to the server by function calls.
    let mut visitor = Visitor::new(|request| server.vault().handle(request));
    let callback = visitor.visit(url.as_str(), REDIRECT_URI).expect("a page that leads on");
    let callback = Callback::from_url(&callback.url).expect("a callback");
    awaiting.receive(callback, UnixTime::now()).expect("a verified code")
}
