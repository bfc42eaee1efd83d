//! The heap that each step takes: few allocations for honest input, a bounded peak for any.

use grantflow::{
    AuthorizationServer, Authorized, Callback, Client, CodeReceived, Entropy, Exchange, Failure,
    Flow, Policy, Response, SessionBinding, UnixTime,
};
use grantflow_checks::heap::{Counting, Taken, measure};

#[global_allocator]
static HEAP: Counting = Counting;

const NOW: UnixTime = UnixTime::from_secs(1_700_000_000);
const CALLBACK: &str = "code=SplxlOBeZQQYbYS6WxSbIA\
     &state=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA&iss=https%3A%2F%2Fas.example";
const REPLY: &str = r#"{"access_token":"2YotnFZFEjr1zCsicMWpAA","token_type":"Bearer",
    "expires_in":3600,"refresh_token":"tGzv3JOkF0XG5Qx2TlKWIA","scope":"a b c d"}"#;
const SIZE: usize = 1 << 20;

fn client() -> Client {
    let server = AuthorizationServer::new("https://as.example/token".parse().unwrap())
        .with_issuer("https://as.example".parse().unwrap())
        .with_authorization_endpoint("https://as.example/authorize".parse().unwrap());
    let mut policy = Policy::default();
    policy.max_body = usize::MAX;
    Client::public(server, "s6BhdRkqt3")
        .redirect_uri("https://client.example/cb".parse().unwrap())
        .policy(policy)
        .build()
        .unwrap()
}

fn code(client: &Client) -> Flow<CodeReceived> {
    let flow = Flow::new(client).scope("a b c d").unwrap();
    let (_, awaiting) = flow.redirect(Entropy::from_bytes([0; 96]), NOW).unwrap();
    awaiting.receive(Callback::from_query(CALLBACK).unwrap(), NOW).unwrap()
}

fn json(body: impl Into<Vec<u8>>) -> Response {
    Response::new(200, [("Content-Type", "application/json")], body)
}

#[test]
fn an_honest_login_takes_few_allocations() {
    let client = client();
    let (started, start) = measure(|| {
        let flow = Flow::new(&client).scope("a b c d").unwrap();
        flow.redirect(Entropy::from_bytes([0; 96]), NOW).unwrap()
    });
    let (code, callback) = measure(|| {
        let callback = Callback::from_query(CALLBACK).unwrap();
        started.1.receive(callback, NOW).unwrap()
    });
    let (_request, request) = measure(|| code.request(NOW).unwrap());
    let reply = json(REPLY);
    let (flow, tokens) = measure(|| code.receive(&reply, NOW).unwrap());
    let refresh = flow.refresh().unwrap();
    let (_flow, refresh) = measure(|| {
        let _request = refresh.request(NOW).unwrap();
        refresh.receive(&reply, NOW).unwrap()
    });
    let taken = [start, callback, request, tokens, refresh].map(|taken| taken.allocations);
    let allowed = [2, 3, 3, 6, 12];
    assert!(taken.iter().zip(allowed).all(|(taken, allowed)| *taken <= allowed), "{taken:?}");
}

#[test]
fn a_pending_flow_takes_at_most_400_octets() {
    let client = client();
    let flow = Flow::new(&client).scope("a b c d").unwrap();
    let (awaiting, taken) = measure(|| flow.redirect(Entropy::from_bytes([0; 96]), NOW).unwrap().1);
    let held = size_of_val(&awaiting) + taken.peak;
    // The URL that was dropped was part of the peak.
    assert!(held <= 800, "{held}");
    assert!(size_of_val(&awaiting) <= 300, "{}", size_of_val(&awaiting));
}

#[track_caller]
fn is_bounded(body: Vec<u8>) -> Result<Flow<Authorized>, Failure<Flow<CodeReceived>>> {
    let length = body.len();
    let (code, reply) = (code(&client()), json(body));
    let (result, Taken { peak, .. }) = measure(|| code.receive(&reply, NOW));
    let allowed = length * 21 / 10 + 1024;
    assert!(peak <= allowed, "{peak} octets for a body of {length}");
    result
}

fn with(before: &str, filling: &str, after: &str) -> Vec<u8> {
    let filling = filling.repeat((SIZE - before.len() - after.len()) / filling.len());
    [before, &filling, after].concat().into_bytes()
}

#[test]
fn a_hostile_reply_takes_at_most_2_1_times_its_size() {
    let rest = r#","access_token":"a","token_type":"Bearer"}"#;
    let token = r#"","token_type":"Bearer"}"#;
    assert!(is_bounded(with(r#"{"access_token":""#, "A", token)).is_ok());
    assert!(is_bounded(with(r#"{"access_token":"\u0041"#, "A", token)).is_ok());
    assert!(is_bounded(with(r#"{"access_token":""#, "A\\/", token)).is_ok());
    assert!(is_bounded(with(r#"{"x":""#, "\\u0041", &format!("\"{rest}"))).is_ok());
    assert!(is_bounded(with(r#"{"x":["#, "[],", &format!("0]{rest}"))).is_ok());
    let deep = [r#"{"x":"#, &"[".repeat(SIZE / 2), &"]".repeat(SIZE / 2), rest].concat();
    assert!(is_bounded(deep.into_bytes()).is_ok());
    assert!(is_bounded(vec![b'['; SIZE]).is_err());
    assert!(is_bounded(with("{", r#""x":0,"#, &format!("\"y\":0{rest}"))).is_ok());
    assert!(
        is_bounded(with(r#"{"\u0078":0,"#, r#""\u0078":0,"#, &format!("\"y\":0{rest}"))).is_ok()
    );
    assert!(is_bounded(with(r#"{"scope":""#, "a ", &format!("\"{rest}"))).is_ok());
    assert!(is_bounded(with(r#"{"scope":"\u0061 "#, "a ", &format!("\"{rest}"))).is_ok());
    assert!(is_bounded(with(r#"{"scope":["#, r#""a","#, &format!("\"b\"]{rest}"))).is_ok());
    assert!(is_bounded(with("<html>", "<p>", "</html>")).is_err());
    let error = r#"{"error":"invalid_request","error_description":""#;
    assert!(is_bounded(with(error, "SplxlOBeZQQYbYS6WxSbIA", "\"}")).is_err());
    assert!(is_bounded(with(error, "\\n", "\"}")).is_err());
    assert!(is_bounded(with(r#"{"token_type":""#, "x", r#"","access_token":"a"}"#)).is_err());
}

#[test]
fn a_pending_flow_is_written_in_one_piece() {
    let client = client();
    // A text that grew on its way would leave the verifier behind in freed memory.
    let written = |count: usize| {
        let resource = format!("https://api.example/{}", "~".repeat(300));
        let flow =
            (0..count).fold(Flow::new(&client), |flow, _| flow.resource(resource.parse().unwrap()));
        let (_, awaiting) = flow.redirect(Entropy::from_bytes([0; 96]), NOW).unwrap();
        let pending = awaiting.suspend(&SessionBinding::new("session"));
        measure(|| pending.to_text()).1.allocations
    };
    assert_eq!(written(0), 1);
    assert_eq!(written(20), written(1));
}
