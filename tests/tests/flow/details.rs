//! Rules that are easily lost, each with a test of its own.

use grantflow::{
    AuthorizationServer, Callback, CallbackError, Client, ClientAuth, Entropy, Error, Exchange,
    Failure, Flow, Pending, Pkce, ProtocolError, Quirks, RedirectUri, Response, SecureUrl,
    ServerText, SessionBinding, StoredError, UnixTime, drive,
};
use grantflow_tests::scenario::{CLIENT_SECRET, Scenario};
use std::{convert::Infallible, time::Duration};

#[test]
fn three_hundred_is_a_redirect_too() {
    let scenario = Scenario::new();
    let reply = Response::new(300, [("Location", "https://elsewhere.example/")], "");
    let failure = scenario.code_received().receive(&reply, scenario.now()).unwrap_err();
    let expected = ProtocolError::UnexpectedRedirect { status: 300 };
    assert_eq!(failure.error(), &Error::from(expected));
}

#[test]
fn a_query_may_begin_with_its_question_mark() {
    let scenario = Scenario::new();
    let (url, awaiting) = scenario.awaiting();
    let callback = scenario.callback(&url).url;
    let query = callback.split_once('?').unwrap().1;
    let callback = Callback::from_query(&format!("?{query}")).unwrap();
    assert!(awaiting.receive(callback, scenario.now()).is_ok());
}

#[test]
fn an_empty_path_is_the_root() {
    let scenario = Scenario::new();
    for uri in ["http://127.0.0.1:51004", "http://127.0.0.1:51004/"] {
        let flow = scenario.unstarted().redirect_uri(uri.parse().unwrap());
        let (_, awaiting) = flow.redirect(Entropy::from_os().unwrap(), scenario.now()).unwrap();
        let callback = Callback::from_url("http://127.0.0.1:51004?code=c&state=s").unwrap();
        let failure = awaiting.receive(callback, scenario.now()).unwrap_err();
        assert_eq!(failure.error(), &Error::from(CallbackError::StateMismatch), "{uri}");
    }
}

#[test]
fn a_private_scheme_is_a_whole_reversed_domain() {
    for uri in ["com.example.:/cb", "com..example:/cb", "example:/cb"] {
        assert!(RedirectUri::parse(uri).is_err(), "{uri}");
    }
}

#[test]
fn every_parameter_of_the_protocol_is_reserved() {
    let scenario = Scenario::new();
    for name in [
        "authorization_details",
        "client_assertion",
        "client_assertion_type",
        "client_id",
        "client_secret",
        "code",
        "code_challenge",
        "code_challenge_method",
        "code_verifier",
        "dpop_jkt",
        "error",
        "grant_type",
        "iss",
        "nonce",
        "redirect_uri",
        "request",
        "request_uri",
        "resource",
        "response_mode",
        "response_type",
        "scope",
        "state",
    ] {
        assert!(scenario.unstarted().param(name, "x").is_err(), "{name}");
    }
}

#[test]
fn an_origin_is_scheme_host_and_port() {
    let url = |text| SecureUrl::parse(text).unwrap();
    let origin = url("https://localhost:8080/a");
    assert!(origin.is_same_origin(&url("https://LOCALHOST:8080/b?c")));
    for other in ["http://localhost:8080/", "https://localhost/", "https://127.0.0.1:8080/"] {
        assert!(!origin.is_same_origin(&url(other)), "{other}");
    }
}

#[test]
fn a_nonce_outlives_a_refresh() {
    let scenario = Scenario::new();
    let flow = scenario.unstarted().with_nonce();
    let (url, awaiting) = flow.redirect(Entropy::from_os().unwrap(), scenario.now()).unwrap();
    let sent = url.as_str().split("nonce=").nth(1).unwrap().split('&').next().unwrap();
    let callback = Callback::from_url(&scenario.callback(&url).url).unwrap();
    let code = awaiting.receive(callback, scenario.now()).unwrap();
    let flow = scenario.run(code).unwrap();
    assert_eq!(flow.nonce(), Some(sent));
    let flow = scenario.run(flow.refresh().unwrap()).unwrap();
    assert_eq!(flow.nonce(), Some(sent));
}

