//! The application's own mistakes.

use crate::{client, says, server};
use grantflow::{
    AuthorizationServer, BasicEncoding, Client, ClientAuth, Credentials, Entropy, Error, Exchange,
    Flow, Issuer, Method, Pkce, Policy, Quirks, RedirectUri, Request, Resource, SecureUrl,
    StoredTokens, TokenType, UnixTime,
};
use std::collections::BTreeMap;

const NOW: UnixTime = UnixTime::from_secs(0);

fn start(client: &Client) -> Error {
    Flow::new(client).redirect(Entropy::from_bytes([0; 96]), NOW).unwrap_err()
}

#[test]
fn urls() {
    let url = |text| SecureUrl::parse(text).unwrap_err();
    says(url("/token"), "the URL is not an absolute URL");
    says(url("https://as.example/#"), "the URL must not have a fragment");
    says(url("https://a@as.example/"), "the URL must not have user info");
    says(url("http://as.example/"), "the URL must be https, or http to a loopback address");
    says(
        url("https://as.example\\"),
        "the URL is not in the form that a URL parser would leave as it is",
    );
    says(Issuer::parse("https://as.example?").unwrap_err(), "the issuer must not have a query");
    says(
        RedirectUri::parse("myapp:/cb").unwrap_err(),
        "the redirect URI has a private-use scheme without a dot",
    );
    let resource = |text| Resource::parse(text).unwrap_err();
    says(resource("/photos"), "the resource is not an absolute URL");
    says(resource("https://api.example/#"), "the resource must not have a fragment");
    says(
        resource("https://api.example/ "),
        "the resource is not in the form that a URL parser would leave as it is",
    );
}

#[test]
fn clients() {
    says(Client::public(server(), "").build().unwrap_err(), "the client id is empty");
    let mut quirks = Quirks::default();
    quirks.pkce = Pkce::Off;
    says(
        client().quirks(quirks).build().unwrap_err(),
        "PKCE can be switched off for a confidential client only, and not under this policy",
    );
    for policy in [Policy::mcp(), Policy::fapi2()] {
        let mut quirks = Quirks::default();
        quirks.pkce = Pkce::Off;
        let server = server().with_code_challenge_methods_supported(["S256"]);
        let client = Client::confidential(server, "id", ClientAuth::basic("s"));
        says(
            client.policy(policy).quirks(quirks).build().unwrap_err(),
            "PKCE can be switched off for a confidential client only, and not under this policy",
        );
    }
    for rename in [
        |quirks: &mut Quirks| quirks.client_id_param = Some("state"),
        |quirks: &mut Quirks| quirks.client_secret_param = Some("state"),
        |quirks: &mut Quirks| quirks.code_param = Some("state"),
    ] {
        let mut quirks = Quirks::default();
        rename(&mut quirks);
        says(
            client().quirks(quirks).build().unwrap_err(),
            "the parameter \"state\" is set by grantflow itself",
        );
    }
    let mut policy = Policy::fapi2();
    policy.require_pkce_advertised = false;
    let anonymous = AuthorizationServer::new("https://as.example/token".parse().unwrap());
    says(
        Client::public(anonymous, "id").policy(policy).build().unwrap_err(),
        "the policy demands an issuer; set it with AuthorizationServer::with_issuer",
    );
    let mut quirks = Quirks::default();
    quirks.basic_encoding = BasicEncoding::Raw;
    let raw = Client::confidential(server(), "a:b", ClientAuth::basic("s")).quirks(quirks);
    says(raw.build().unwrap_err(), "a client id with a colon cannot be sent by BasicEncoding::Raw");
    let plain = server().with_code_challenge_methods_supported(["plain"]);
    says(
        Client::public(plain, "id").build().unwrap_err(),
        "the server's metadata lists PKCE methods without S256",
    );
    for policy in [Policy::mcp(), Policy::fapi2()] {
        says(
            client().policy(policy).build().unwrap_err(),
            "the policy demands that the server advertise PKCE, and its metadata is silent",
        );
    }
    let anonymous = AuthorizationServer::new("https://as.example/token".parse().unwrap());
    let mut policy = Policy::default();
    policy.require_iss = true;
    let demanding = [
        Client::public(anonymous.clone(), "id").policy(policy),
        Client::public(anonymous.with_iss_required(true), "id"),
    ];
    for client in demanding {
        says(
            client.build().unwrap_err(),
            "the policy demands an issuer; set it with AuthorizationServer::with_issuer",
        );
    }
    let endpoint = "https://as.example/authorize?st%61te=x".parse().unwrap();
    says(
        Client::public(server().with_authorization_endpoint(endpoint), "id").build().unwrap_err(),
        "the parameter \"state\" is set by grantflow itself",
    );
}

