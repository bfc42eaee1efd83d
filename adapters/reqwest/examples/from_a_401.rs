//! From a 401 to an authorized call, at a resource of which nothing is known but its URL: its
//! metadata, its server's metadata, a registration, a pushed login, a proof with each request, a
//! refresh.
//!
//! `cargo run -p grantflow-reqwest --example from_a_401`

use grantflow::{
    ApplicationType, Authorized, Callback, Challenged, Client, ClientMetadata, Discover,
    DiscoverResource, Entropy, Es256Key, Flow, Policy, RedirectUri, Request, Resource,
    ResourceMetadata, Start, UnixTime,
};
use grantflow_reqwest::{Http, run, send};
use grantflow_tests::cloudvault::{Config, Server, Visitor};
use std::{error::Error, sync::Arc};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

const REDIRECT_URI: &str = "https://printmypics.example/callback";

/// The application: it is given a URL, and somebody with a browser.
async fn fetch(url: &str, browse: impl FnOnce(&str) -> Result<String>) -> Result<String> {
    let http = Http::new()?;
    let request = || Ok::<_, grantflow::Error>(Request::get(url.parse()?));
    let response = send(&http, request()?).await?;
    let Some(challenged) = Challenged::from_response(&response) else {
        return Ok(String::from_utf8_lossy(response.body()).into_owned());
    };

    let resource = resource(&http, url.parse()?, &challenged).await?;
    let client = client(&http, &resource).await?;
    let flow = login(&http, &client, &resource, &challenged, browse).await?;
    let reply = run(&http, flow.call(request()?)?).await?;
    println!("with the first token: status {}", reply.status());

    // The application keeps `flow.store()` and the key; one day the token has ended.
    let flow = run(&http, flow.refresh()?).await?;
    let reply = run(&http, flow.call(request()?)?).await?;
    println!("after a refresh: status {}", reply.status());
    Ok(String::from_utf8_lossy(reply.body()).into_owned())
}

/// What the resource says of itself, at the place that its challenge names (RFC 9728).
async fn resource(http: &Http, url: Resource, said: &Challenged) -> Result<ResourceMetadata> {
    let challenge = said.challenges().iter().find(|it| it.param("resource_metadata").is_some());
    let discover = challenge.and_then(|it| DiscoverResource::from_challenge(it, url.clone()));
    Ok(run(http, discover.map_or_else(|| DiscoverResource::new(url), Ok)?).await?)
}

/// A client of the first server that the resource trusts, made for this purpose (RFC 8414, RFC
/// 7591), and bound to a key of its own (RFC 9449).
async fn client(http: &Http, resource: &ResourceMetadata) -> Result<Client> {
    let issuer = resource.authorization_servers().first().ok_or("it trusts no server")?;
    let server = run(http, Discover::new(issuer.clone())).await?;
    let redirect_uri: RedirectUri = REDIRECT_URI.parse()?;
    let metadata = ClientMetadata::new(ApplicationType::Web, [redirect_uri.clone()])
        .with_client_name("PrintMyPics")
        .with_token_endpoint_auth_method("client_secret_basic")
        .with("dpop_bound_access_tokens", true)?;
    let registration = run(http, server.register(&metadata)?).await?;
    let client = registration.client()?.redirect_uri(redirect_uri).policy(Policy::mcp()).build()?;
    let key = Es256Key::generate(Entropy::from_os()?)?;
    Ok(client.bound_to(Arc::new(key), Entropy::from_os()?))
}

/// The login, pushed if the server wants that (RFC 9126), for this resource only (RFC 8707).
async fn login(
    http: &Http,
    client: &Client,
    resource: &ResourceMetadata,
    said: &Challenged,
    browse: impl FnOnce(&str) -> Result<String>,
) -> Result<Flow<Authorized>> {
    let demanded = said.challenges().iter().find_map(|challenge| challenge.param("scope"));
    let supported = resource.scopes_supported().unwrap_or_default().join(" ");
    let scope = demanded.map_or(supported, |scope| scope.as_str().to_owned());
    let flow = Flow::new(client).scope(&scope)?.resource(resource.resource().clone());
    let (url, awaiting) = match flow.start(Entropy::from_os()?, UnixTime::now())? {
        Start::Redirect(url, awaiting) => (url, awaiting),
        Start::Push(push) => run(http, push).await?,
    };
    let callback = Callback::from_url(&browse(url.as_str())?)?;
    let code = awaiting.receive(callback, UnixTime::now())?;
    Ok(run(http, code).await?)
}

/// The resource, its server, and alice.
#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let mut config = Config::new("");
    config.resource_metadata_in_challenges = true;
    config.require_pushed_authorization_requests = true;
    config.dpop_nonce_at_authorization_server = true;
    config.dpop_nonce_at_resource_server = true;
    let server = Server::start(config)?;
    let mut alice = Visitor::new(|request| server.vault().handle(request));
    let browse = |url: &str| {
        let back = alice.visit(url, REDIRECT_URI).map_err(|end| end.page)?;
        Ok(back.url)
    };
    println!("{}", fetch(&format!("{}/photos", server.base_url()), browse).await?);
    for logged in server.vault().requests() {
        println!("{} {} {}", logged.status.as_u16(), logged.method, logged.path);
    }
    Ok(())
}
