//! A login that is pushed and bound to a key, with nonces that the servers demand.

use crate::steps::{JSON, START, check, step, text};
use alloc::{format, string::String, sync::Arc};
use core::str::from_utf8;
use grantflow::{
    AuthorizationServer, AuthorizationUrl, Authorized, AwaitingCallback, Callback, Client, Entropy,
    Error, Es256Key, Exchange, Failure, Flow, ProofKey, Push, Request, Response, SecureUrl,
    TokenType,
};

/// base64url of 32 octets of value 2.
const STATE: &str = "AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI";

/// Runs the flow; the error says which step went wrong.
pub(crate) fn run() -> Result<(), String> {
    let key = step("key from its JWK", key())?;
    let thumbprint = key.public_jwk().thumbprint();
    let client = step("bound client", client(key))?;
    let push = step("pushed request", push(&client, &thumbprint))?;
    let (url, awaiting) = step("demanded nonce, reference", pushed(push))?;
    step("authorization URL", check(url.as_str().ends_with("request_uri=urn%3Ax"), url.as_str()))?;
    let flow = step("bound token", exchange(awaiting))?;
    step("call with a proof", call(&flow))?;
    step("downgrade refused", refresh(flow))
}

fn entropy(octet: u8) -> Entropy {
    Entropy::from_bytes([octet; Entropy::LEN])
}

fn key() -> Result<Es256Key, String> {
    let key = Es256Key::generate(entropy(7)).map_err(text)?;
    Es256Key::from_jwk(key.to_jwk().expose()).map_err(text)
}

fn client(key: Es256Key) -> Result<Client, String> {
    let url = |url: &str| SecureUrl::parse(url).map_err(text);
    let server = AuthorizationServer::new(url("https://as.example/token")?)
        .with_issuer("https://as.example".parse().map_err(text::<Error>)?)
        .with_iss_required(true)
        .with_authorization_endpoint(url("https://as.example/authorize")?)
        .with_pushed_authorization_request_endpoint(url("https://as.example/par")?);
    let client = Client::public(server, "s6BhdRkqt3")
        .redirect_uri("https://client.example/cb".parse().map_err(text::<Error>)?)
        .build()
        .map_err(text)?;
    Ok(client.bound_to(Arc::new(key), entropy(8)))
}

fn push(client: &Client, thumbprint: &str) -> Result<Push, String> {
    let push = Flow::new(client).push(entropy(2), START).map_err(text)?;
    let request = push.request(START).map_err(text)?;
    proof(&request)?;
    let body = from_utf8(request.body()).unwrap_or_default();
    check(body.contains(&format!("&dpop_jkt={thumbprint}")), body)?;
    Ok(push)
}

fn pushed(push: Push) -> Result<(AuthorizationUrl, Flow<AwaitingCallback>), String> {
    let first = proof(&push.request(START).map_err(text)?)?;
    let [json] = JSON;
    let demand = [json, ("DPoP-Nonce", "n1")];
    let demand = Response::new(400, demand, r#"{"error":"use_dpop_nonce"}"#);
    let push = match push.receive(&demand, START) {
        Err(Failure::Again { state, .. }) => *state,
        _ => return Err("a demanded nonce was not taken up".into()),
    };
    let second = proof(&push.request(START).map_err(text)?)?;
    check(second.len() > first.len(), "the nonce is not in the proof")?;
    let reply = r#"{"request_uri":"urn:x","expires_in":60}"#;
    push.receive(&Response::new(201, JSON, reply), START).map_err(text)
}

fn exchange(awaiting: Flow<AwaitingCallback>) -> Result<Flow<Authorized>, String> {
    let query = format!("code=SplxlOBeZQQYbYS6WxSbIA&state={STATE}&iss=https%3A%2F%2Fas.example");
    let callback = Callback::from_query(&query).map_err(text)?;
    let code = awaiting.receive(callback, START).map_err(text)?;
    proof(&code.request(START).map_err(text)?)?;
    let reply = r#"{"access_token":"Kz8mXK1E","token_type":"DPoP","refresh_token":"tGzv3JOk"}"#;
    let flow = code.receive(&Response::new(200, JSON, reply), START).map_err(text)?;
    check(flow.tokens().token_type() == TokenType::DPoP, "the token's type")?;
    Ok(flow)
}

fn call(flow: &Flow<Authorized>) -> Result<(), String> {
    let photos = "https://api.example/photos?page=2".parse().map_err(text::<Error>)?;
    let call = flow.call(Request::get(photos)).map_err(text)?;
    let request = call.request(START).map_err(text)?;
    check(request.header("authorization") == Some("DPoP Kz8mXK1E"), "the access token")?;
    let (one, two) = (proof(&request)?, proof(&call.request(START).map_err(text)?)?);
    check(one != two, "a proof was used twice")?;
    call.receive(&Response::new(200, JSON, "[]"), START).map_err(text)?;
    Ok(())
}

fn refresh(flow: Flow<Authorized>) -> Result<(), String> {
    let refresh = flow.refresh().map_err(text)?;
    proof(&refresh.request(START).map_err(text)?)?;
    let reply = r#"{"access_token":"fresh","token_type":"Bearer"}"#;
    match refresh.receive(&Response::new(200, JSON, reply), START) {
        Err(Failure::Later { .. }) => Ok(()),
        _ => Err("a token that is not bound was taken".into()),
    }
}

/// The proof of a request, in three parts.
fn proof(request: &Request) -> Result<String, String> {
    let proof = request.header("dpop").unwrap_or_default();
    check(proof.split('.').count() == 3, "the proof")?;
    Ok(proof.into())
}
