//! Pushing the authorization request ahead of the browser (RFC 9126).

use crate::{
    NOW, STATE, TOKENS, VERIFIER, bare_server, busy, confidential, entropy, form, json, later,
    over, public, query, server, values,
};
use grantflow::{
    Callback, Client, ClientAuth, ConfigError, Credentials, Discover, Error, ErrorCode, Exchange,
    Flow, Policy, ProtocolError, Push, Quirks, ResponseMode, Start, UnixTime,
};

const CREATED: &str =
    r#"{"request_uri":"urn:example:6esc_11ACC5bwc014ltc14eY22c","expires_in":60}"#;

fn push(client: &Client) -> Push {
    Flow::new(client).scope("a b").unwrap().push(entropy(), NOW).unwrap()
}

/// The switch that lets a pushed request be answered with 200.
fn quirky() -> Client {
    let mut quirks = Quirks::default();
    quirks.accept_par_200 = true;
    let client = Client::public(server(), "id").quirks(quirks);
    client.redirect_uri("https://client.example/cb".parse().unwrap()).build().unwrap()
}

#[test]
fn all_parameters_go_to_the_server_and_only_a_reference_to_the_browser() {
    let flow = Flow::new(&public()).scope("a b").unwrap().prompt("login").unwrap();
    let flow = flow.param("audience", "https://api.example/?a=b&c=d é").unwrap();
    let flow = flow.with_nonce().response_mode(ResponseMode::FormPost);
    let push = flow.push(entropy(), NOW).unwrap();
    let request = push.request(NOW).unwrap();
    assert_eq!(request.method().as_str(), "POST");
    assert_eq!(request.url().as_str(), "https://as.example/par");
    assert_eq!(request.header("content-type"), Some("application/x-www-form-urlencoded"));
    assert_eq!(request.reply_limit(), 1 << 20);
    let expected = [
        ("response_type", "code"),
        ("client_id", "id"),
        ("redirect_uri", "https://client.example/cb"),
        ("scope", "a b"),
        ("state", STATE),
        ("code_challenge", "VtX6czP210fbQsI5QH5dpMMvTHnzXQkrE0_TWkAtnFw"),
        ("code_challenge_method", "S256"),
        ("response_mode", "form_post"),
        ("nonce", STATE),
        ("prompt", "login"),
        ("audience", "https://api.example/?a=b&c=d é"),
    ];
    let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(form(&request), expected);
    let (url, _) = push.receive(&json(201, CREATED), NOW).unwrap();
    assert_eq!(
        url.as_str(),
        "https://as.example/authorize?client_id=id\
         &request_uri=urn%3Aexample%3A6esc_11ACC5bwc014ltc14eY22c"
    );
    assert_eq!(url.expires_at(), Some(UnixTime::from_secs(1060)));
}

#[test]
fn the_challenge_is_that_of_an_unpushed_request() {
    let (url, _) = Flow::new(&public()).redirect(entropy(), NOW).unwrap();
    let pushed = form(&push(&public()).request(NOW).unwrap());
    let challenge = values(&pushed, "code_challenge")[0].to_owned();
    assert_eq!(values(&query(url.as_str()), "code_challenge"), [challenge]);
    assert_eq!(url.expires_at(), None);
}

#[test]
fn a_request_uri_cannot_break_out_of_its_parameter() {
    let body = r#"{"request_uri":"urn:x&state=evil#f %\"","expires_in":"5"}"#;
    let (url, _) = push(&public()).receive(&json(201, body), NOW).unwrap();
    assert_eq!(
        url.as_str(),
        "https://as.example/authorize?client_id=id\
         &request_uri=urn%3Ax%26state%3Devil%23f%20%25%22"
    );
}

#[test]
fn an_endpoint_keeps_its_own_query() {
    let endpoint = "https://as.example/authorize?tenant=7".parse().unwrap();
    let client = Client::public(server().with_authorization_endpoint(endpoint), "i&d");
    let client = client.redirect_uri("https://client.example/cb".parse().unwrap()).build().unwrap();
    let (url, _) = push(&client).receive(&json(201, CREATED), NOW).unwrap();
    let names: Vec<_> = query(url.as_str()).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["tenant", "client_id", "request_uri"]);
}

#[test]
fn the_client_id_is_sent_once_whatever_the_authentication() {
    let own = |credentials: fn() -> Credentials| ClientAuth::custom(move |_, _| Ok(credentials()));
    let clients = [
        public(),
        confidential(ClientAuth::basic("s")),
        confidential(ClientAuth::post("s")),
        confidential(own(|| Credentials::default().with_header("Authorization", "Bearer s"))),
        confidential(own(|| Credentials::default().with_param("client_secret", "s"))),
        // Right for the token endpoint, where nothing else names the client.
        confidential(own(|| Credentials::default().with_param("client_id", "id"))),
    ];
    for client in clients {
        let request = push(&client).request(NOW).unwrap();
        assert_eq!(values(&form(&request), "client_id"), ["id"], "{client:?}");
    }
    let other = own(|| Credentials::default().with_param("client_id", "another"));
    let error = push(&confidential(other)).request(NOW).unwrap_err();
    assert_eq!(error, ConfigError::Credentials.into());
}

