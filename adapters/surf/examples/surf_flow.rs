//! The plain flow, from the login to a resource, against a CloudVault of its own.
//!
//! `cargo run -p grantflow-surf --example surf_flow`

use grantflow::{
    AuthorizationServer, Callback, Client, ClientAuth, Entropy, Failure, Flow, Request, UnixTime,
};
use grantflow_surf::{Http, run};
use grantflow_tests::cloudvault::{
    ClientAuthentication, Config, RegisteredClient, Server, Visitor,
};
use std::error::Error;

const REDIRECT_URI: &str = "https://printmypics.example/callback";

fn main() -> Result<(), Box<dyn Error>> {
    async_std::task::block_on(login())
}

async fn login() -> Result<(), Box<dyn Error>> {
    let secret = ClientAuthentication::SecretBasic("secret".to_owned());
    let registered = RegisteredClient::web("printmypics", secret, REDIRECT_URI);
    let server = Server::start(Config::new("").client(registered))?;
    let vault = server.base_url();

    // Once, when the application starts:
    let known = AuthorizationServer::new(format!("{vault}/token").parse()?)
        .with_issuer(vault.parse()?)
        .with_authorization_endpoint(format!("{vault}/authorize").parse()?);
    let client = Client::confidential(known, "printmypics", ClientAuth::basic("secret"))
        .redirect_uri(REDIRECT_URI.parse()?)
        .build()?;
    let http = Http::new()?;

    // When a user wants to log in: the browser goes to `url` ...
    let flow = Flow::new(&client).scope("read_photos")?;
    let (url, awaiting) = flow.redirect(Entropy::from_os()?, UnixTime::now())?;
    // ... where alice allows it, and comes back.
    let mut alice = Visitor::new(|request| server.vault().handle(request));
    let back = alice.visit(url.as_str(), REDIRECT_URI).map_err(|end| end.url)?;

    let callback = Callback::from_url(&back.url)?;
    let code = awaiting.receive(callback, UnixTime::now()).map_err(Failure::into_error)?;
    let flow = run(&http, code).await?;
    let call = flow.call(Request::get(format!("{vault}/photos").parse()?))?;
    let photos = run(&http, call).await?;
    println!("{}", String::from_utf8_lossy(photos.body()));
    Ok(())
}
