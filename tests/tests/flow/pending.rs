//! What outlives the process while the browser is away.

use grantflow::{
    AuthorizationServer, Callback, Client, ClientAuth, Entropy, Flow, Pending, ResponseMode,
    SessionBinding, StoredError, UnixTime,
};
use grantflow_tests::scenario::{CLIENT_SECRET, Scenario};

/// Every version that was ever released, one a line. Lines are added, never changed.
const GOLDEN: &str = include_str!("pending.golden");

fn golden_client() -> Client {
    let server = AuthorizationServer::new("https://as.example/token".parse().unwrap())
        .with_issuer("https://as.example".parse().unwrap())
        .with_authorization_endpoint("https://as.example/authorize".parse().unwrap());
    Client::confidential(server, "s6BhdRkqt3", ClientAuth::basic("gX1fBat3bV"))
        .redirect_uri("https://client.example/cb?tenant=7".parse().unwrap())
        .build()
        .unwrap()
}

#[test]
fn the_present_version_is_written_as_the_golden_file_says() {
    let octets: [u8; 96] = std::array::from_fn(|index| u8::try_from(index).unwrap());
    let plain = Flow::new(&golden_client()).scope("profile a%~+b").unwrap();
    let plain = plain.with_nonce().response_mode(ResponseMode::FormPost);
    let with_resources = Flow::new(&golden_client()).scope("profile a%~+b").unwrap();
    let with_resources = with_resources
        .with_nonce()
        .response_mode(ResponseMode::FormPost)
        .resource("https://api.example/~a?b=c+d&e=%25".parse().unwrap())
        .resource("urn:example:photos".parse().unwrap());
    let now = UnixTime::from_secs(1_700_000_000);
    let written = [plain, with_resources].map(|flow| {
        let (_, awaiting) = flow.redirect(Entropy::from_bytes(octets), now).unwrap();
        awaiting.suspend(&SessionBinding::new("session")).to_text().to_string()
    });
    assert_eq!(written, GOLDEN.lines().take(2).collect::<Vec<_>>()[..]);
}

#[test]
fn every_version_ever_released_is_read() {
    for line in GOLDEN.lines() {
        let pending = Pending::from_text(line).unwrap();
        assert_eq!(pending.to_text().as_str(), line);
        let binding = SessionBinding::new("session");
        assert!(Flow::resume(&golden_client(), &pending, &binding).is_ok());
    }
}

#[test]
fn an_ordinary_flow_fits_300_octets_that_a_cookie_can_hold() {
    let scenario = Scenario::new();
    let (_, awaiting) = scenario.awaiting();
    let text = awaiting.suspend(&SessionBinding::new("a session id")).to_text();
    assert!(text.len() <= 300, "{}", text.len());
    assert!(text.bytes().all(|byte| byte.is_ascii_graphic() && !b"\",;\\".contains(&byte)));
}

#[test]
fn a_login_survives_the_process() {
    let scenario = Scenario::new();
    let (url, awaiting) = scenario.awaiting();
    let binding = SessionBinding::new("alice's session");
    let stored = serde_json::to_string(&awaiting.suspend(&binding)).unwrap();
    let callback = Callback::from_url(&scenario.callback(&url).url).unwrap();
    let pending: Pending = serde_json::from_str(&stored).unwrap();
    let awaiting = Flow::resume(&scenario.client, &pending, &binding).unwrap();
    let code = awaiting.receive(callback, scenario.now()).unwrap();
    assert!(scenario.run(code).is_ok());
}

#[test]
fn another_browser_cannot_finish_a_login() {
    let scenario = Scenario::new();
    let (_, awaiting) = scenario.awaiting();
    let pending = awaiting.suspend(&SessionBinding::new("alice's session"));
    let mallory = SessionBinding::new("mallory's session");
    let error = Flow::resume(&scenario.client, &pending, &mallory).unwrap_err();
    assert_eq!(error, StoredError::Binding.into());
}

