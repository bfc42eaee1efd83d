//! CloudVault behind TLS: at the issuer nobody is asked for a certificate, at the aliases everybody.

use grantflow::{Client, ClientAuth, Discover, Request};
use grantflow_tests::{
    cloudvault::{CloudVault, Config, PeerCertificate, RegisteredClient},
    conformance::{Answer, Authority, Origin, Received},
};
use std::sync::{Arc, OnceLock};

use crate::stacks::Stack;

pub(crate) struct Vault {
    pub(crate) vault: CloudVault,
    pub(crate) issuer: Origin,
    pub(crate) aliases: Origin,
}

impl Vault {
    pub(crate) fn start(client: RegisteredClient) -> Self {
        // The ports come first: the metadata names both.
        let vault = Arc::new(OnceLock::new());
        let serve = |tls| {
            let vault = vault.clone();
            Origin::secure(tls, move |received| answer(vault.get().unwrap(), received))
        };
        let issuer = serve(Authority::ours().localhost());
        let aliases = serve(Authority::ours().localhost_that_asks());
        let mut config = Config::new(issuer.url("")).client(client);
        config.mtls_origin = Some(aliases.url(""));
        config.client_authorities = vec![Authority::ours().der().to_vec()];
        let vault = vault.get_or_init(|| CloudVault::new(config)).clone();
        Self { vault, issuer, aliases }
    }

    /// A client that has a secret, too, and leaves the choice to the metadata.
    pub(crate) fn client<S: Stack>(&self, http: &S, id: &str, auth: ClientAuth) -> Client {
        let server = http.run(Discover::new(self.issuer.url("").parse().unwrap())).unwrap();
        let client = Client::negotiated(server, id, [ClientAuth::basic("secret"), auth]).unwrap();
        client.redirect_uri(crate::REDIRECT_URI.parse().unwrap()).build().unwrap()
    }
}

pub(crate) fn get(origin: &Origin, path: &str) -> Request {
    Request::get(origin.url(path).parse().unwrap())
}

fn answer(vault: &CloudVault, received: &Received) -> Answer {
    let mut line = received.line().split(' ');
    let mut next = || line.next().unwrap();
    let mut request = http::Request::builder().method(next()).uri(next());
    for (name, value) in received.headers() {
        request = request.header(name, value);
    }
    if let Some(der) = &received.certificate {
        request = request.extension(PeerCertificate(der.clone()));
    }
    let reply = vault.handle(request.body(received.body.clone()).unwrap());
    let answer = Answer::status(reply.status().as_u16());
    let headers = reply.headers().iter();
    let answer = headers.fold(answer, |answer, (name, value)| answer.header(name.as_str(), value));
    answer.body(reply.body())
}
