//! No character of an input can break out of a header, a URL or a form: each of the 256 lowest
//! ones in each place is refused, or is written so that it reads back as itself.

use crate::scene::{NOW, authorized, awaiting, client, pairs, server, start, value, with_redirect};
use grantflow::{Callback, Client, ClientAuth, Entropy, Exchange, Flow, Request};
use url::form_urlencoded::byte_serialize;

/// A text around each character; U+0080 to U+00FF are two octets each.
fn texts() -> impl Iterator<Item = String> {
    (0..=u8::MAX).map(|octet| format!("abc{}def", char::from(octet)))
}

fn is_vschar(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

#[track_caller]
fn check_request(request: &Request) {
    for (name, value) in request.headers() {
        assert!(is_vschar(value), "{name}: {value:?}");
    }
    check_url(request.url().as_str());
}

#[track_caller]
fn check_url(url: &str) {
    let is_uri =
        |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&byte);
    assert!(url.bytes().all(is_uri), "{url:?}");
}

/// The body decodes to `text` under `name`, and holds nothing that is not form-encoded.
#[track_caller]
fn check_body(request: &Request, name: &str, text: &str) {
    let is_form = |byte: &u8| byte.is_ascii_alphanumeric() || b"*-._+%&=".contains(byte);
    assert!(request.body().iter().all(is_form), "{request:?}");
    assert_eq!(value(&pairs(request.body()), name), text);
}

#[test]
fn in_a_client_id_and_secret() {
    for text in texts() {
        for auth in [ClientAuth::basic(text.as_str()), ClientAuth::post(text.as_str())] {
            let is_post = format!("{auth:?}") == "client_secret_post";
            let client =
                with_redirect(Client::confidential(server(), text.as_str(), auth)).unwrap();
            let (url, _) = Flow::new(&client).redirect(Entropy::from_os().unwrap(), NOW).unwrap();
            check_url(url.as_str());
            let code = crate::scene::code_received(&client, "SplxlO");
            let request = code.request(NOW).unwrap();
            check_request(&request);
            if is_post {
                check_body(&request, "client_id", &text);
                check_body(&request, "client_secret", &text);
            }
        }
    }
}

#[test]
fn in_a_scope() {
    for text in texts() {
        let result = Flow::new(&client()).scope(&text);
        assert_eq!(result.is_ok(), is_vschar(&text) && !text.contains(['"', '\\']), "{text:?}");
        let Ok(flow) = result else { continue };
        let (sent, _) = start(flow, Entropy::from_os().unwrap());
        assert_eq!(value(&sent, "scope"), text);
    }
}

#[test]
fn in_an_extra_parameter() {
    for text in texts() {
        let flow = Flow::new(&client()).param(&text, &text).unwrap();
        let (url, _) = flow.redirect(Entropy::from_os().unwrap(), NOW).unwrap();
        check_url(url.as_str());
        let query = url.as_str().split_once('?').unwrap().1;
        assert_eq!(value(&pairs(query.as_bytes()), &text), text);
    }
}

#[test]
fn in_a_code() {
    for text in texts() {
        let (state, awaiting) = awaiting(&client());
        let code: String = byte_serialize(text.as_bytes()).collect();
        let callback = Callback::from_query(&format!("code={code}&state={state}")).unwrap();
        let result = awaiting.receive(callback, NOW);
        assert_eq!(result.is_ok(), is_vschar(&text), "{text:?}");
        let Ok(code) = result else { continue };
        let request = code.request(NOW).unwrap();
        check_request(&request);
        check_body(&request, "code", &text);
    }
}

#[test]
fn in_a_state() {
    for text in texts() {
        let (state, awaiting) = awaiting(&client());
        let forged: String = byte_serialize(format!("{state}{text}").as_bytes()).collect();
        let callback = Callback::from_query(&format!("code=c&state={forged}")).unwrap();
        let failure = awaiting.receive(callback, NOW).unwrap_err();
        assert_eq!(failure.to_string(), "the callback's state is not this flow's");
    }
}

#[test]
fn in_a_token() {
    for text in texts() {
        let result = authorized(&client(), &text);
        assert_eq!(result.is_ok(), is_vschar(&text), "{text:?}");
        let Ok(flow) = result else { continue };
        let photos = Request::get("https://api.example/photos".parse().unwrap());
        let result = flow.call(photos);
        assert_eq!(result.is_ok(), !text.contains([' ', '"', '\\']), "{text:?}");
        if let Ok(call) = result {
            let request = call.request(NOW).unwrap();
            check_request(&request);
            assert_eq!(request.header("authorization"), Some(format!("Bearer {text}").as_str()));
        }
        let request = flow.refresh().unwrap().request(NOW).unwrap();
        check_request(&request);
        check_body(&request, "refresh_token", &text);
    }
}

#[test]
fn in_a_header() {
    for text in texts() {
        let url = "https://api.example/".parse().unwrap();
        let result = Request::get(url).with_header("X-Text", text.as_str());
        assert_eq!(result.is_ok(), is_vschar(&text.replace('\t', " ")), "{text:?}");
        if let Ok(request) = result {
            assert_eq!(request.header("x-text"), Some(text.as_str()));
        }
    }
}
