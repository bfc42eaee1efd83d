//! The values that hold no secret, so that the witness has seen every type there is.

use super::{
    NOW, at, json,
    witness::{fails, show},
};
use grantflow::{
    ApplicationType, BasicEncoding, CallbackError, Challenged, ConfigError, Discover,
    DiscoverResource, Error, Exchange, Issuer, IssuerMatch, Method, Pkce, Policy, ProtocolError,
    Quirks, RedirectUri, Resource, ResponseMode, Scope, SecureUrl, ServerText, StoredError,
    TokenRequestBody, TokenType, UrlProblem, preset,
};

pub(super) fn tour() -> Result<(), Error> {
    show(&super::server()?);
    show(&(BasicEncoding::Form, Pkce::S256, TokenRequestBody::Form, ResponseMode::Query));
    show(&(TokenType::Bearer, IssuerMatch::Exact, Method::GET, UrlProblem::Scheme, NOW));
    show(&(Policy::mcp(), Quirks::default()));
    show(&(preset::GOOGLE, preset::AuthStyle::Post, preset::SALESFORCE_MY_DOMAIN));
    let uri: RedirectUri = "https://client.example/cb".parse()?;
    let resource: Resource = "https://api.example/photos".parse()?;
    show(&(uri, resource.clone(), Scope::parse("photos")?));
    fails(&SecureUrl::parse("http://as.example").expect_err("it is not secure"));
    fails(&StoredError::Version);
    fails(&CallbackError::Repeated("state"));
    fails(&ConfigError::Missing("redirect URI"));
    fails(&ProtocolError::TokenType(ServerText::from("mac")));
    show(&(ServerText::from("text"), Issuer::parse("https://as.example")?));
    show(&ApplicationType::Web);

    let discover = Discover::oauth2("https://as.example".parse()?);
    show(&discover);
    let reply = r#"{"issuer":"https://as.example","token_endpoint":"https://as.example/token"}"#;
    show(&discover.receive(&json(200, reply), NOW)?);
    let discover = DiscoverResource::new(resource)?;
    show(&discover);
    let reply = r#"{"resource":"https://api.example/photos"}"#;
    show(&discover.receive(&json(200, reply), NOW)?);
    assert!(Challenged::from_response(&json(200, "")).is_none());
    show(&at("token")?);
    Ok(())
}