#[test]
fn what_the_callback_echoes_is_blanked() {
    let scenario = Scenario::new();
    let (url, awaiting) = scenario.awaiting();
    let state = url.as_str().split("state=").nth(1).unwrap().split('&').next().unwrap();
    let secret: String = url::form_urlencoded::byte_serialize(CLIENT_SECRET.as_bytes()).collect();
    let query = format!(
        "error=invalid_request&code=a-code-to-hide&error_description={secret}+a-code-to-hide\
         &state={state}&iss=https%3A%2F%2Fvault.example"
    );
    let callback = Callback::from_query(&query).unwrap();
    let failure = awaiting.receive(callback, scenario.now()).unwrap_err();
    assert_eq!(failure.to_string(), "the server refused: invalid_request (*** ***)");
}

#[test]
fn invisible_tags_are_escaped() {
    let text = ServerText::from("a\u{e0041}b");
    assert_eq!(text.to_string(), r"a\u{e0041}b");
}

#[test]
fn requests_say_what_they_take() {
    let scenario = Scenario::new();
    let request = scenario.code_received().request(scenario.now()).unwrap();
    assert_eq!(request.reply_limit(), 1 << 20);
    let userinfo = scenario.authorized().userinfo().unwrap();
    let request = userinfo.request(scenario.now()).unwrap();
    assert_eq!(request.header("accept"), Some("application/json"));
}

#[test]
fn a_verifier_is_refused_where_pkce_is_off() {
    let server = AuthorizationServer::new("https://as.example/token".parse().unwrap())
        .with_authorization_endpoint("https://as.example/authorize".parse().unwrap());
    let client = |pkce| {
        let mut quirks = Quirks::default();
        quirks.pkce = pkce;
        Client::confidential(server.clone(), "id", ClientAuth::basic("s"))
            .redirect_uri("https://client.example/cb".parse().unwrap())
            .quirks(quirks)
            .build()
            .unwrap()
    };
    let (binding, now) = (SessionBinding::new("session"), UnixTime::from_secs(0));
    let flow = Flow::new(&client(Pkce::S256));
    let (_, awaiting) = flow.redirect(Entropy::from_os().unwrap(), now).unwrap();
    let pending: Pending = awaiting.suspend(&binding);
    let error = Flow::resume(&client(Pkce::Off), &pending, &binding).unwrap_err();
    assert_eq!(error, StoredError::Verifier.into());
}

/// Asks to go on twice, with a wait, before it is done.
struct Patient(u8);

impl Exchange for Patient {
    type Output = u8;

    fn request(&self, _now: UnixTime) -> Result<grantflow::Request, Error> {
        Ok(grantflow::Request::get("https://as.example/".parse()?))
    }

    fn receive(self, _response: &Response, _now: UnixTime) -> Result<u8, Failure<Self>> {
        if self.0 == 2 {
            return Ok(self.0);
        }
        Err(Failure::Again {
            state: Box::new(Self(self.0 + 1)),
            wait: Duration::from_secs(self.0.into()),
            error: CallbackError::StateMissing.into(),
        })
    }
}

#[test]
fn the_loop_goes_on_and_waits_as_it_is_told() {
    let mut waits = Vec::new();
    let none: [(&str, &str); 0] = [];
    let send = |_| Ok::<_, Infallible>(Response::new(200, none, ""));
    let done = drive(Patient(0), || UnixTime::from_secs(0), send, |wait| waits.push(wait));
    assert_eq!(done.unwrap(), 2);
    assert_eq!(waits, [Duration::ZERO, Duration::from_secs(1)]);
}