#[test]
fn the_client_authenticates_as_at_the_token_endpoint() {
    let basic = push(&confidential(ClientAuth::basic("s"))).request(NOW).unwrap();
    assert_eq!(basic.header("authorization"), Some("Basic aWQ6cw=="));
    let post = push(&confidential(ClientAuth::post("s"))).request(NOW).unwrap();
    assert_eq!(values(&form(&post), "client_secret"), ["s"]);
    assert_eq!(push(&public()).request(NOW).unwrap().header("authorization"), None);
}

#[test]
fn a_renamed_client_id_is_renamed_everywhere() {
    let mut quirks = Quirks::default();
    quirks.client_id_param = Some("client_key");
    let client = Client::public(server(), "id").quirks(quirks);
    let client = client.redirect_uri("https://client.example/cb".parse().unwrap()).build().unwrap();
    let sent = form(&push(&client).request(NOW).unwrap());
    assert_eq!(values(&sent, "client_key"), ["id"]);
    assert_eq!(values(&sent, "client_id"), [""; 0]);
    let (url, _) = push(&client).receive(&json(201, CREATED), NOW).unwrap();
    assert!(url.as_str().starts_with("https://as.example/authorize?client_key=id&request_uri="));
}

#[test]
fn parameters_of_the_protocol_are_not_pushed_as_extra_ones() {
    for name in ["request_uri", "request", "client_id", "resource", "code_challenge_method"] {
        let error = Flow::new(&public()).param(name, "x").unwrap_err();
        assert_eq!(error, ConfigError::ReservedParameter(name.into()).into());
    }
}

#[test]
fn only_201_is_a_success_unless_a_switch_says_otherwise() {
    let refused = |status| ProtocolError::UnexpectedStatus { status, retry_after: None }.into();
    for status in [200, 202, 204] {
        let error: Error = over(push(&public()).receive(&json(status, CREATED), NOW));
        assert_eq!(error, refused(status));
    }
    for status in [200, 201] {
        assert!(push(&quirky()).receive(&json(status, CREATED), NOW).is_ok());
    }
    assert_eq!(over(push(&quirky()).receive(&json(202, CREATED), NOW)), refused(202));
    let error = over(push(&quirky()).receive(&json(302, CREATED), NOW));
    assert_eq!(error, ProtocolError::UnexpectedRedirect { status: 302 }.into());
}

