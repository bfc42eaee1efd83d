//! Client assertions: which ones show who a client is.

use grantflow_tests::cloudvault::{AuthenticationMethod, RegisteredClient};
use http::Response;
use http::header::AUTHORIZATION;
use serde_json::{Value, json as value};

use crate::jose::{Key, fresh_jti, hs256, hs256_as, unsigned};
use crate::scene::{ISSUER, REDIRECT_URI, SECRET, Scene, assert_error, changed, token_request};

const TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

fn scene() -> Scene {
    Scene::with(|config| {
        for (client_id, method) in [
            ("key", AuthenticationMethod::PrivateKeyJwt(Key::new(1).public())),
            ("other-key", AuthenticationMethod::PrivateKeyJwt(Key::new(2).public())),
            ("mac", AuthenticationMethod::SecretJwt(SECRET.to_owned())),
        ] {
            config.clients.push(RegisteredClient::web(client_id, method, REDIRECT_URI));
        }
    })
}

fn claims(scene: &Scene, client_id: &str) -> Value {
    value!({
        "iss": client_id, "sub": client_id, "aud": ISSUER,
        "jti": fresh_jti(), "iat": scene.now(), "exp": scene.now() + 300,
    })
}

fn es256(number: u8, claims: &Value) -> String {
    Key::new(number).sign(&value!({ "alg": "ES256" }), claims)
}

fn form<'a>(assertion: &'a str, changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let form = [
        ("grant_type", "client_credentials"),
        ("client_assertion_type", TYPE),
        ("client_assertion", assertion),
    ];
    changed(&form, changes)
}

fn try_with(scene: &Scene, assertion: &str) -> Response<Vec<u8>> {
    scene.token(&form(assertion, &[]))
}

#[test]
fn a_signed_assertion_shows_the_client() {
    let scene = scene();
    let key = es256(1, &claims(&scene, "key"));
    assert_eq!(try_with(&scene, &key).status(), 200);
    let mac = hs256(SECRET, &claims(&scene, "mac"));
    assert_eq!(try_with(&scene, &mac).status(), 200);
    let named = es256(1, &claims(&scene, "key"));
    assert_eq!(scene.token(&form(&named, &[("client_id", "key")])).status(), 200);
    for (typ, status) in [("JWT", 200), ("client-authentication+jwt", 200), ("dpop+jwt", 401)] {
        let header = value!({ "alg": "ES256", "typ": typ });
        let typed = Key::new(1).sign(&header, &claims(&scene, "key"));
        assert_eq!(try_with(&scene, &typed).status(), status, "{typ}");
    }
}

#[test]
fn an_assertion_counts_once_and_for_its_issuer() {
    let scene = scene();
    let mut of_key = claims(&scene, "key");
    of_key["jti"] = "the same".into();
    let assertion = es256(1, &of_key);
    assert_eq!(try_with(&scene, &assertion).status(), 200);
    assert_error(&try_with(&scene, &assertion), 401, "invalid_client");
    let mut of_other = claims(&scene, "other-key");
    of_other["jti"] = "the same".into();
    assert_eq!(try_with(&scene, &es256(2, &of_other)).status(), 200);
}

#[test]
fn every_claim_must_be_right() {
    let scene = scene();
    let now = scene.now();
    for (name, bad) in [
        ("iss", "other-key".into()),
        ("iss", Value::Null),
        ("sub", "other-key".into()),
        ("sub", Value::Null),
        ("aud", format!("{ISSUER}/token").into()),
        ("aud", format!("{ISSUER}/").into()),
        ("aud", value!([ISSUER])),
        ("aud", Value::Null),
        ("exp", now.into()),
        ("exp", (now + 301).into()),
        ("exp", (now + 60).to_string().into()),
        ("exp", Value::Null),
        ("iat", (now + 6).into()),
        ("nbf", (now + 6).into()),
        ("nbf", "now".into()),
        ("jti", Value::Null),
        ("jti", "".into()),
    ] {
        let mut claims = claims(&scene, "key");
        claims[name] = bad;
        assert_error(&try_with(&scene, &es256(1, &claims)), 401, "invalid_client");
    }
}

#[test]
fn the_signature_is_by_the_registered_key_and_algorithm() {
    let scene = scene();
    let claims = || claims(&scene, "key");
    let public_key_as_secret = Key::new(1).jwk().to_string();
    for forged in [
        es256(2, &claims()),
        hs256(SECRET, &claims()),
        hs256(&public_key_as_secret, &claims()),
        unsigned(&claims()),
        Key::new(1).sign(&value!({ "alg": "HS256" }), &claims()),
        Key::new(1).sign(&value!({}), &claims()),
        "x".to_owned(),
    ] {
        assert_error(&try_with(&scene, &forged), 401, "invalid_client");
    }
    let of_mac = self::claims(&scene, "mac");
    for forged in [
        hs256("guessed", &of_mac),
        hs256_as(SECRET, "HS512", &of_mac),
        es256(1, &of_mac),
        unsigned(&of_mac),
    ] {
        assert_error(&try_with(&scene, &forged), 401, "invalid_client");
    }
}

#[test]
fn an_assertion_goes_alone() {
    let scene = scene();
    let assertion = || es256(1, &claims(&scene, "key"));
    for changes in [
        ("client_assertion_type", ""),
        ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:saml2-bearer"),
        ("client_secret", "s"),
        ("client_id", "other-key"),
    ] {
        let response = scene.token(&form(&assertion(), &[changes]));
        assert_error(&response, 400, "invalid_request");
    }
    let mut with_basic = token_request(&form(&assertion(), &[]));
    with_basic.headers_mut().insert(AUTHORIZATION, "Basic a2V5OnM=".parse().unwrap());
    assert_error(&scene.vault.handle(with_basic), 400, "invalid_request");
}

#[test]
fn a_client_keeps_to_its_method() {
    let scene = scene();
    let secret =
        [("grant_type", "client_credentials"), ("client_id", "mac"), ("client_secret", SECRET)];
    assert_error(&scene.token(&secret), 401, "invalid_client");
    let nothing = [("grant_type", "client_credentials"), ("client_id", "key")];
    assert_error(&scene.token(&nothing), 401, "invalid_client");
    let post = hs256(SECRET, &claims(&scene, "post"));
    assert_error(&try_with(&scene, &post), 401, "invalid_client");
}
