//! What the Model Context Protocol's authorization refuses ([`Policy::mcp`]).

use crate::{NOW, STATE, asks, bare_server, entropy, form, json, query, server, values};
use grantflow::{
    Callback, CallbackError, Client, ClientAuth, ConfigError, Error, Exchange, Failure, Flow,
    Policy, Request, Resource, StoredTokens, TokenType,
};

const RESOURCE: &str = "https://mcp.example/server";

fn resource() -> Resource {
    RESOURCE.parse().unwrap()
}

fn client() -> Client {
    let server = server().with_iss_required(true).with_code_challenge_methods_supported(["S256"]);
    let client = Client::confidential(server, "id", ClientAuth::post("s")).policy(Policy::mcp());
    client.redirect_uri("http://127.0.0.1:7000/cb".parse().unwrap()).build().unwrap()
}

#[test]
fn every_request_for_tokens_names_the_resource() {
    let missing = Error::from(ConfigError::ResourceRequired);
    let client = client();
    assert_eq!(Flow::new(&client).redirect(entropy(), NOW).unwrap_err(), missing);
    assert_eq!(Flow::new(&client).push(entropy(), NOW).unwrap_err(), missing);
    let credentials = || client.client_credentials().unwrap();
    assert_eq!(credentials().request(NOW).unwrap_err(), missing);
    assert_eq!(client.device().unwrap().request(NOW).unwrap_err(), missing);
    let tokens = || StoredTokens::import("at", TokenType::Bearer).unwrap();
    let refresh = |tokens: StoredTokens| {
        let tokens = tokens.with_refresh_token("rt").unwrap();
        Flow::restore(&client, tokens).unwrap().refresh().unwrap().request(NOW)
    };
    assert_eq!(refresh(tokens()).unwrap_err(), missing);

    let of_form = |request: Request| values(&form(&request), "resource").join(" ");
    assert_eq!(of_form(credentials().resource(resource()).request(NOW).unwrap()), RESOURCE);
    let device = client.device().unwrap().resource(resource());
    assert_eq!(of_form(device.request(NOW).unwrap()), RESOURCE);
    assert_eq!(of_form(refresh(tokens().with_resource(resource())).unwrap()), RESOURCE);
    let (url, awaiting) = Flow::new(&client).resource(resource()).redirect(entropy(), NOW).unwrap();
    assert_eq!(values(&query(url.as_str()), "resource"), [RESOURCE]);
    let iss = "iss=https%3A%2F%2Fas.example";
    let callback = Callback::from_query(&format!("code=a&state={STATE}&{iss}")).unwrap();
    let code = awaiting.receive(callback, NOW).unwrap();
    assert_eq!(of_form(code.request(NOW).unwrap()), RESOURCE);
}

#[test]
fn a_token_goes_to_the_origin_of_its_resource_and_nowhere_else() {
    let grant = client().client_credentials().unwrap().resource(resource());
    let grant = grant.resource("urn:example:other".parse().unwrap());
    let tokens = r#"{"access_token":"at","token_type":"Bearer"}"#;
    let flow = grant.receive(&json(200, tokens), NOW).unwrap();
    let call = |url: &str| flow.call(Request::get(url.parse().unwrap()));
    assert_eq!(
        asks(&call("https://mcp.example/elsewhere").unwrap()),
        "https://mcp.example/elsewhere"
    );
    for url in ["https://mcp.example:444/server", "http://127.0.0.1/server", "https://as.example/"]
    {
        assert_eq!(call(url).unwrap_err(), ConfigError::Origin.into(), "{url}");
    }
}

#[test]
fn the_browser_comes_back_by_https_or_loopback() {
    let start = |uri: &str| {
        let flow = Flow::new(&client()).resource(resource()).redirect_uri(uri.parse().unwrap());
        flow.redirect(entropy(), NOW).map(drop)
    };
    for uri in ["https://client.example/cb", "http://localhost:1/cb", "http://[::1]:1/cb"] {
        assert_eq!(start(uri), Ok(()), "{uri}");
    }
    assert_eq!(start("com.example.app:/cb"), Err(ConfigError::PrivateUseRedirect.into()));
}

#[test]
fn a_server_that_is_silent_about_pkce_is_refused() {
    let error = Client::public(bare_server(), "id").policy(Policy::mcp()).build().unwrap_err();
    assert_eq!(error, ConfigError::PkceNotAdvertised.into());
}

#[test]
fn nothing_of_an_unverified_callback_is_shown() {
    let (_, awaiting) = Flow::new(&client()).resource(resource()).redirect(entropy(), NOW).unwrap();
    let query = format!("error=access_denied&state={STATE}");
    let error = match awaiting.receive(Callback::from_query(&query).unwrap(), NOW) {
        Err(Failure::Over(error)) => error,
        other => panic!("{other:?}"),
    };
    assert_eq!(error, CallbackError::IssuerMissing { unverified: None }.into());
}
