//! What is stored comes back as it was.

use crate::scene::{
    NOW, awaiting, cases, client, code_received, redirect_uri, scope, session, start, value, vschar,
};
use grantflow::{
    Authorized, Callback, Entropy, Exchange, Flow, Pending, Response, ResponseMode, Secret,
    StoredTokens,
};
use proptest::prelude::*;

proptest! {
    #![proptest_config(cases(512))]

    #[test]
    fn a_pending_flow_goes_on_as_if_it_had_never_slept(
        redirect_uri in redirect_uri(), scope in scope(), is_form_post: bool, nonce: bool,
        octets: [[u8; 32]; 3],
    ) {
        let client = client();
        let mode = if is_form_post { ResponseMode::FormPost } else { ResponseMode::Query };
        let entropy = || Entropy::from_bytes(octets.concat().try_into().unwrap());
        let flow = || {
            let flow = Flow::new(&client).redirect_uri(redirect_uri.parse().unwrap());
            let flow = flow.scope(&scope).unwrap().response_mode(mode);
            if nonce { flow.with_nonce() } else { flow }
        };
        let (sent, slept) = start(flow(), entropy());
        let (_, awake) = start(flow(), entropy());

        let text = slept.suspend(&session()).to_text();
        let cookie = |byte| matches!(byte, b'!' | b'#'..=b'+' | b'-'..=b':' | b'<'..=b'[' | b']'..=b'~');
        prop_assert!(text.bytes().all(cookie), "{}", *text);
        let pending = Pending::from_text(&text).unwrap();
        prop_assert_eq!(&*pending.to_text(), &*text);
        let resumed = Flow::resume(&client, &pending, &session()).unwrap();

        let end = |flow: Flow<_>| -> (Vec<u8>, Flow<Authorized>) {
            let query = format!("code=SplxlO&state={}", value(&sent, "state"));
            let callback = if is_form_post {
                Callback::from_form_post("application/x-www-form-urlencoded", query.as_bytes())
            } else {
                Callback::from_query(&query)
            };
            let code = flow.receive(callback.unwrap(), NOW).unwrap();
            let body = code.request(NOW).unwrap().body().to_vec();
            (body, code.receive(&granted(r#"{"access_token":"at","token_type":"bearer"}"#), NOW).unwrap())
        };
        let ((body, resumed), (expected_body, expected)) = (end(resumed), end(awake));
        prop_assert_eq!(body, expected_body);
        prop_assert_eq!(resumed.nonce(), expected.nonce());
        prop_assert_eq!(resumed.tokens().scope(), expected.tokens().scope());
        prop_assert_eq!(resumed.tokens().scope().as_str(), scope);
    }

    #[test]
    fn any_text_is_a_pending_flow_or_an_error(text in "1?(~[tbcsvronm]?(?s).{0,50}){0,9}") {
        if let Ok(pending) = Pending::from_text(&text) {
            let written = pending.to_text();
            let again = Pending::from_text(&written).unwrap();
            prop_assert_eq!(&*again.to_text(), &*written);
        }
    }

    #[test]
    fn tokens_are_the_same_after_storage(
        token in vschar(), refresh_token in proptest::option::of(vschar()),
        expires_in: Option<u32>, asked in scope(), granted_scope in proptest::option::of("(?s).{0,30}"),
    ) {
        let client = client();
        let reply = serde_json::json!({
            "access_token": token,
            "token_type": "Bearer",
            "refresh_token": refresh_token,
            "expires_in": expires_in,
            "scope": granted_scope,
        });
        let (sent, awaiting) = start(Flow::new(&client).scope(&asked).unwrap(), Entropy::from_os().unwrap());
        let callback = Callback::from_query(&format!("code=c&state={}", value(&sent, "state"))).unwrap();
        let flow = awaiting.receive(callback, NOW).unwrap();
        let flow = flow.receive(&granted(&reply.to_string()), NOW).unwrap();

        let json = serde_json::to_string(&flow.store()).unwrap();
        let stored: StoredTokens = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(serde_json::to_string(&stored).unwrap(), json);
        let restored = Flow::restore(&client, stored).unwrap();
        let (before, after) = (flow.tokens(), restored.tokens());
        prop_assert_eq!(after.access_token().expose(), token);
        prop_assert_eq!(after.refresh_token().map(Secret::expose), refresh_token.as_deref());
        prop_assert_eq!(after.expires_at(), before.expires_at());
        prop_assert_eq!(after.scope().as_str(), before.scope().as_str());
        prop_assert_eq!(after.requested_scope().as_str(), before.requested_scope().as_str());
    }
}

fn granted(json: &str) -> Response {
    Response::new(200, [("content-type", "application/json")], json)
}

#[test]
fn an_ordinary_pending_flow_has_at_most_300_octets() {
    let (_, plain) = awaiting(&client());
    let flow = Flow::new(&client()).scope("read_photos list_albums offline_access").unwrap();
    let (_, scoped) = start(flow, Entropy::from_os().unwrap());
    for awaiting in [plain, scoped] {
        let text = awaiting.suspend(&session()).to_text();
        assert!(text.len() <= 300, "{} octets: {}", text.len(), *text);
    }
}

#[test]
fn a_code_is_not_in_what_is_stored() {
    let flow = code_received(&client(), "SplxlOBeZQQYbYS6WxSbIA");
    let reply = granted(r#"{"access_token":"at","token_type":"bearer"}"#);
    let stored = flow.receive(&reply, NOW).unwrap().store();
    assert!(!serde_json::to_string(&stored).unwrap().contains("Splxl"));
}