#[test]
fn starts() {
    let nowhere = AuthorizationServer::new("https://as.example/token".parse().unwrap());
    let client = Client::public(nowhere, "id").build().unwrap();
    says(start(&client), "no authorization endpoint is configured");
    let client = Client::public(server(), "id").build().unwrap();
    says(start(&client), "no redirect URI is configured");
    says(
        Flow::new(&client).scope("a\"b").unwrap_err(),
        "a scope holds a character that RFC 6749 section 3.3 does not allow",
    );
}

#[test]
fn pushed_starts() {
    let push = |server: &AuthorizationServer| {
        let client = Client::public(server.clone(), "id").build().unwrap();
        Flow::new(&client).push(Entropy::from_bytes([0; 96]), NOW).unwrap_err()
    };
    let server = AuthorizationServer::new("https://as.example/token".parse().unwrap());
    says(push(&server), "no pushed authorization request endpoint is configured");
    let par = "https://as.example/par".parse().unwrap();
    let server = server.with_pushed_authorization_request_endpoint(par);
    says(push(&server), "no authorization endpoint is configured");
    let authorize = "https://as.example/authorize".parse().unwrap();
    says(push(&server.with_authorization_endpoint(authorize)), "no redirect URI is configured");
    let stored = r#"{"token_endpoint":"https://as.example/t","authorization_endpoint":
        "https://as.example/a","require_pushed_authorization_requests":true}"#;
    let server: AuthorizationServer = serde_json::from_str(stored).unwrap();
    says(
        start(&Client::public(server, "id").build().unwrap()),
        "only a pushed authorization request is taken here; begin with Flow::start",
    );
}

#[test]
fn starts_that_a_policy_forbids() {
    let server = server().with_code_challenge_methods_supported(["S256"]);
    let client = Client::public(server, "id").policy(Policy::mcp());
    let client = client.redirect_uri("com.example.app:/cb".parse().unwrap()).build().unwrap();
    says(start(&client), "the policy demands a resource; name what the tokens are for");
    let flow = Flow::new(&client).resource("https://api.example".parse().unwrap());
    says(
        flow.redirect(Entropy::from_bytes([0; 96]), NOW).unwrap_err(),
        "the policy demands an https or a loopback redirect URI, and this one has a private-use \
         scheme",
    );
}

#[test]
fn steps_that_need_more_than_the_client_has() {
    let public = client().build().unwrap();
    let without_credentials = "a public client cannot do this: it has no credentials";
    says(public.client_credentials().unwrap_err(), without_credentials);
    says(public.introspect("at").unwrap_err(), without_credentials);
    says(public.device().unwrap_err(), "no device authorization endpoint is configured");
    let tokens = StoredTokens::import("at", TokenType::Bearer).unwrap();
    let flow = Flow::restore(&public, tokens).unwrap();
    says(flow.revoke().unwrap_err(), "no revocation endpoint is configured");
    let confidential = Client::confidential(server(), "id", ClientAuth::basic("s"));
    says(
        confidential.build().unwrap().introspect("at").unwrap_err(),
        "no introspection endpoint is configured",
    );
}

#[test]
fn parameters_of_grants() {
    let client = client().build().unwrap();
    says(
        client.extension_grant("urn:x").param("scope", "a").unwrap_err(),
        "the parameter \"scope\" is set by grantflow itself",
    );
    says(
        client.jwt_bearer("a").param("assertion", "b").unwrap_err(),
        "the parameter \"assertion\" is given twice",
    );
}

#[test]
fn parameters() {
    let endpoint = "https://as.example/authorize?tenant=7".parse().unwrap();
    let client = Client::public(server().with_authorization_endpoint(endpoint), "id");
    let client = client.build().unwrap();
    let flow = || Flow::new(&client);
    for name in ["state", "nonce", "code_challenge", "resource", "request_uri", "client_id"] {
        says(
            flow().param(name, "x").unwrap_err(),
            &format!("the parameter {name:?} is set by grantflow itself"),
        );
    }
    says(flow().param("", "x").unwrap_err(), "the parameter \"\" is set by grantflow itself");
    says(flow().param("tenant", "8").unwrap_err(), "the parameter \"tenant\" is given twice");
    let twice = flow().prompt("login").unwrap().param("prompt", "none");
    says(twice.unwrap_err(), "the parameter \"prompt\" is given twice");
    let nested = BTreeMap::from([("a", vec!["b"])]);
    says(
        flow().params(&nested).unwrap_err(),
        "the parameters are not a flat list of names and values",
    );
}

