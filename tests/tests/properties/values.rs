//! The values of the protocol mean what they say.

use crate::scene::{NOW, cases, client, code_received, pairs, scope, start, value, with_redirect};
use grantflow::{
    AuthorizationServer, Callback, Client, ClientAuth, Discover, Entropy, Error, ErrorCode,
    Exchange, Failure, Flow, Issuer, IssuerMatch, Resource, Response, Scope, SecureUrl,
};
use proptest::{collection::vec, prelude::*};
use std::collections::BTreeSet;

fn refusal(code: &str, description: &str) -> Error {
    let body = serde_json::json!({ "error": code, "error_description": description }).to_string();
    let response = Response::new(400, [("content-type", "application/json")], body);
    code_received(&client(), "SplxlOBeZQQYbYS6WxSbIA").receive(&response, NOW).unwrap_err().into()
}

/// The issuer that a document names, taken or not for the one that was asked.
fn discovers(asked: &str, how: IssuerMatch, named: &str) -> bool {
    let document = serde_json::json!({ "issuer": named, "token_endpoint": "https://as.example/t" });
    let json = [("content-type", "application/json")];
    let discover = Discover::new(asked.parse().unwrap()).issuer_match(how);
    discover.receive(&Response::new(200, json, document.to_string()), NOW).is_ok()
}

