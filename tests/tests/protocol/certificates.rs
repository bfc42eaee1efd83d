//! Clients that authenticate by a certificate (RFC 8705).

use crate::{NOW, asks, entropy, form, json, over, query, restored, values};
use grantflow::{
    AuthorizationServer, Client, ClientAuth, Discover, Exchange, Flow, ProtocolError, Start,
};

const DOCUMENT: &str = r#"{"issuer":"https://as.example","token_endpoint":"https://as.example/t",
    "authorization_endpoint":"https://as.example/a",
    "pushed_authorization_request_endpoint":"https://as.example/par",
    "introspection_endpoint":"https://as.example/i",
    "device_authorization_endpoint":"https://as.example/d",
    "revocation_endpoint":"https://as.example/r",
    "token_endpoint_auth_methods_supported":["private_key_jwt","tls_client_auth","none"],
    "mtls_endpoint_aliases":ALIASES}"#;
const ALIASES: &str = r#"{"token_endpoint":"https://mtls.as.example/t",
    "pushed_authorization_request_endpoint":"https://mtls.as.example/par",
    "introspection_endpoint":"https://mtls.as.example/i",
    "device_authorization_endpoint":"https://mtls.as.example/d",
    "userinfo_endpoint":"https://mtls.as.example/u","tenant":7}"#;

fn discovered(aliases: &str) -> Result<AuthorizationServer, grantflow::Error> {
    let discover = Discover::new("https://as.example".parse().unwrap());
    let document = DOCUMENT.replace("ALIASES", aliases);
    Ok(discover.receive(&json(200, &document), NOW)?)
}

fn client(server: AuthorizationServer, auth: ClientAuth) -> Client {
    let client = Client::confidential(server, "id", auth);
    client.redirect_uri("https://client.example/cb".parse().unwrap()).build().unwrap()
}

#[test]
fn the_connection_is_the_proof_and_the_id_says_whose() {
    for auth in [ClientAuth::tls_client_auth(), ClientAuth::self_signed_tls_client_auth()] {
        let client = client(discovered(ALIASES).unwrap(), auth);
        let refresh = restored(&client, Some("rt")).refresh().unwrap();
        let request = refresh.request(NOW).unwrap();
        assert_eq!(request.header("authorization"), None);
        let names: Vec<_> = form(&request).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["grant_type", "refresh_token", "client_id"]);
        let device = client.device().unwrap().request(NOW).unwrap();
        assert_eq!(values(&form(&device), "client_id"), ["id"]);
    }
    assert_eq!(ClientAuth::tls_client_auth().method(), "tls_client_auth");
    let own = ClientAuth::self_signed_tls_client_auth();
    assert_eq!(own.method(), "self_signed_tls_client_auth");
}

#[test]
fn every_request_goes_to_the_alias_where_there_is_one() {
    let client = client(discovered(ALIASES).unwrap(), ClientAuth::tls_client_auth());
    let flow = restored(&client, Some("rt"));
    assert_eq!(asks(&flow.userinfo().unwrap()), "https://mtls.as.example/u");
    assert_eq!(asks(&client.client_credentials().unwrap()), "https://mtls.as.example/t");
    assert_eq!(asks(&client.introspect("at").unwrap()), "https://mtls.as.example/i");
    assert_eq!(asks(&client.device().unwrap()), "https://mtls.as.example/d");
    assert_eq!(
        asks(&Flow::new(&client).push(entropy(), NOW).unwrap()),
        "https://mtls.as.example/par"
    );
    assert_eq!(asks(&flow.revoke().unwrap()), "https://as.example/r");
    let Start::Redirect(url, _) = Flow::new(&client).start(entropy(), NOW).unwrap() else {
        panic!("pushed");
    };
    assert!(url.as_str().starts_with("https://as.example/a?"), "{}", url.as_str());
    assert_eq!(values(&query(url.as_str()), "client_id"), ["id"]);
}

#[test]
fn who_presents_none_stays_with_the_endpoints() {
    let server = discovered(ALIASES).unwrap();
    let client = client(server.clone(), ClientAuth::post("secret"));
    assert_eq!(asks(&client.client_credentials().unwrap()), "https://as.example/t");
    assert_eq!(*client.server(), server);
}

#[test]
fn it_is_the_strongest_of_all() {
    let offers = [ClientAuth::basic("s"), ClientAuth::tls_client_auth()];
    let client = Client::negotiated(discovered(ALIASES).unwrap(), "id", offers).unwrap();
    assert_eq!(client.build().unwrap().authentication(), "tls_client_auth");
}

#[test]
fn aliases_are_checked_as_endpoints_are_and_kept() {
    for (aliases, what) in [
        ("[]", "mtls_endpoint_aliases"),
        ("true", "mtls_endpoint_aliases"),
        (r#"{"token_endpoint":"http://mtls.as.example/t"}"#, "token_endpoint"),
        (r#"{"revocation_endpoint":7}"#, "revocation_endpoint"),
    ] {
        assert_eq!(discovered(aliases).unwrap_err(), ProtocolError::Invalid(what).into());
    }
    let repeated = r#"{"token_endpoint":"https://a.example","token_endpoint":"https://b.example"}"#;
    let discover = Discover::new("https://as.example".parse().unwrap());
    let document = DOCUMENT.replace("ALIASES", repeated);
    let error = over(discover.receive(&json(200, &document), NOW));
    assert_eq!(error, ProtocolError::Repeated("token_endpoint").into());

    for aliases in [ALIASES, "{}", "null"] {
        let server = discovered(aliases).unwrap();
        let stored = serde_json::to_string(&server).unwrap();
        assert_eq!(stored.contains("mtls_endpoint_aliases"), aliases == ALIASES, "{stored}");
        assert_eq!(serde_json::from_str::<AuthorizationServer>(&stored).unwrap(), server);
    }
}

#[test]
fn a_login_of_before_the_aliases_goes_on_after_them() {
    let stored = |server| {
        let flow = restored(&client(server, ClientAuth::tls_client_auth()), None);
        serde_json::to_string(&flow.store()).unwrap()
    };
    let with = discovered(ALIASES).unwrap();
    assert_eq!(stored(with), stored(discovered("null").unwrap()));
}
