//! The flow, step by step; each step's result is checked and makes one line.

use crate::steps::{JSON, START, check, step, text};
use alloc::{format, string::String};
use grantflow::{
    AuthorizationServer, Authorized, AwaitingCallback, Call, Callback, CallbackError, Client,
    ClientAuth, CodeReceived, Entropy, Error, Exchange, Failure, Flow, Pending, Refresh, Request,
    Response, SecureUrl, SessionBinding, UnixTime,
};

/// base64url of 32 octets of value 2.
const STATE: &str = "AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI";

/// Runs the flow; the error says which step went wrong.
pub(crate) fn run() -> Result<(), String> {
    let client = step("client", client())?;
    let stored = step("start, suspend", start(&client))?;
    let awaiting = step("resume", resume(&client, &stored))?;
    let awaiting = step("forged state refused", forged(awaiting))?;
    let code = step("callback", callback(awaiting))?;
    let flow = step("token request, token reply", exchange(code))?;
    let call = step("call", call(&flow))?;
    step("challenge", challenge(call))?;
    let refresh = step("refresh request", refresh(flow))?;
    step("refresh reply", refreshed(refresh))
}

fn client() -> Result<Client, String> {
    let url = |url: &str| SecureUrl::parse(url).map_err(text);
    let server = AuthorizationServer::new(url("https://as.example/token")?)
        .with_issuer("https://as.example".parse().map_err(text::<Error>)?)
        .with_iss_required(true)
        .with_authorization_endpoint(url("https://as.example/authorize")?);
    Client::confidential(server, "s6BhdRkqt3", ClientAuth::basic("gX1fBat3bV"))
        .redirect_uri("https://client.example/cb".parse().map_err(text::<Error>)?)
        .resource_origin(url("https://api.example")?)
        .build()
        .map_err(text)
}

fn session() -> SessionBinding {
    SessionBinding::new("the session of alice")
}

fn start(client: &Client) -> Result<String, String> {
    let mut octets = [1; Entropy::LEN];
    octets[32..64].fill(2);
    let flow = Flow::new(client).scope("read_photos").map_err(text)?;
    let (url, awaiting) = flow.redirect(Entropy::from_bytes(octets), START).map_err(text)?;
    let expected = format!(
        "https://as.example/authorize?response_type=code&client_id=s6BhdRkqt3\
         &redirect_uri=https%3A%2F%2Fclient.example%2Fcb&scope=read_photos&state={STATE}\
         &code_challenge=VtX6czP210fbQsI5QH5dpMMvTHnzXQkrE0_TWkAtnFw&code_challenge_method=S256"
    );
    check(url.as_str() == expected, url.as_str())?;
    Ok(String::from(awaiting.suspend(&session()).to_text().as_str()))
}

fn resume(client: &Client, stored: &str) -> Result<Flow<AwaitingCallback>, String> {
    let pending = Pending::from_text(stored).map_err(text)?;
    let stranger = SessionBinding::new("the session of mallory");
    check(Flow::resume(client, &pending, &stranger).is_err(), "another session was taken")?;
    Flow::resume(client, &pending, &session()).map_err(text)
}

fn forged(awaiting: Flow<AwaitingCallback>) -> Result<Flow<AwaitingCallback>, String> {
    let forged = Callback::from_query("code=evil&state=forged&iss=https://as.example");
    match awaiting.receive(forged.map_err(text)?, START) {
        Err(Failure::Later {
            state, error: Error::Callback(CallbackError::StateMismatch), ..
        }) => Ok(*state),
        Err(failure) => Err(text(failure)),
        Ok(_) => Err("a forged state was taken".into()),
    }
}

fn callback(awaiting: Flow<AwaitingCallback>) -> Result<Flow<CodeReceived>, String> {
    let target =
        format!("/cb?code=SplxlOBeZQQYbYS6WxSbIA&state={STATE}&iss=https%3A%2F%2Fas.example");
    let callback = Callback::from_path_and_query(&target).map_err(text)?;
    awaiting.receive(callback, START).map_err(text)
}

fn exchange(code: Flow<CodeReceived>) -> Result<Flow<Authorized>, String> {
    let request = code.request(START).map_err(text)?;
    check(request.url().as_str() == "https://as.example/token", "the token endpoint")?;
    let basic = Some("Basic czZCaGRSa3F0MzpnWDFmQmF0M2JW");
    check(request.header("authorization") == basic, "the client's authentication")?;
    let body = "grant_type=authorization_code&code=SplxlOBeZQQYbYS6WxSbIA\
                &redirect_uri=https%3A%2F%2Fclient.example%2Fcb\
                &code_verifier=AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE";
    check(request.body() == body.as_bytes(), "the token request")?;

    let reply = r#"{"access_token":"2YotnFZFEjr1zCsicMWpAA","token_type":"Bearer",
                    "expires_in":3600,"refresh_token":"tGzv3JOkF0XG5Qx2TlKWIA"}"#;
    let flow = code.receive(&Response::new(200, JSON, reply), START).map_err(text)?;
    let end = UnixTime::from_secs(1_700_003_600);
    check(flow.tokens().expires_at() == Some(end), "the end of the token")?;
    check(flow.tokens().scope().as_str() == "read_photos", "the scope")?;
    Ok(flow)
}

fn call(flow: &Flow<Authorized>) -> Result<Call, String> {
    let photos = "https://api.example/photos".parse().map_err(text::<Error>)?;
    let call = flow.call(Request::get(photos)).map_err(text)?;
    let request = call.request(START).map_err(text)?;
    let bearer = Some("Bearer 2YotnFZFEjr1zCsicMWpAA");
    check(request.header("authorization") == bearer, "the access token")?;
    let response = call.clone().receive(&Response::new(200, JSON, "[]"), START).map_err(text)?;
    check(response.body() == b"[]", "the resource")?;
    Ok(call)
}

fn challenge(call: Call) -> Result<(), String> {
    let challenge = [("WWW-Authenticate", r#"Bearer realm="photos", error="invalid_token""#)];
    match call.receive(&Response::new(401, challenge, ""), START) {
        Err(Failure::Over(Error::Challenged(challenged))) => {
            let error = challenged.of("bearer").and_then(|bearer| bearer.param("error"));
            check(error.is_some_and(|error| error.as_str() == "invalid_token"), "the challenge")
        }
        _ => Err("a 401 was no challenge".into()),
    }
}

fn refresh(flow: Flow<Authorized>) -> Result<Refresh, String> {
    check(flow.needs_refresh(UnixTime::from_secs(1_700_003_599)), "the token has ended")?;
    let refresh = flow.refresh().map_err(text)?;
    let request = refresh.request(START).map_err(text)?;
    let body = b"grant_type=refresh_token&refresh_token=tGzv3JOkF0XG5Qx2TlKWIA";
    check(request.body() == body, "the refresh request")?;
    Ok(refresh)
}

fn refreshed(refresh: Refresh) -> Result<(), String> {
    let reply = r#"{"access_token":"fresh","token_type":"bearer","expires_in":3600}"#;
    let flow = refresh.receive(&Response::new(200, JSON, reply), START).map_err(text)?;
    check(flow.tokens().access_token().expose() == "fresh", "the new token")?;
    let kept = flow.tokens().refresh_token();
    check(kept.is_some_and(|kept| kept.expose() == "tGzv3JOkF0XG5Qx2TlKWIA"), "the old one is kept")
}