fn path() -> impl Strategy<Value = String> {
    "(/[a-z0-9_~-]{1,6}){0,3}/?"
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn a_scope_is_the_set_of_its_tokens(one in scope(), other in scope()) {
        let (left, right) = (Scope::parse(&one).unwrap(), Scope::parse(&other).unwrap());
        let set = |text: &str| -> BTreeSet<String> {
            text.split(' ').filter(|token| !token.is_empty()).map(str::to_owned).collect()
        };
        let (ours, theirs) = (set(&one), set(&other));
        prop_assert_eq!(left.iter().map(str::to_owned).collect::<BTreeSet<_>>(), ours.clone());
        prop_assert_eq!(left == right, ours == theirs);
        let missing: BTreeSet<_> = left.without(&right).map(str::to_owned).collect();
        prop_assert_eq!(missing, ours.difference(&theirs).cloned().collect::<BTreeSet<_>>());
        prop_assert!(theirs.iter().all(|token| right.contains(token)));
        prop_assert_eq!(left.is_empty(), ours.is_empty());
    }

    #[test]
    fn spaces_in_a_scope_do_not_count(tokens in vec("[!#-\\[\\]-~]{1,8}", 0..6), gaps in vec(0..4_usize, 7)) {
        let spaced = |(token, gap): (&String, &usize)| format!("{token} {}", " ".repeat(*gap));
        let text: String = tokens.iter().zip(&gaps).map(spaced).collect();
        let scope = Scope::parse(&text).unwrap();
        prop_assert_eq!(scope.as_str(), tokens.join(" "));
    }

    #[test]
    fn a_resource_is_sent_on_every_leg_as_it_is(rest in "[A-Za-z0-9._~/?:@!$&'()*+,;=%-]{1,30}") {
        let text = format!("urn:{rest}");
        let resource: Resource = text.parse().unwrap();
        let flow = Flow::new(&client()).resource(resource);
        let (sent, awaiting) = start(flow, Entropy::from_os().unwrap());
        prop_assert_eq!(value(&sent, "resource"), &text);
        let query = format!("code=c&state={}", value(&sent, "state"));
        let code = awaiting.receive(Callback::from_query(&query).unwrap(), NOW).unwrap();
        let sent = pairs(code.request(NOW).unwrap().body());
        prop_assert_eq!(value(&sent, "resource"), &text);
        let reply = r#"{"access_token":"a","token_type":"Bearer","refresh_token":"r"}"#;
        let reply = Response::new(200, [("content-type", "application/json")], reply);
        let refresh = code.receive(&reply, NOW).unwrap().refresh().unwrap();
        let sent = pairs(refresh.request(NOW).unwrap().body());
        prop_assert_eq!(value(&sent, "resource"), &text);
    }

    #[test]
    fn an_issuer_is_itself_and_no_other(asked in path(), named in path()) {
        let (asked, named) = (format!("https://as.example{asked}"), format!("https://as.example{named}"));
        prop_assert_eq!(discovers(&asked, IssuerMatch::Exact, &named), asked == named);
        prop_assert!(discovers(&asked, IssuerMatch::Exact, &asked));
    }

    #[test]
    fn a_trailing_slash_is_one_slash(asked in path(), slashes in 0..4_usize) {
        let asked = format!("https://as.example{asked}");
        let bare = asked.strip_suffix('/').unwrap_or(&asked);
        let named = format!("{bare}{}", "/".repeat(slashes));
        prop_assert_eq!(discovers(&asked, IssuerMatch::TrailingSlash, &named), slashes < 2);
    }

    #[test]
    fn a_template_never_leaves_its_host(tenant in "[ -~]{0,20}", host in "[a-z.@:/\\\\]{0,12}") {
        let how = || IssuerMatch::Template("https://as.example/{tenant}/v2".into());
        let asked = "https://as.example/a/v2";
        let is_segment = |octet: u8| octet.is_ascii_alphanumeric() || b"-._~".contains(&octet);
        let fits = !tenant.is_empty() && tenant.bytes().all(is_segment);
        let named = format!("https://as.example/{tenant}/v2");
        prop_assert_eq!(discovers(asked, how(), &named), fits || tenant == "{tenant}");
        prop_assume!(!host.is_empty());
        for host in [format!("as.example{host}"), format!("{host}as.example")] {
            let named = format!("https://{host}/a/v2");
            prop_assert!(!discovers(asked, how(), &named), "{}", named);
        }
    }

    #[test]
    fn an_issuer_without_a_query_is_a_secure_url_as_it_is_written(path in path(), query in "(\\?[a-z]{0,3})?") {
        let text = format!("https://as.example{path}{query}");
        prop_assert!(SecureUrl::parse(&text).is_ok());
        let issuer = Issuer::parse(&text);
        prop_assert_eq!(issuer.is_ok(), query.is_empty());
        if let Ok(issuer) = issuer {
            prop_assert_eq!((issuer.as_str(), issuer.to_string()), (text.as_str(), text.clone()));
        }
    }

    #[test]
    fn what_a_server_writes_is_one_line_of_512_characters(text in "(?s).{0,600}") {
        let Error::Refused(refusal) = refusal("invalid_request", &text) else {
            panic!("it is a refusal")
        };
        let Some(description) = refusal.description() else { panic!("it has one") };
        prop_assert_eq!(description.as_str(), &text);
        for shown in [description.to_string(), format!("{description:?}")] {
            prop_assert!(!shown.contains(char::is_control), "{:?}", shown);
            let steers = ['\u{202e}', '\u{2028}', '\u{feff}', '\u{200b}'];
            prop_assert!(!shown.contains(steers), "{:?}", shown);
            // An escape takes ten characters at most.
            prop_assert!(shown.chars().count() <= 512 * 10 + 5, "{}", shown.len());
        }
        if text.chars().all(|character| matches!(character, ' '..='~')) && text.len() <= 512 {
            prop_assert_eq!(description.to_string(), text);
        }
    }

    #[test]
    fn an_error_code_is_its_text(code in "[a-z_]{1,30}|(?s).{1,20}") {
        let known = ErrorCode::from(code.as_str());
        prop_assert_eq!(known.as_str(), &code);
        prop_assert_eq!(ErrorCode::from(known.as_str()), known.clone());
        let error = refusal(&code, "");
        prop_assert_eq!(error.code(), Some(&known));
    }

    #[test]
    fn no_refusal_repeats_the_code_or_the_secret(before in "[ -~]{0,20}", after in "[ -~]{0,20}") {
        for secret in ["SplxlOBeZQQYbYS6WxSbIA", "gX1fBat3bV"] {
            let error = refusal("invalid_grant", &format!("{before}{secret}{after}{secret}"));
            let shown = format!("{error} {error:?}");
            prop_assert!(!shown.contains(secret) && shown.contains("***"), "{}", shown);
        }
    }

    #[test]
    fn the_strongest_common_authentication_is_taken(supported in vec("none|client_secret_(basic|post)|[a-z]{3}", 0..5)) {
        let document = serde_json::json!({
            "token_endpoint": "https://as.example/t",
            "token_endpoint_auth_methods_supported": supported,
        });
        let server: AuthorizationServer = serde_json::from_value(document).unwrap();
        let offers = [ClientAuth::post("gX1fBat3bV"), ClientAuth::basic("gX1fBat3bV")];
        let client = Client::negotiated(server, "id", offers).and_then(with_redirect);
        let expected = ["client_secret_basic", "client_secret_post"]
            .into_iter()
            .find(|method| supported.iter().any(|known| known == method));
        prop_assert_eq!(client.ok().map(|client| client.authentication()), expected);
    }

    #[test]
    fn every_status_but_401_and_403_is_the_resources_own(status: u16, body in vec(any::<u8>(), 0..40)) {
        let flow = crate::scene::authorized(&client(), "2YotnFZFEjr1zCsicMWpAA").unwrap();
        let photos = grantflow::Request::get("https://api.example/".parse().unwrap());
        let response = Response::new(status, [("x", "y")], body.clone());
        match flow.call(photos).unwrap().receive(&response, NOW) {
            Ok(answer) => prop_assert_eq!((answer.status(), answer.body()), (status, &body[..])),
            Err(Failure::Over(Error::Challenged(challenged))) => {
                prop_assert!(matches!(status, 401 | 403));
                prop_assert_eq!(challenged.status(), status);
            }
            Err(other) => prop_assert!(false, "{:?}", other),
        }
    }
}
