//! What the tokens are for (RFC 8707), on every leg.

use crate::{
    NOW, STATE, TOKENS, confidential, entropy, form, json, over, public, query, server, values,
};
use grantflow::{
    Authorized, AwaitingCallback, Callback, Client, ClientAuth, ConfigError, ErrorCode, Exchange,
    Flow, Pending, Quirks, Resource, SessionBinding, StoredTokens, TokenRequestBody, Unstarted,
    UrlProblem,
};

const BOTH: [&str; 2] = ["https://cal.example/?a=b+c", "urn:example:photos"];

fn flow(client: &Client) -> Flow<Unstarted> {
    BOTH.iter().fold(Flow::new(client), |flow, text| flow.resource(text.parse().unwrap()))
}

fn arrive(awaiting: Flow<AwaitingCallback>) -> Flow<grantflow::CodeReceived> {
    let query = format!("code=c&state={STATE}");
    awaiting.receive(Callback::from_query(&query).unwrap(), NOW).unwrap()
}

#[track_caller]
fn sends_both(exchange: &impl Exchange) {
    assert_eq!(values(&form(&exchange.request(NOW).unwrap()), "resource"), BOTH);
}

fn texts(flow: &Flow<Authorized>) -> Vec<&str> {
    flow.tokens().resources().iter().map(Resource::as_str).collect()
}

#[test]
fn a_resource_is_sent_on_every_leg() {
    let (url, awaiting) = flow(&public()).redirect(entropy(), NOW).unwrap();
    assert_eq!(values(&query(url.as_str()), "resource"), BOTH);
    let code = arrive(awaiting);
    sends_both(&code);
    let authorized = code.receive(&json(200, TOKENS), NOW).unwrap();
    assert_eq!(texts(&authorized), BOTH);
    let refresh = authorized.refresh().unwrap();
    sends_both(&refresh);
    let refreshed = refresh.receive(&json(200, TOKENS), NOW).unwrap();
    assert_eq!(texts(&refreshed), BOTH);
    sends_both(&refreshed.refresh().unwrap());
}

#[test]
fn a_pushed_request_has_them_too_and_its_url_has_not() {
    let push = flow(&public()).push(entropy(), NOW).unwrap();
    sends_both(&push);
    let created = json(201, r#"{"request_uri":"urn:x","expires_in":60}"#);
    let (url, awaiting) = push.receive(&created, NOW).unwrap();
    assert_eq!(values(&query(url.as_str()), "resource"), [""; 0]);
    sends_both(&arrive(awaiting));
}

#[test]
fn they_survive_the_process() {
    let browser = SessionBinding::new("session");
    let (_, awaiting) = flow(&public()).redirect(entropy(), NOW).unwrap();
    let text = awaiting.suspend(&browser).to_text();
    assert!(text.contains("~uhttps://cal.example/?a=b%2Bc+urn:example:photos"), "{}", *text);
    let pending = Pending::from_text(&text).unwrap();
    let code = arrive(Flow::resume(&public(), &pending, &browser).unwrap());
    sends_both(&code);
    let stored = code.receive(&json(200, TOKENS), NOW).unwrap().store();
    let text = serde_json::to_string(&stored).unwrap();
    let stored: StoredTokens = serde_json::from_str(&text).unwrap();
    let restored = Flow::restore(&public(), stored).unwrap();
    assert_eq!(texts(&restored), BOTH);
    sends_both(&restored.refresh().unwrap());
    let bad = text.replace("urn:example:photos", "urn:example:photos#x");
    assert!(serde_json::from_str::<StoredTokens>(&bad).is_err());
}

#[test]
fn grants_and_devices_send_them() {
    let client = confidential(ClientAuth::basic("s"));
    let both = || BOTH.map(|text| text.parse::<Resource>().unwrap());
    let grant = client.client_credentials().unwrap();
    let grant = both().into_iter().fold(grant, grantflow::Grant::resource);
    sends_both(&grant);
    assert_eq!(texts(&grant.receive(&json(200, TOKENS), NOW).unwrap()), BOTH);
    let device = client.device().unwrap();
    let device = both().into_iter().fold(device, grantflow::DeviceAuthorization::resource);
    sends_both(&device);
    let code = r#"{"device_code":"d","user_code":"u","verification_uri":"https://as.example/",
        "expires_in":60}"#;
    let poll = device.receive(&json(200, code), NOW).unwrap();
    sends_both(&poll);
    assert_eq!(texts(&poll.receive(&json(200, TOKENS), NOW).unwrap()), BOTH);
}

#[test]
fn without_one_none_is_sent() {
    let (url, awaiting) = Flow::new(&public()).redirect(entropy(), NOW).unwrap();
    assert_eq!(values(&query(url.as_str()), "resource"), [""; 0]);
    let code = arrive(awaiting);
    assert_eq!(values(&form(&code.request(NOW).unwrap()), "resource"), [""; 0]);
    let flow = code.receive(&json(200, TOKENS), NOW).unwrap();
    assert_eq!(texts(&flow), [""; 0]);
    assert!(!serde_json::to_string(&flow.store()).unwrap().contains("resources"));
}

#[test]
fn a_resource_is_an_absolute_uri_without_a_fragment() {
    for (text, problem) in [
        ("/photos", UrlProblem::NotAbsolute),
        ("photos", UrlProblem::NotAbsolute),
        ("https:", UrlProblem::NotAbsolute),
        ("https://rs.example/#", UrlProblem::Fragment),
        ("https://rs.example/#f", UrlProblem::Fragment),
        ("https://rs.example/a b", UrlProblem::Rewritten),
        ("https://rs.example/ä", UrlProblem::Rewritten),
    ] {
        let expected = ConfigError::Url { what: "resource", problem };
        assert_eq!(Resource::parse(text).unwrap_err(), expected.into(), "{text}");
    }
}

#[test]
fn an_unknown_resource_is_the_servers_own_error() {
    let (_, awaiting) = flow(&public()).redirect(entropy(), NOW).unwrap();
    let refused = json(400, r#"{"error":"invalid_target"}"#);
    let error = over(arrive(awaiting).receive(&refused, NOW));
    assert_eq!(error.code(), Some(&ErrorCode::InvalidTarget));
}

#[test]
fn in_a_json_body_several_are_an_array() {
    let mut quirks = Quirks::default();
    quirks.token_request_body = TokenRequestBody::Json;
    let client = Client::public(server(), "id").quirks(quirks);
    let client = client.redirect_uri("https://client.example/cb".parse().unwrap()).build().unwrap();
    let sent = |flow: Flow<Unstarted>| -> serde_json::Value {
        let code = arrive(flow.redirect(entropy(), NOW).unwrap().1);
        serde_json::from_slice(code.request(NOW).unwrap().body()).unwrap()
    };
    assert_eq!(sent(flow(&client))["resource"], serde_json::json!(BOTH));
    let one = Flow::new(&client).resource(BOTH[0].parse().unwrap());
    assert_eq!(sent(one)["resource"], BOTH[0]);
    assert_eq!(sent(Flow::new(&client))["resource"], serde_json::Value::Null);
}
