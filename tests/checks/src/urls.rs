//! A URL that is accepted is one that credentials may go to, is kept as it was written, and means
//! to any other parser what it means here.

use crate::{heap, secrets::hidden};
use grantflow::{Error, Issuer, RedirectUri, Resource, SecureUrl};
use url::{Host, Url};

/// Reads the text as each kind of URL.
///
/// # Panics
/// If one is accepted that leads elsewhere, or if it takes too much heap.
pub fn check(input: &[u8]) {
    let Ok(text) = core::str::from_utf8(input) else { return };
    // What a parser makes of a host that needs IDNA, of which DNS carries 253 octets.
    let allowed = heap::allowed(text.len()) + (16 << 10);
    let secure = heap::at_most(allowed, || SecureUrl::parse(text));
    match &secure {
        Ok(url) => is_secure(url, text),
        Err(error) => is_fixed(error),
    }
    match heap::at_most(allowed, || Issuer::parse(text)) {
        Ok(issuer) => {
            assert_eq!(issuer.as_str(), text);
            assert!(secure.is_ok() && !text.contains('?'), "{text}");
            assert_eq!(issuer.to_string(), text);
        }
        Err(error) => {
            assert!(secure.is_err() || text.contains('?'), "{text}");
            is_fixed(&error);
        }
    }
    match heap::at_most(allowed, || RedirectUri::parse(text)) {
        Ok(uri) => {
            assert_eq!(uri.as_str(), text);
            is_plain(text);
            assert!(secure.is_ok() || is_private_use(text), "{text}");
        }
        Err(error) => {
            assert!(secure.is_err(), "{text}");
            is_fixed(&error);
        }
    }
    match heap::at_most(allowed, || Resource::parse(text)) {
        Ok(resource) => {
            assert_eq!(resource.as_str(), text);
            is_plain(text);
        }
        Err(error) => is_fixed(&error),
    }
}

fn is_secure(url: &SecureUrl, text: &str) {
    is_plain(text);
    let parsed = Url::parse(text).expect("another parser takes it");
    assert_eq!(parsed.as_str(), url.as_str(), "another parser reads something else");
    let again = SecureUrl::parse(url.as_str()).expect("what it is written as is one too");
    assert_eq!(again, *url);
    assert!(again.is_same_origin(url));
    assert!(parsed.username().is_empty() && parsed.password().is_none(), "{text}");
    match (parsed.scheme(), parsed.host()) {
        ("https", Some(_)) => {}
        ("http", Some(Host::Domain(name))) => assert_eq!(name, "localhost"),
        ("http", Some(Host::Ipv4(address))) => assert!(address.is_loopback(), "{text}"),
        ("http", Some(Host::Ipv6(address))) => assert!(address.is_loopback(), "{text}"),
        _ => panic!("credentials in clear: {text}"),
    }
    // What the host is does not depend on who reads it: it stands there as it is.
    let host = parsed.host_str().expect("it has one");
    assert!(text.to_ascii_lowercase().starts_with(&format!("{}://{host}", parsed.scheme())));
    let shown = format!("{url:?}");
    assert!(!shown.contains('?'), "its query is shown: {shown}");
    hidden(&shown, &[]);
}

/// Printable ASCII without a fragment.
fn is_plain(text: &str) {
    assert!(text.bytes().all(|octet| matches!(octet, b'!'..=b'~')), "{text:?}");
    assert!(!text.contains('#'), "{text}");
}

/// Its scheme is a reversed domain name; what follows is the application's own.
fn is_private_use(text: &str) -> bool {
    let (scheme, _) = text.split_once(':').expect("it has a scheme");
    let is_scheme = |octet: u8| octet.is_ascii_alphanumeric() || b"+-.".contains(&octet);
    scheme.split('.').count() > 1 && scheme.bytes().all(is_scheme)
}

/// An error repeats nothing of the text.
fn is_fixed(error: &Error) {
    assert!(matches!(error, Error::Config(grantflow::ConfigError::Url { .. })), "{error:?}");
    assert!(error.to_string().len() < 120, "{error}");
    hidden(&format!("{error} {error:?}"), &[]);
}
