//! Proofs are good ones whatever the request, and nothing of a hostile nonce gets into a request.

use crate::scene::{NOW, cases, code_received, server, with_redirect};
use grantflow::{
    AuthorizationServer, Call, Client, Entropy, Es256Key, Exchange, Failure, Flow, Method, Request,
    Response, SecureUrl, StoredTokens, TokenType, UnixTime,
};
use grantflow_tests::jws::Jws;
use proptest::{collection::vec, prelude::*};
use std::{collections::HashSet, sync::Arc, thread};

fn bound(server: AuthorizationServer) -> Client {
    let key = Es256Key::generate(Entropy::from_bytes([1; 96])).unwrap();
    let client = with_redirect(Client::public(server, "s6BhdRkqt3")).unwrap();
    client.bound_to(Arc::new(key), Entropy::from_os().unwrap())
}

fn call(client: &Client, method: &str, url: &str) -> Call {
    let stored = StoredTokens::import("2YotnFZFEjr1zCsicMWpAA", TokenType::DPoP).unwrap();
    let request = Request::new(Method::new(method.to_owned()).unwrap(), url.parse().unwrap());
    Flow::restore(client, stored).unwrap().call(request).unwrap()
}

/// A URL without a query, and the query.
fn url() -> impl Strategy<Value = (String, String)> {
    let path = "(/[A-Za-z0-9_~!$&'()*+,;=:@-][A-Za-z0-9._~%-]{0,12}){0,4}/?";
    let host =
        "https://(rs|RS)\\.example(:(443|8443))?|http://127\\.0\\.0\\.1:8080|http://\\[::1\\]";
    let query = "(\\?[A-Za-z0-9._~!$&'()*+,;=:@/?%-]{0,30})?";
    (host, path, query).prop_map(|(host, path, query)| (host + &path, query))
}

/// The nonces of servers, honest and not.
fn nonce() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        2 => "[!#-\\[\\]-~]{1,400}".prop_map(String::into_bytes),
        2 => "[!#-\\[\\]-~]{0,20}[\"\\\\ \r\n\t\u{0}\u{7f}é][ -~\r\n]{0,20}".prop_map(String::into_bytes),
        1 => vec(any::<u8>(), 0..40),
    ]
}

fn is_nonce(octets: &[u8]) -> bool {
    let is_nqchar = |byte: &u8| (b'!'..=b'~').contains(byte) && !b"\"\\".contains(byte);
    !octets.is_empty() && octets.iter().all(is_nqchar)
}

