//! Each named deviation: refused by default, accepted by its name.

use grantflow::{
    AuthorizationServer, Authorized, BasicEncoding, Callback, Client, ClientAuth, CodeReceived,
    Credentials, Entropy, Exchange, Failure, Flow, IssuerMatch, Pkce, Quirks, Request, Response,
    TokenRequestBody, UnixTime,
};
use std::time::Duration;

const NOW: UnixTime = UnixTime::from_secs(1000);
const STATE: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
const JSON: &str = "application/json";
const GOOD: &str = r#"{"access_token":"at","token_type":"Bearer"}"#;

fn server() -> AuthorizationServer {
    AuthorizationServer::new("https://as.example/token".parse().unwrap())
        .with_issuer("https://as.example".parse().unwrap())
        .with_authorization_endpoint("https://as.example/authorize".parse().unwrap())
}

fn client(
    server: AuthorizationServer,
    auth: ClientAuth,
    switch: impl FnOnce(&mut Quirks),
) -> Client {
    let mut quirks = Quirks::default();
    switch(&mut quirks);
    Client::confidential(server, "i d", auth)
        .redirect_uri("https://client.example/cb".parse().unwrap())
        .quirks(quirks)
        .build()
        .unwrap()
}

fn basic(switch: impl FnOnce(&mut Quirks)) -> Client {
    client(server(), ClientAuth::basic("s+c"), switch)
}

fn url(client: &Client) -> String {
    let flow = Flow::new(client).scope("a b").unwrap();
    flow.redirect(Entropy::from_bytes([0; 96]), NOW).unwrap().0.into()
}

fn receive(client: &Client, query: &str) -> Result<Flow<CodeReceived>, grantflow::Error> {
    let flow = Flow::new(client).scope("a b").unwrap();
    let (_, awaiting) = flow.redirect(Entropy::from_bytes([0; 96]), NOW).unwrap();
    let callback = Callback::from_query(&format!("{query}&state={STATE}")).unwrap();
    Ok(awaiting.receive(callback, NOW)?)
}

fn request(client: &Client) -> Request {
    receive(client, "code=c").unwrap().request(NOW).unwrap()
}

fn body(request: &Request) -> &str {
    std::str::from_utf8(request.body()).unwrap()
}

fn reply(
    client: &Client,
    status: u16,
    media_type: &str,
    body: &str,
) -> Result<Flow<Authorized>, Failure<Flow<CodeReceived>>> {
    let response = Response::new(status, [("Content-Type", media_type)], body);
    receive(client, "code=c").unwrap().receive(&response, NOW)
}

