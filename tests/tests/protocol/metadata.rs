//! From an issuer to its server (RFC 8414, OpenID Connect Discovery).

use crate::{NOW, again, asks, json, over};
use grantflow::{
    AuthorizationServer, Client, ConfigError, Discover, Error, Exchange, Issuer, IssuerMatch,
    Policy, ProtocolError,
};

fn issuer(text: &str) -> Issuer {
    text.parse().unwrap()
}

/// A document of `https://as.example` with further members.
fn document(members: &str) -> String {
    format!(r#"{{"issuer":"https://as.example","token_endpoint":"https://as.example/t"{members}}}"#)
}

fn read(body: &str) -> Result<AuthorizationServer, Error> {
    let discover = Discover::new(issuer("https://as.example"));
    Ok(discover.receive(&json(200, body), NOW)?)
}

#[track_caller]
fn refuses(body: &str, expected: ProtocolError) {
    assert_eq!(read(body).unwrap_err(), expected.into(), "{body}");
}

/// All URLs that are asked, one after the other, where each answers 404.
fn asked(mut discover: Discover) -> Vec<String> {
    let mut urls = vec![asks(&discover)];
    let not_found = json(404, "");
    loop {
        match discover.clone().receive(&not_found, NOW) {
            Err(failure @ grantflow::Failure::Again { .. }) => {
                discover = failure.into_state().unwrap();
                urls.push(asks(&discover));
            }
            result => {
                let expected = ProtocolError::UnexpectedStatus { status: 404, retry_after: None };
                assert_eq!(over(result), expected.into());
                return urls;
            }
        }
    }
}

#[test]
fn the_well_known_urls_stand_in_order() {
    let known = |text| asked(Discover::new(issuer(text)));
    for whole_host in ["https://as.example", "https://as.example/"] {
        let expected = [
            "https://as.example/.well-known/oauth-authorization-server",
            "https://as.example/.well-known/openid-configuration",
        ];
        assert_eq!(known(whole_host), expected, "{whole_host}");
    }
    for with_path in ["https://as.example/a/b", "https://as.example/a/b/"] {
        let expected = [
            "https://as.example/.well-known/oauth-authorization-server/a/b",
            "https://as.example/.well-known/openid-configuration/a/b",
            "https://as.example/a/b/.well-known/openid-configuration",
        ];
        assert_eq!(known(with_path), expected, "{with_path}");
    }
    assert_eq!(
        known("http://127.0.0.1:8080/%74")[0],
        "http://127.0.0.1:8080/.well-known/oauth-authorization-server/%74"
    );
    assert_eq!(
        known("https://[2001:db8::1]:8443/t")[2],
        "https://[2001:db8::1]:8443/t/.well-known/openid-configuration"
    );
}

#[test]
fn one_algorithm_alone_asks_once() {
    for (path, oauth2, oidc) in [
        ("", "/.well-known/oauth-authorization-server", "/.well-known/openid-configuration"),
        ("/t/", "/.well-known/oauth-authorization-server/t", "/t/.well-known/openid-configuration"),
    ] {
        let named = format!("https://as.example{path}");
        let expected = |path| [format!("https://as.example{path}")];
        assert_eq!(asked(Discover::oauth2(issuer(&named))), expected(oauth2));
        assert_eq!(asked(Discover::oidc(issuer(&named))), expected(oidc));
    }
}

#[test]
fn every_4xx_but_429_leads_to_the_next_url_at_once() {
    for status in [400, 401, 403, 404, 405, 410] {
        let discover = Discover::new(issuer("https://as.example"));
        let (next, wait) = again(discover.receive(&json(status, "{}"), NOW));
        assert_eq!(asks(&next), "https://as.example/.well-known/openid-configuration");
        assert_eq!(wait, 0);
    }
}

#[test]
fn a_document_that_must_not_be_used_is_not_passed_over() {
    let discover = Discover::new(issuer("https://as.example"));
    let other = r#"{"issuer":"https://evil.example","token_endpoint":"https://as.example/t"}"#;
    let error = over(discover.receive(&json(200, other), NOW));
    assert_eq!(error, ProtocolError::IssuerMismatch.into());
}

#[test]
fn the_issuer_is_compared_without_any_normalisation() {
    let asked = "https://as.example/caf%C3%A9";
    for other in [
        "https://as.example/caf%C3%A9/",
        "https://as.example/caf%c3%a9",
        "https://as.example/cafe%CC%81",
        "https://as.example/café",
        "https://AS.example/caf%C3%A9",
        "https://as.example:443/caf%C3%A9",
        "https://as.example/CAF%C3%A9",
        "https://as.example",
        "https://evil.example/caf%C3%A9",
    ] {
        let body = format!(r#"{{"issuer":"{other}","token_endpoint":"https://as.example/t"}}"#);
        let result = Discover::new(issuer(asked)).receive(&json(200, &body), NOW);
        assert_eq!(over(result), ProtocolError::IssuerMismatch.into(), "{other}");
    }
    for missing in ["{}", r#"{"issuer":null}"#, r#"{"issuer":""}"#] {
        refuses(missing, ProtocolError::Missing("issuer"));
    }
    refuses(r#"{"issuer":["https://as.example"]}"#, ProtocolError::Invalid("issuer"));
}

#[test]
fn a_trailing_slash_is_forgiven_by_name_and_in_one_place_only() {
    let asked = |named: &str, how| {
        let body = format!(r#"{{"issuer":"{named}","token_endpoint":"https://as.example/t"}}"#);
        let discover = Discover::new(issuer("https://as.example")).issuer_match(how);
        discover.receive(&json(200, &body), NOW)
    };
    assert!(asked("https://as.example/", IssuerMatch::Exact).is_err());
    assert!(asked("https://as.example//", IssuerMatch::TrailingSlash).is_err());
    assert!(asked("https://as.example/t", IssuerMatch::TrailingSlash).is_err());
    let server = asked("https://as.example/", IssuerMatch::TrailingSlash).unwrap();
    assert_eq!(server.issuer(), Some(&issuer("https://as.example")));
}

#[test]
fn a_template_is_the_applications_choice() {
    let template = "https://login.microsoftonline.com/{tenantid}/v2.0";
    let asked = |named: &str, how| {
        let body = format!(r#"{{"issuer":"{named}","token_endpoint":"https://as.example/t"}}"#);
        let common = issuer("https://login.microsoftonline.com/common/v2.0");
        Discover::oidc(common).issuer_match(how).receive(&json(200, &body), NOW)
    };
    assert!(asked(template, IssuerMatch::Exact).is_err());
    let by_name = IssuerMatch::Template(template.into());
    let tenant = "https://login.microsoftonline.com/8eaef023-2b34-4da1-9baa-8bc8c9d6a490/v2.0";
    for named in [template, tenant, "https://login.microsoftonline.com/common/v2.0"] {
        assert!(asked(named, by_name.clone()).is_ok(), "{named}");
    }
    for named in [
        "https://login.microsoftonline.com/a/b/v2.0",
        "https://login.microsoftonline.com//v2.0",
        "https://login.microsoftonline.com/a%2Fb/v2.0",
        "https://login.microsoftonline.com.evil.example/a/v2.0",
        "https://evil.example/?https://login.microsoftonline.com/a/v2.0",
    ] {
        assert!(asked(named, by_name.clone()).is_err(), "{named}");
    }
}

const ENDPOINTS: [&str; 7] = [
    "authorization_endpoint",
    "device_authorization_endpoint",
    "introspection_endpoint",
    "pushed_authorization_request_endpoint",
    "registration_endpoint",
    "revocation_endpoint",
    "userinfo_endpoint",
];

#[test]
fn every_endpoint_is_a_url_that_may_carry_credentials() {
    for name in ENDPOINTS {
        for url in ["http://as.example/x", "/x", "https://a@as.example/x", "javascript:alert(1)"] {
            refuses(&document(&format!(r#","{name}":"{url}""#)), ProtocolError::Invalid(name));
        }
        refuses(&document(&format!(r#","{name}":7"#)), ProtocolError::Invalid(name));
    }
    let body = r#"{"issuer":"https://as.example","token_endpoint":"http://as.example/t"}"#;
    refuses(body, ProtocolError::Invalid("token_endpoint"));
    let body = r#"{"issuer":"https://as.example","token_endpoint":null}"#;
    refuses(body, ProtocolError::Missing("token_endpoint"));
}

#[test]
fn all_endpoints_are_read() {
    let members: String =
        ENDPOINTS.iter().map(|name| format!(r#","{name}":"https://as.example/{name}""#)).collect();
    let server = read(&document(&members)).unwrap();
    let found = [
        server.authorization_endpoint(),
        server.device_authorization_endpoint(),
        server.introspection_endpoint(),
        server.pushed_authorization_request_endpoint(),
        server.registration_endpoint(),
        server.revocation_endpoint(),
        server.userinfo_endpoint(),
    ];
    for (name, url) in ENDPOINTS.iter().zip(found) {
        assert_eq!(url.unwrap().as_str(), format!("https://as.example/{name}"));
    }
}

#[test]
fn null_is_absent_and_unknown_members_are_ignored() {
    let members: String = ENDPOINTS.iter().map(|name| format!(r#","{name}":null"#)).collect();
    let lists = r#","code_challenge_methods_supported":null,
        "authorization_response_iss_parameter_supported":null"#;
    let unknown = r#","signed_metadata":"e30.e30.","jwks_uri":"http://as.example/","x":[{}],"x":1"#;
    let found = read(&document(&(members + lists + unknown))).unwrap();
    assert_eq!(found, read(&document("")).unwrap());
    assert_eq!(found.authorization_endpoint(), None);
}

#[test]
fn members_have_their_types_and_stand_once() {
    let flag = "authorization_response_iss_parameter_supported";
    refuses(&document(&format!(r#","{flag}":"true""#)), ProtocolError::Invalid(flag));
    refuses(&document(&format!(r#","{flag}":1"#)), ProtocolError::Invalid(flag));
    let list = "code_challenge_methods_supported";
    refuses(&document(&format!(r#","{list}":"S256""#)), ProtocolError::Invalid(list));
    refuses(&document(&format!(r#","{list}":["S256",null]"#)), ProtocolError::Invalid(list));
    let again = r#","\u0069ssuer":"https://as.example""#;
    refuses(&document(again), ProtocolError::Repeated("issuer"));
    refuses(
        &document(r#","token_endpoint":"https://evil.example/t""#),
        ProtocolError::Repeated("token_endpoint"),
    );
}

#[test]
fn what_the_server_says_binds_the_client() {
    let build = |members: &str, policy| {
        Client::public(read(&document(members)).unwrap(), "id").policy(policy).build()
    };
    let (free, mcp) = (Policy::default, Policy::mcp);
    let plain = r#","code_challenge_methods_supported":["plain"]"#;
    let s256 = r#","code_challenge_methods_supported":["plain","S256"]"#;
    for none in [plain, r#","code_challenge_methods_supported":[]"#] {
        for policy in [free(), mcp(), Policy::fapi2()] {
            assert_eq!(build(none, policy).unwrap_err(), ConfigError::PkceUnsupported.into());
        }
    }
    assert!(build("", free()).is_ok());
    assert_eq!(build("", mcp()).unwrap_err(), ConfigError::PkceNotAdvertised.into());
    assert!(build(s256, mcp()).is_ok());
}