/// What a request holds of a nonce: in the proof, as a claim, and only if it is one.
fn check(request: &Request, given: &[u8]) -> Result<(), TestCaseError> {
    let proof = Jws::proof(request).unwrap();
    if let Some(claim) = proof.claim("nonce") {
        prop_assert!(is_nonce(given), "{:?}", given);
        prop_assert_eq!(claim.as_bytes(), given);
    }
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    prop_assert!(request.header("dpop").unwrap().bytes().all(is_plain));
    let names: Vec<_> = request.headers().map(|(name, _)| name).collect();
    let known = ["Accept", "Authorization", "Content-Type", "DPoP"];
    prop_assert!(names.iter().all(|name| known.contains(name)), "{:?}", names);
    if given.len() > 8 {
        let has = |text: &[u8]| text.windows(given.len()).any(|window| window == given);
        prop_assert!(!has(request.body()) && !has(request.url().as_str().as_bytes()));
        prop_assert!(!request.headers().any(|(_, value)| has(value.as_bytes())));
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn htu_is_the_url_without_its_query((url, query) in url(), method in "GET|POST|PATCH|get") {
        let whole = format!("{url}{query}");
        // What a URL parser would mend is no URL here.
        let Ok(parsed) = SecureUrl::parse(&whole) else { return Ok(()) };
        let with_fragment = SecureUrl::parse(&format!("{whole}#x"));
        prop_assert!(with_fragment.is_err());
        let request = call(&bound(server()), &method, &whole).request(NOW).unwrap();
        let proof = Jws::proof(&request).unwrap();
        let htu = proof.claim("htu").unwrap();
        prop_assert!(!htu.contains(['?', '#']), "{}", htu);
        prop_assert_eq!(htu, parsed.as_str().split('?').next().unwrap());
        prop_assert_eq!(proof.claim("htm"), Some(method.as_str()));
    }

    #[test]
    fn the_token_endpoints_query_is_not_in_htu(query in "[A-Za-z0-9=&%/?]{0,20}") {
        let url = format!("https://as.example/token?{query}");
        let Ok(endpoint) = SecureUrl::parse(&url) else { return Ok(()) };
        let server = AuthorizationServer::new(endpoint)
            .with_authorization_endpoint("https://as.example/authorize".parse().unwrap());
        let request = code_received(&bound(server), "c").request(NOW).unwrap();
        let proof = Jws::proof(&request).unwrap();
        prop_assert_eq!(proof.claim("htu"), Some("https://as.example/token"));
    }

    #[test]
    fn no_nonce_reaches_a_token_request_raw(given in nonce()) {
        let client = bound(server());
        let headers = [("Content-Type", b"application/json".as_slice()), ("DPoP-Nonce", &given)];
        let demand = Response::new(400, headers, r#"{"error":"use_dpop_nonce"}"#);
        match code_received(&client, "c").receive(&demand, NOW) {
            Err(Failure::Again { state, .. }) => {
                prop_assert!(is_nonce(&given));
                let request = state.request(NOW).unwrap();
                check(&request, &given)?;
                prop_assert!(Jws::proof(&request).unwrap().claim("nonce").is_some());
            }
            other => prop_assert!(other.is_err() && !is_nonce(&given), "{:?}", given),
        }
        check(&code_received(&client, "c").request(NOW).unwrap(), &given)?;
    }

    #[test]
    fn no_nonce_reaches_a_call_raw(given in nonce(), is_success: bool) {
        let client = bound(server());
        let call = || call(&client, "GET", "https://rs.example/r");
        let challenge = b"DPoP error=\"use_dpop_nonce\"".as_slice();
        let headers = [("WWW-Authenticate", challenge), ("DPoP-Nonce", &given)];
        let status = if is_success { 200 } else { 401 };
        match call().receive(&Response::new(status, headers, ""), NOW) {
            Err(Failure::Again { state, .. }) => {
                prop_assert!(is_nonce(&given));
                check(&state.request(NOW).unwrap(), &given)?;
            }
            other => prop_assert!(other.is_ok() == is_success && (is_success || !is_nonce(&given))),
        }
        check(&call().request(NOW).unwrap(), &given)?;
    }
}

/// Each of the 256 octets in the nonce that a server demands: refused, or a claim of the proof.
#[test]
fn no_octet_of_a_nonce_is_ever_raw_in_a_header() {
    for octet in 0..=u8::MAX {
        let given = [b"abc-def-ghi".as_slice(), &[octet], b"jkl"].concat();
        let client = bound(server());
        let headers = [("Content-Type", b"application/json".as_slice()), ("DPoP-Nonce", &given)];
        let demand = Response::new(400, headers, r#"{"error":"use_dpop_nonce"}"#);
        match code_received(&client, "c").receive(&demand, NOW) {
            Err(Failure::Again { state, .. }) => {
                assert!(is_nonce(&given), "{octet}");
                check(&state.request(NOW).unwrap(), &given).unwrap();
            }
            other => assert!(other.is_err() && !is_nonce(&given), "{octet}"),
        }
        check(&code_received(&client, "c").request(NOW).unwrap(), &given).unwrap();
    }
}

#[test]
fn every_proof_verifies_and_none_is_like_another() {
    let client = bound(server());
    let make = |client: &Client| -> Vec<String> {
        let call = call(client, "GET", "https://rs.example/r");
        let code = code_received(client, "c");
        let mut seen = Vec::new();
        for round in 0..50 {
            let now = UnixTime::from_secs(1_700_000_000 + round / 10);
            for request in [call.request(now), code.request(now)] {
                let proof = Jws::proof(&request.unwrap()).expect("a good proof");
                assert_eq!(proof.claims["iat"], now.as_secs());
                seen.push(proof.claim("jti").unwrap().to_owned());
            }
        }
        seen
    };
    let seen: Vec<_> = thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(|| make(&client.clone()))).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(seen.len(), 400);
    assert_eq!(seen.iter().collect::<HashSet<_>>().len(), 400);
}
