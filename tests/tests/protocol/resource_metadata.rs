//! From a resource to its metadata (RFC 9728).

use crate::{NOW, again, asks, json, over, restored};
use grantflow::{
    Challenge, ConfigError, DiscoverResource, Error, Exchange, Issuer, ProtocolError, Request,
    Resource, ResourceMetadata, Response, UrlProblem,
};

fn discover(resource: &str) -> DiscoverResource {
    DiscoverResource::new(resource.parse().unwrap()).unwrap()
}

fn read(body: &str) -> Result<ResourceMetadata, Error> {
    Ok(discover("https://rs.example/photos").receive(&json(200, body), NOW)?)
}

/// The challenge that a resource answers a call with.
fn challenge(field: &str) -> Option<Challenge> {
    let url = "https://rs.example/photos/7".parse().unwrap();
    let call = restored(&crate::public(), None).call(Request::get(url)).unwrap();
    let response = Response::new(401, [("WWW-Authenticate", field)], "");
    match over(call.receive(&response, NOW)) {
        Error::Challenged(challenged) => challenged.challenges().first().cloned(),
        error => panic!("{error}"),
    }
}

#[test]
fn the_well_known_name_stands_between_host_and_path() {
    for (resource, url) in [
        ("https://rs.example", "https://rs.example/.well-known/oauth-protected-resource"),
        ("https://rs.example/", "https://rs.example/.well-known/oauth-protected-resource"),
        ("https://rs.example/a", "https://rs.example/.well-known/oauth-protected-resource/a"),
        ("https://rs.example/a/", "https://rs.example/.well-known/oauth-protected-resource/a/"),
        (
            "https://rs.example/a?b=c",
            "https://rs.example/.well-known/oauth-protected-resource/a?b=c",
        ),
        ("https://rs.example?b=/c", "https://rs.example/.well-known/oauth-protected-resource?b=/c"),
        ("https://rs.example/?b=c", "https://rs.example/.well-known/oauth-protected-resource?b=c"),
        ("http://[::1]:8080/a", "http://[::1]:8080/.well-known/oauth-protected-resource/a"),
    ] {
        assert_eq!(asks(&discover(resource)), url, "{resource}");
    }
}

#[test]
fn only_a_secure_url_is_asked() {
    for (resource, problem) in [
        ("http://rs.example/", UrlProblem::Scheme),
        ("urn:example:photos", UrlProblem::Scheme),
        ("https://a@rs.example/", UrlProblem::UserInfo),
    ] {
        let error = DiscoverResource::new(resource.parse().unwrap()).unwrap_err();
        assert_eq!(error, ConfigError::Url { what: "URL", problem }.into(), "{resource}");
    }
}

#[test]
fn where_there_is_nothing_the_whole_host_is_asked_once() {
    let not_found = json(404, "");
    let (next, wait) = again(discover("https://rs.example/a?b").receive(&not_found, NOW));
    assert_eq!(asks(&next), "https://rs.example/.well-known/oauth-protected-resource");
    assert_eq!(wait, 0);
    // It is the host's document, so it must describe the host.
    let of_path = json(200, r#"{"resource":"https://rs.example/a?b"}"#);
    let error = over(next.clone().receive(&of_path, NOW));
    assert_eq!(error, ProtocolError::ResourceMismatch.into());
    let of_host = next.clone().receive(&json(200, r#"{"resource":"https://rs.example"}"#), NOW);
    assert_eq!(of_host.unwrap().resource().as_str(), "https://rs.example");
    let error = over(next.receive(&not_found, NOW));
    assert_eq!(error, ProtocolError::UnexpectedStatus { status: 404, retry_after: None }.into());
    for whole_host in ["https://rs.example", "https://rs.example/"] {
        over(discover(whole_host).receive(&not_found, NOW));
    }
}

#[test]
fn the_resource_is_compared_without_any_normalisation() {
    for other in [
        "https://rs.example/photos/",
        "https://rs.example/photo",
        "https://rs.example",
        "https://RS.example/photos",
        "https://rs.example:443/photos",
        "https://rs.example/%70hotos",
        "https://evil.example/photos",
    ] {
        let error = read(&format!(r#"{{"resource":"{other}"}}"#)).unwrap_err();
        assert_eq!(error, ProtocolError::ResourceMismatch.into(), "{other}");
    }
    for missing in ["{}", r#"{"resource":null}"#] {
        assert_eq!(read(missing).unwrap_err(), ProtocolError::Missing("resource").into());
    }
    let error = read(r#"{"resource":1}"#).unwrap_err();
    assert_eq!(error, ProtocolError::Invalid("resource").into());
}

#[test]
fn what_the_resource_says_is_read() {
    let found = read(
        r#"{"resource":"https://rs.example/photos","signed_metadata":"e30.e30.",
            "authorization_servers":["https://b.example/t","https://a.example"],
            "scopes_supported":["read"]}"#,
    )
    .unwrap();
    assert_eq!(found.resource().as_str(), "https://rs.example/photos");
    let issuers: Vec<_> = found.authorization_servers().iter().map(Issuer::as_str).collect();
    assert_eq!(issuers, ["https://b.example/t", "https://a.example"]);
    assert_eq!(found.scopes_supported(), Some(&["read".to_owned()][..]));
    let silent = read(
        r#"{"resource":"https://rs.example/photos","authorization_servers":null,
            "scopes_supported":null}"#,
    )
    .unwrap();
    assert_eq!(silent.authorization_servers(), []);
    assert_eq!(silent.scopes_supported(), None);
}

#[test]
fn every_authorization_server_is_an_issuer() {
    for bad in [
        r#"["https://as.example","http://as.example"]"#,
        r#"["https://as.example?x"]"#,
        r#"["https://as.example#x"]"#,
        r#"["file:///etc/passwd"]"#,
        r#"[null]"#,
        r#""https://as.example""#,
    ] {
        let body =
            format!(r#"{{"resource":"https://rs.example/photos","authorization_servers":{bad}}}"#);
        let error = read(&body).unwrap_err();
        assert_eq!(error, ProtocolError::Invalid("authorization_servers").into(), "{bad}");
    }
}

#[test]
fn from_a_challenge_the_document_describes_the_very_url_that_was_called() {
    let called: Resource = "https://rs.example/photos/7".parse().unwrap();
    let field = r#"Bearer resource_metadata="https://rs.example/meta?x=1""#;
    let discover = DiscoverResource::from_challenge(&challenge(field).unwrap(), called).unwrap();
    assert_eq!(asks(&discover), "https://rs.example/meta?x=1");
    let sibling = json(200, r#"{"resource":"https://rs.example/photos/8"}"#);
    let error = over(discover.clone().receive(&sibling, NOW));
    assert_eq!(error, ProtocolError::ResourceMismatch.into());
    let exact = json(200, r#"{"resource":"https://rs.example/photos/7"}"#);
    assert!(discover.clone().receive(&exact, NOW).is_ok());
    // The challenge named one place, so no other is tried.
    over(discover.receive(&json(404, ""), NOW));
}

#[test]
fn a_challenge_leads_to_secure_urls_only() {
    let called: Resource = "https://rs.example/photos/7".parse().unwrap();
    for field in [
        r#"Bearer resource_metadata="http://rs.example/meta""#,
        r#"Bearer resource_metadata="javascript:alert(1)""#,
        r#"Bearer resource_metadata="/meta""#,
    ] {
        assert!(challenge(field).is_none(), "{field}");
    }
    let silent = challenge(r#"Bearer realm="x""#).unwrap();
    assert!(DiscoverResource::from_challenge(&silent, called).is_none());
}
