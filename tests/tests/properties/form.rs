//! What is sent is what was meant: bodies and URLs decode to exactly their pairs, by a form
//! library that is not ours.

use crate::scene::{
    NOW, Pairs, REDIRECT_URI, authorized, cases, code_received, pairs, scope, server, start, value,
    vschar, with_redirect,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use grantflow::{Client, ClientAuth, Entropy, Exchange, Flow};
use proptest::{prelude::*, string::string_regex};

/// Any text of Unicode, control characters included.
fn any_text() -> impl Strategy<Value = String> {
    string_regex("(?s).{1,40}").unwrap()
}

fn owned(pairs: &[(&str, &str)]) -> Pairs {
    pairs.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect()
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn a_token_request_is_exactly_its_pairs(id in any_text(), secret in any_text(), code in vschar()) {
        let auth = ClientAuth::post(secret.as_str());
        let client = with_redirect(Client::confidential(server(), id.as_str(), auth)).unwrap();
        let request = code_received(&client, &code).request(NOW).unwrap();
        let sent = pairs(request.body());
        let verifier = value(&sent, "code_verifier").to_owned();
        prop_assert_eq!(verifier.len(), 43);
        prop_assert_eq!(sent, owned(&[
            ("grant_type", "authorization_code"),
            ("code", &code),
            ("redirect_uri", REDIRECT_URI),
            ("code_verifier", &verifier),
            ("client_id", &id),
            ("client_secret", &secret),
        ]));
    }

    #[test]
    fn a_refresh_request_is_exactly_its_pairs(id in any_text(), token in vschar(), scope in scope()) {
        let client = with_redirect(Client::public(server(), id.as_str())).unwrap();
        let refresh = authorized(&client, &token).unwrap().refresh().unwrap();
        let request = refresh.scope(&scope).unwrap().request(NOW).unwrap();
        let mut expected = vec![("grant_type", "refresh_token"), ("refresh_token", &token)];
        // An empty list is no parameter (RFC 6749 appendix A.4).
        expected.extend((!scope.is_empty()).then_some(("scope", &*scope)));
        expected.push(("client_id", &id));
        prop_assert_eq!(pairs(request.body()), owned(&expected));
    }

    #[test]
    fn basic_is_the_form_encoding_of_id_and_secret(id in any_text(), secret in any_text()) {
        let auth = ClientAuth::basic(secret.as_str());
        let client = with_redirect(Client::confidential(server(), id.as_str(), auth)).unwrap();
        let request = code_received(&client, "code").request(NOW).unwrap();
        let basic = request.header("authorization").unwrap().strip_prefix("Basic ").unwrap();
        let pair = String::from_utf8(STANDARD.decode(basic).unwrap()).unwrap();
        let (sent_id, sent_secret) = pair.split_once(':').unwrap();
        let decoded = pairs(format!("id={sent_id}&secret={sent_secret}").as_bytes());
        prop_assert_eq!(decoded, owned(&[("id", &id), ("secret", &secret)]));
    }

    #[test]
    fn an_authorization_url_is_exactly_its_pairs(
        id in any_text(),
        scope in scope(),
        name in "x-(?s).{0,20}",
        text in any_text(),
    ) {
        let client = with_redirect(Client::public(server(), id.as_str())).unwrap();
        let flow = Flow::new(&client).scope(&scope).unwrap().param(&name, &text).unwrap();
        let (sent, _) = start(flow, Entropy::from_os().unwrap());
        let (state, challenge) = (value(&sent, "state").to_owned(), value(&sent, "code_challenge").to_owned());
        prop_assert_eq!((state.len(), challenge.len()), (43, 43));
        let mut expected = owned(&[
            ("response_type", "code"),
            ("client_id", &id),
            ("redirect_uri", REDIRECT_URI),
            ("scope", &scope),
            ("state", &state),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
            (&name, &text),
        ]);
        expected.retain(|(name, value)| name != "scope" || !value.is_empty());
        prop_assert_eq!(sent, expected);
    }

    #[test]
    fn typed_parameters_are_those_that_serde_urlencoded_writes(
        texts in proptest::collection::btree_map("x-[a-z]{1,6}", any_text(), 0..5),
    ) {
        let client = with_redirect(Client::public(server(), "id")).unwrap();
        let (mut sent, _) = start(Flow::new(&client).params(&texts).unwrap(), Entropy::from_os().unwrap());
        sent.retain(|(name, _)| name.starts_with("x-"));
        prop_assert_eq!(sent, texts.into_iter().collect::<Vec<_>>());
    }
}