#[test]
fn another_client_or_issuer_cannot_finish_a_login() {
    let scenario = Scenario::new();
    let binding = SessionBinding::new("session");
    let pending = scenario.awaiting().1.suspend(&binding);
    let error = Flow::resume(&golden_client(), &pending, &binding).unwrap_err();
    assert_eq!(error, StoredError::Client.into());
    let server = scenario.client.server().clone();
    let elsewhere = server.with_issuer("https://evil.example".parse().unwrap());
    let client = Client::public(elsewhere, scenario.client.id()).build().unwrap();
    let error = Flow::resume(&client, &pending, &binding).unwrap_err();
    assert_eq!(error, StoredError::Client.into());
}

#[test]
fn a_flow_from_the_future_has_expired() {
    let scenario = Scenario::new();
    let (url, awaiting) = scenario.awaiting();
    let binding = SessionBinding::new("session");
    let text = awaiting.suspend(&binding).to_text().replace("~t1700000000", "~t1700000601");
    let pending = Pending::from_text(&text).unwrap();
    let awaiting = Flow::resume(&scenario.client, &pending, &binding).unwrap();
    let callback = Callback::from_url(&scenario.callback(&url).url).unwrap();
    let failure = awaiting.receive(callback, scenario.now()).unwrap_err();
    assert_eq!(failure.error(), &grantflow::CallbackError::Expired.into());
}

#[test]
fn the_client_secret_is_never_stored() {
    let scenario = Scenario::new();
    let pending = scenario.awaiting().1.suspend(&SessionBinding::new("session"));
    assert!(!pending.to_text().contains(&CLIENT_SECRET[..8]));
    let tokens = serde_json::to_string(&scenario.authorized().store()).unwrap();
    assert!(!tokens.contains(&CLIENT_SECRET[..8]));
}

#[test]
fn what_was_not_written_by_grantflow_is_not_read() {
    let good = GOLDEN.lines().last().unwrap();
    let cases = [
        ("", StoredError::Unreadable),
        ("x", StoredError::Unreadable),
        (&good.replacen('1', "2", 1), StoredError::Version),
        (&format!("{good}~s"), StoredError::Unreadable),
        (&format!("{good}~z1"), StoredError::Unreadable),
        (&format!("{good}~mform_post"), StoredError::Unreadable),
        (&good.replace("~t1700000000", "~t%2B1700000000"), StoredError::Unreadable),
        (&good.replace("~s", "~s%01"), StoredError::Unreadable),
        (&format!("{good}~"), StoredError::Unreadable),
        (&format!("{good}%"), StoredError::Unreadable),
        (&good.replace("~v", "~v!"), StoredError::Verifier),
        (&good.replace("~t1700000000", ""), StoredError::Unreadable),
        (&good.replace("~t1700000000", "~t-1"), StoredError::Unreadable),
        (&good.replace("~mform_post", "~mfragment"), StoredError::Unreadable),
        (&good.replace("~g2", "~g0"), StoredError::Unreadable),
        (&good.replace("~g2", "~g256"), StoredError::Unreadable),
        (&good.replace("~rhttps", "~rhttp"), StoredError::Unreadable),
        (&good.replace("~uhttps", "~u"), StoredError::Unreadable),
        (&good.replace("+urn:example", "++urn:example"), StoredError::Unreadable),
        (&good.replace("urn:example", "urn:#example"), StoredError::Unreadable),
        (&(good.to_owned() + &"a".repeat(70_000)), StoredError::Unreadable),
    ];
    for (text, expected) in cases {
        assert_eq!(Pending::from_text(text).unwrap_err(), expected.into(), "{text:.300}");
    }
    let without_verifier =
        good.split("~v").next().unwrap().to_owned() + "~r" + good.split("~r").nth(1).unwrap();
    let pending = Pending::from_text(&without_verifier).unwrap();
    let resumed = Flow::resume(&golden_client(), &pending, &SessionBinding::new("session"));
    assert_eq!(resumed.unwrap_err(), StoredError::Verifier.into());
}