#[test]
fn ways_to_authenticate() {
    let lists = |methods: &str| {
        let json = format!(
            r#"{{"token_endpoint":"https://as.example/t","token_endpoint_auth_methods_supported":{methods}}}"#
        );
        serde_json::from_str::<AuthorizationServer>(&json).unwrap()
    };
    let offers = || [ClientAuth::post("s"), ClientAuth::basic("s")];
    let picks = |methods| {
        let client = Client::negotiated(lists(methods), "id", offers()).unwrap();
        client.build().unwrap().authentication()
    };
    assert_eq!(picks(r#"["client_secret_post","client_secret_basic"]"#), "client_secret_basic");
    assert_eq!(picks(r#"["private_key_jwt","client_secret_post"]"#), "client_secret_post");
    assert_eq!(picks("null"), "client_secret_basic");
    says(
        Client::negotiated(lists(r#"["private_key_jwt"]"#), "id", offers()).unwrap_err(),
        "the server supports none of the client's ways to authenticate",
    );
}

#[test]
fn details_and_conversions() {
    let client = client().build().unwrap();
    let no_type = [BTreeMap::from([("actions", "list")])];
    let empty_type = [BTreeMap::from([("type", "")])];
    for details in [no_type, empty_type] {
        says(
            Flow::new(&client).authorization_details(&details).unwrap_err(),
            "an authorization detail is no object with a type",
        );
    }
    let none: [BTreeMap<&str, &str>; 0] = [];
    assert!(Flow::new(&client).authorization_details(&none).is_err());
    let url = format!("https://api.example/{}", "a".repeat(70_000));
    let request = Request::get(url.parse().unwrap());
    says(
        http::Request::<Vec<u8>>::try_from(request).unwrap_err(),
        "the request cannot be expressed in the types of the http crate",
    );
    let request = Request::get("https://api.example/".parse().unwrap());
    let request = request.with_header("Authorization", "Bearer secret-token").unwrap();
    let request = http::Request::<Vec<u8>>::try_from(request).unwrap();
    assert!(!format!("{request:?}").contains("secret-token"));
}

#[test]
fn renamed_parameters_are_reserved_too() {
    let mut quirks = Quirks::default();
    quirks.client_id_param = Some("client_key");
    let client = client().quirks(quirks).build().unwrap();
    says(
        Flow::new(&client).param("client_key", "x").unwrap_err(),
        "the parameter \"client_key\" is set by grantflow itself",
    );
}

#[test]
fn requests() {
    says(Method::new("GET /").unwrap_err(), "the HTTP method is not a token");
    let request = || Request::get("https://api.example/".parse().unwrap());
    for (name, value) in [("a b", "c"), ("a", "b\r\nc: d"), ("a", "é"), ("", "b")] {
        says(
            request().with_header(name.to_owned(), value).unwrap_err(),
            "a header name or value holds characters that HTTP does not allow",
        );
    }
}

#[test]
fn calls() {
    let origin = "https://api.example".parse().unwrap();
    let client = client().resource_origin(origin).build().unwrap();
    let restore = |token| {
        let tokens = StoredTokens::import(token, TokenType::Bearer).unwrap();
        Flow::restore(&client, tokens).unwrap()
    };
    let request = |url: &str| Request::get(url.parse().unwrap());
    says(
        restore("at").call(request("https://other.example/")).unwrap_err(),
        "the call goes to an origin that the tokens are not for",
    );
    let twice = request("https://api.example/").with_header("AUTHORIZATION", "Bearer x").unwrap();
    says(
        restore("at").call(twice).unwrap_err(),
        "the Authorization and DPoP headers are set by grantflow itself",
    );
    for token in ["a b", "a\"b", "a\\b"] {
        says(
            restore(token).call(request("https://api.example/")).unwrap_err(),
            "a token is empty or holds characters that a request cannot carry",
        );
    }
    says(restore("at").userinfo().unwrap_err(), "no userinfo endpoint is configured");
}

#[test]
fn tokens() {
    for token in ["", "a\nb", "ä", "\u{7f}"] {
        says(
            StoredTokens::import(token, TokenType::Bearer).unwrap_err(),
            "a token is empty or holds characters that a request cannot carry",
        );
    }
    let tokens = StoredTokens::import("at", TokenType::Bearer).unwrap();
    let flow = Flow::restore(&client().build().unwrap(), tokens.clone()).unwrap();
    says(flow.refresh().unwrap_err(), "there is no refresh token; the user must sign in again");
    let tokens = tokens.with_refresh_token("rt").unwrap().with_scope("a".parse().unwrap());
    let flow = Flow::restore(&client().build().unwrap(), tokens).unwrap();
    says(
        flow.refresh().unwrap().scope("b").unwrap_err(),
        "a refresh cannot ask for a scope that was not granted",
    );
}

#[test]
fn custom_client_authentication() {
    let cases: [fn() -> Credentials; 2] = [
        || Credentials::default().with_header("Content-Type", "text/plain"),
        || Credentials::default().with_param("grant_type", "password"),
    ];
    for credentials in cases {
        let auth = ClientAuth::custom(move |_, _| Ok(credentials()));
        let client = Client::confidential(server(), "id", auth).build().unwrap();
        let tokens = StoredTokens::import("at", TokenType::Bearer).unwrap();
        let tokens = tokens.with_refresh_token("rt").unwrap();
        let refresh = Flow::restore(&client, tokens).unwrap().refresh().unwrap();
        says(
            refresh.request(NOW).unwrap_err(),
            "the custom client authentication gave a header or parameter that it may not set",
        );
    }
}