/// The end of the tokens that a reply gives, or nothing if it is refused.
fn end(client: &Client, members: &str) -> Option<Option<u64>> {
    let body = format!(r#"{{"access_token":"at","token_type":"Bearer"{members}}}"#);
    let flow = reply(client, 200, JSON, &body).ok()?;
    Some(flow.tokens().expires_at().map(UnixTime::as_secs))
}

#[test]
fn accept_201() {
    assert!(reply(&basic(|_| {}), 201, JSON, GOOD).is_err());
    assert!(reply(&basic(|quirks| quirks.accept_201 = true), 201, JSON, GOOD).is_ok());
    assert!(reply(&basic(|quirks| quirks.accept_201 = true), 202, JSON, GOOD).is_err());
}

#[test]
fn basic_encoding() {
    let header = |client| request(&client).header("authorization").unwrap().to_owned();
    assert_eq!(header(basic(|_| {})), "Basic aStkOnMlMkJj");
    let raw = basic(|quirks| quirks.basic_encoding = BasicEncoding::Raw);
    assert_eq!(header(raw), "Basic aSBkOnMrYw==");
}

#[test]
fn body_sniff() {
    let form = "access_token=at&token_type=Bearer&expires_in=60&x=y%20z";
    for media_type in ["text/plain", "text/html; charset=utf-8", "text/javascript"] {
        for body in [GOOD, form] {
            assert!(reply(&basic(|_| {}), 200, media_type, body).is_err());
            let sniffing = basic(|quirks| quirks.body_sniff = true);
            assert!(reply(&sniffing, 200, media_type, body).is_ok());
            assert!(reply(&sniffing, 200, "image/png", body).is_err());
        }
    }
    #[derive(serde::Deserialize)]
    struct Extra {
        x: String,
    }
    let sniffing = basic(|quirks| quirks.body_sniff = true);
    let flow = reply(&sniffing, 200, "text/plain", form).unwrap();
    assert_eq!(flow.tokens().expires_at(), Some(UnixTime::from_secs(1060)));
    assert_eq!(flow.tokens().extra::<Extra>().unwrap().x, "y z");
    let with_bom = format!("\u{feff}{GOOD}");
    assert!(reply(&sniffing, 200, "text/plain", &with_bom).is_ok());
}

#[test]
fn renamed_parameters() {
    let renamed = client(server(), ClientAuth::post("s"), |quirks| {
        quirks.client_id_param = Some("client_key");
        quirks.client_secret_param = Some("app_secret");
    });
    assert!(url(&renamed).contains("&client_key=i%20d&"), "{}", url(&renamed));
    assert!(!url(&renamed).contains("client_id"));
    let request = request(&renamed);
    assert!(body(&request).ends_with("&client_key=i+d&app_secret=s"), "{}", body(&request));
}

#[test]
fn code_param() {
    assert!(receive(&basic(|_| {}), "spapi_oauth_code=c").is_err());
    let amazon = basic(|quirks| quirks.code_param = Some("spapi_oauth_code"));
    let code = receive(&amazon, "spapi_oauth_code=c&x=y").unwrap();
    assert_eq!(code.extra().collect::<Vec<_>>(), [("x", "y")]);
    assert!(body(&code.request(NOW).unwrap()).contains("&code=c&"));
    assert!(receive(&amazon, "code=c").is_err());
}

#[test]
fn lifetimes() {
    let plain = basic(|_| {});
    assert_eq!(end(&plain, r#","expires_in":0"#), Some(Some(1000)));
    assert_eq!(end(&plain, r#","expires":60,"expires_at":5000"#), Some(None));
    assert_eq!(end(&plain, ""), Some(None));
    let never = basic(|quirks| quirks.expires_in_zero_means_never = true);
    assert_eq!(end(&never, r#","expires_in":0"#), Some(None));
    assert_eq!(end(&never, r#","expires_in":1"#), Some(Some(1001)));
    let alias = basic(|quirks| quirks.expires_alias = true);
    assert_eq!(end(&alias, r#","expires":"60""#), Some(Some(1060)));
    assert_eq!(end(&alias, r#","expires":60,"expires_at":5000"#), Some(Some(5000)));
    assert_eq!(end(&alias, r#","expires_in":1,"expires":60,"expires_at":5000"#), Some(Some(1001)));
    assert_eq!(end(&alias, r#","expires":-1"#), None);
    let default = basic(|quirks| quirks.default_expires_in = Some(Duration::from_secs(7)));
    assert_eq!(end(&default, ""), Some(Some(1007)));
    assert_eq!(end(&default, r#","expires_in":1"#), Some(Some(1001)));
}

#[test]
fn token_types() {
    let missing = r#"{"access_token":"at"}"#;
    assert!(reply(&basic(|_| {}), 200, JSON, missing).is_err());
    let lenient = basic(|quirks| quirks.missing_token_type_is_bearer = true);
    assert!(reply(&lenient, 200, JSON, missing).is_ok());
    assert!(reply(&lenient, 200, JSON, r#"{"access_token":"at","token_type":""}"#).is_err());
    let ebay = r#"{"access_token":"at","token_type":"User Access Token"}"#;
    assert!(reply(&basic(|_| {}), 200, JSON, ebay).is_err());
    let alias = basic(|quirks| quirks.token_type_aliases = vec!["user access token".into()]);
    let flow = reply(&alias, 200, JSON, ebay).unwrap();
    let call = flow.call(Request::get("https://api.example/".parse().unwrap())).unwrap();
    let request = call.request(NOW).unwrap();
    assert_eq!(request.header("authorization"), Some("Bearer at"));
}

#[test]
fn pkce_off() {
    assert!(url(&basic(|_| {})).contains("code_challenge="));
    let off = basic(|quirks| quirks.pkce = Pkce::Off);
    assert!(!url(&off).contains("code_challenge"));
    assert!(!body(&request(&off)).contains("code_verifier"));
}

#[test]
fn rewrites_in_order() {
    #[expect(clippy::needless_pass_by_value, reason = "a rewrite owns its reply")]
    fn select(response: Response) -> Response {
        let body: serde_json::Value = response.json().unwrap();
        Response::new(response.status(), [("Content-Type", JSON)], body["body"].to_string())
    }
    #[expect(clippy::needless_pass_by_value, reason = "a rewrite owns its reply")]
    fn rename(response: Response) -> Response {
        let body = String::from_utf8(response.body().to_vec()).unwrap();
        let body = body.replace("accessToken", "access_token");
        Response::new(response.status(), [("Content-Type", JSON)], body)
    }
    let wrapped = r#"{"body":{"accessToken":"at","token_type":"Bearer"}}"#;
    assert!(reply(&basic(|_| {}), 200, JSON, wrapped).is_err());
    let both = basic(|quirks| quirks.rewrites = vec![select, rename]);
    assert!(reply(&both, 200, JSON, wrapped).is_ok());
}

#[test]
fn scope_separator() {
    assert!(url(&basic(|_| {})).contains("scope=a%20b"));
    let comma = basic(|quirks| quirks.scope_separator = Some(','));
    assert!(url(&comma).contains("scope=a%2Cb"), "{}", url(&comma));
    let granted =
        r#"{"access_token":"at","token_type":"Bearer","scope":"a,b,c","refresh_token":"r"}"#;
    let flow = reply(&comma, 200, JSON, granted).unwrap();
    assert_eq!(flow.tokens().scope().iter().collect::<Vec<_>>(), ["a", "b", "c"]);
    let refresh = flow.refresh().unwrap().scope("a b").unwrap();
    let request = refresh.request(NOW).unwrap();
    assert!(body(&request).ends_with("&scope=a%2Cb"), "{}", body(&request));
}

#[test]
fn separated_scopes_survive_storage() {
    let comma = basic(|quirks| quirks.scope_separator = Some(','));
    let replies = [r#","scope":"a,b""#, ""];
    for (first, second) in [(replies[0], replies[1]), (replies[1], replies[0])] {
        let body = |scope| {
            format!(r#"{{"access_token":"at","token_type":"Bearer","refresh_token":"r"{scope}}}"#)
        };
        let flow = reply(&comma, 200, JSON, &body(first)).unwrap();
        let refresh = flow.refresh().unwrap().scope("a").unwrap();
        let response = Response::new(200, [("Content-Type", JSON)], body(second));
        let flow = refresh.receive(&response, NOW).unwrap();
        let stored = serde_json::to_string(&flow.store()).unwrap();
        let flow = Flow::restore(&comma, serde_json::from_str(&stored).unwrap()).unwrap();
        assert!(flow.refresh().unwrap().scope("a b").is_ok(), "{stored}");
    }
}

#[test]
fn token_request_body() {
    let json = basic(|quirks| quirks.token_request_body = TokenRequestBody::Json);
    let request = request(&json);
    assert_eq!(request.header("content-type"), Some(JSON));
    let body: serde_json::Value = serde_json::from_slice(request.body()).unwrap();
    assert_eq!(body["grant_type"], "authorization_code");
    assert_eq!(body["redirect_uri"], "https://client.example/cb");
}

#[test]
fn issuer_match() {
    let slash = "code=c&iss=https%3A%2F%2Fas.example%2F";
    assert!(receive(&basic(|_| {}), slash).is_err());
    let server = server().with_issuer_match(IssuerMatch::TrailingSlash);
    assert!(receive(&client(server, ClientAuth::basic("s"), |_| {}), slash).is_ok());
}

#[test]
fn custom_client_authentication_sees_the_form_and_adds_what_it_likes() {
    let auth = ClientAuth::custom(|form, now| {
        let hash = format!("{}|{}", form.get("code").unwrap(), now.as_secs());
        let credentials = Credentials::default().with_param("hash", hash);
        Ok(credentials.with_header("Authorization", "Bearer sk_live"))
    });
    let request = request(&client(server(), auth, |_| {}));
    assert_eq!(request.header("authorization"), Some("Bearer sk_live"));
    assert!(body(&request).ends_with("&hash=c%7C1000"), "{}", body(&request));
    assert!(!body(&request).contains("client_id"));
}

#[test]
fn an_endpoints_own_query_is_kept_once() {
    for (endpoint, start) in [
        ("https://as.example/a", "https://as.example/a?response_type="),
        ("https://as.example/a?", "https://as.example/a?response_type="),
        ("https://as.example/a?&", "https://as.example/a?response_type="),
        ("https://as.example/a?t=1", "https://as.example/a?t=1&response_type="),
        ("https://as.example/a?t=1&", "https://as.example/a?t=1&response_type="),
        ("https://as.example/a?&&t=a%2Bb&&u", "https://as.example/a?t=a%2Bb&u=&response_type="),
    ] {
        let server = server().with_authorization_endpoint(endpoint.parse().unwrap());
        let url = url(&client(server, ClientAuth::basic("s"), |_| {}));
        assert!(url.starts_with(start), "{url}");
    }
}