#[test]
fn the_reply_names_a_reference_and_its_lifetime() {
    let refuses = |body: &str, expected: ProtocolError| {
        assert_eq!(over(push(&public()).receive(&json(201, body), NOW)), expected.into(), "{body}");
    };
    for uri in ["", r#""request_uri":null,"#, r#""request_uri":"","#] {
        let body = format!(r#"{{{uri}"expires_in":60}}"#);
        refuses(&body, ProtocolError::Missing("request_uri"));
    }
    refuses(r#"{"request_uri":1,"expires_in":60}"#, ProtocolError::Invalid("request_uri"));
    for lifetime in ["", r#","expires_in":null"#] {
        let body = format!(r#"{{"request_uri":"urn:x"{lifetime}}}"#);
        refuses(&body, ProtocolError::Missing("expires_in"));
    }
    for lifetime in ["0", "\"0\"", "0.9", "-1", "1e3", "true", "\"\""] {
        let body = format!(r#"{{"request_uri":"urn:x","expires_in":{lifetime}}}"#);
        refuses(&body, ProtocolError::Invalid("expires_in"));
    }
    let html = grantflow::Response::new(201, [("Content-Type", "text/html")], CREATED);
    assert_eq!(over(push(&public()).receive(&html, NOW)), ProtocolError::MediaType.into());
    let long = format!(r#"{{"request_uri":"urn:x","expires_in":{}}}"#, "9".repeat(40));
    let (url, _) = push(&public()).receive(&json(201, &long), NOW).unwrap();
    assert_eq!(url.expires_at(), Some(UnixTime::from_secs(u64::MAX)));
}

#[test]
fn a_refusal_is_known_before_the_browser_leaves_and_repeats_no_secret() {
    let body = format!(
        r#"{{"error":"invalid_request","error_description":"{STATE} {VERIFIER} redirect_uri"}}"#
    );
    for status in [400, 401, 200, 201] {
        let Error::Refused(refusal) = over(push(&quirky()).receive(&json(status, &body), NOW))
        else {
            panic!("{status}")
        };
        assert_eq!(refusal.code(), &ErrorCode::InvalidRequest);
        assert_eq!(refusal.description().unwrap().as_str(), "*** *** redirect_uri");
        assert_eq!(refusal.status(), Some(status));
    }
    let error = over(push(&public()).receive(&json(413, "{}"), NOW));
    assert_eq!(error, ProtocolError::NotAnOAuthError { status: 413 }.into());
}

#[test]
fn a_server_in_trouble_is_pushed_the_same_again() {
    let first = form(&push(&public()).request(NOW).unwrap());
    for status in [429, 500, 503] {
        let (push, wait) = later(push(&public()).receive(&busy(status), NOW));
        assert_eq!((form(&push.request(NOW).unwrap()), wait), (first.clone(), Some(7)));
        assert!(push.receive(&json(201, CREATED), NOW).is_ok());
    }
}

#[test]
fn a_pushed_login_goes_on_as_any_other() {
    let (_, awaiting) = push(&public()).receive(&json(201, CREATED), NOW).unwrap();
    let query = format!("code=c&state={STATE}");
    let code = awaiting.receive(Callback::from_query(&query).unwrap(), NOW).unwrap();
    let sent = form(&code.request(NOW).unwrap());
    assert_eq!(values(&sent, "code_verifier"), [VERIFIER]);
    assert_eq!(values(&sent, "redirect_uri"), ["https://client.example/cb"]);
    assert_eq!(code.receive(&json(200, TOKENS), NOW).unwrap().tokens().scope().as_str(), "a b");
}

#[test]
fn where_pushing_is_required_nothing_else_starts() {
    let document = r#"{"issuer":"https://as.example","token_endpoint":"https://as.example/t",
        "authorization_endpoint":"https://as.example/a",
        "pushed_authorization_request_endpoint":"https://as.example/par",
        "require_pushed_authorization_requests":true}"#;
    let discover = Discover::new("https://as.example".parse().unwrap());
    let server = discover.receive(&json(200, document), NOW).unwrap();
    let client = Client::public(server, "id");
    let client = client.redirect_uri("https://client.example/cb".parse().unwrap()).build().unwrap();
    let error = Flow::new(&client).redirect(entropy(), NOW).unwrap_err();
    assert_eq!(error, ConfigError::PushRequired.into());
    assert!(Flow::new(&client).push(entropy(), NOW).is_ok());
    assert_pushes(&client);
}

/// A login that is left to begin as it must is pushed, and comes to the same.
#[track_caller]
fn assert_pushes(client: &Client) {
    let Start::Push(push) = Flow::new(client).start(entropy(), NOW).unwrap() else {
        panic!("redirected at once");
    };
    let (url, awaiting) = push.receive(&json(201, CREATED), NOW).unwrap();
    assert!(url.as_str().contains("request_uri="), "{}", url.as_str());
    let query = format!("code=a&state={STATE}&iss=https%3A%2F%2Fas.example");
    assert!(awaiting.receive(Callback::from_query(&query).unwrap(), NOW).is_ok());
}

#[test]
fn a_login_begins_as_the_server_or_the_policy_wants() {
    let started = Flow::new(&public()).start(entropy(), NOW).unwrap();
    let Start::Redirect(url, _) = started else { panic!("{started:?}") };
    assert_eq!(url.as_str(), Flow::new(&public()).redirect(entropy(), NOW).unwrap().0.as_str());
    let build = |server, policy| {
        let client = Client::public(server, "id").policy(policy);
        client.redirect_uri("https://client.example/cb".parse().unwrap()).build().unwrap()
    };
    let told = server().with_require_pushed_authorization_requests(true);
    let advertising = server().with_code_challenge_methods_supported(["S256"]);
    for client in [build(told, Policy::default()), build(advertising, Policy::fapi2())] {
        let error = Flow::new(&client).redirect(entropy(), NOW).unwrap_err();
        assert_eq!(error, ConfigError::PushRequired.into());
        assert_pushes(&client);
    }
    let told = bare_server().with_require_pushed_authorization_requests(true);
    let error = Flow::new(&build(told, Policy::default())).start(entropy(), NOW).unwrap_err();
    assert_eq!(error, ConfigError::Missing("pushed authorization request endpoint").into());
}

#[test]
fn what_is_missing_is_named() {
    let start = |server| {
        let client = Client::public(server, "id").build().unwrap();
        Flow::new(&client).push(entropy(), NOW).map(drop).unwrap_err()
    };
    let missing = |what| Error::from(ConfigError::Missing(what));
    assert_eq!(start(bare_server()), missing("pushed authorization request endpoint"));
    let par = "https://as.example/par".parse().unwrap();
    let pushing = bare_server().with_pushed_authorization_request_endpoint(par);
    assert_eq!(start(pushing), missing("authorization endpoint"));
    assert_eq!(start(server()), missing("redirect URI"));
}

#[test]
fn nothing_of_a_push_is_shown() {
    assert_eq!(format!("{:?}", push(&public())), "Push");
}
