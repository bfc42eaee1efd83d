//! Which certificates CloudVault believes.

use std::sync::LazyLock;

use grantflow_tests::cloudvault::{
    AuthenticationMethod, ClientAuthentication, PeerCertificate, RegisteredClient,
};
use grantflow_tests::conformance::{Authority, Identity};
use http::{Request, Response};

use crate::scene::{POST, REDIRECT_URI, SECRET, Scene, assert_error, changed, form_request, json};

pub(crate) static BATCH: LazyLock<Identity> =
    LazyLock::new(|| Authority::ours().client("batch.example"));
pub(crate) static OTHER: LazyLock<Identity> =
    LazyLock::new(|| Authority::ours().client("other.example"));
pub(crate) static OWN: LazyLock<Identity> = LazyLock::new(|| Identity::self_signed("own.example"));

pub(crate) const FORM: [(&str, &str); 2] =
    [("grant_type", "client_credentials"), ("client_id", "batch")];
pub(crate) const MTLS: &str = "https://mtls.vault.example";

pub(crate) fn peer(identity: &Identity) -> PeerCertificate {
    PeerCertificate(identity.der().to_vec())
}

/// `batch` and `other` with certificates of an authority, `own` with one of its own, `public`
/// without authentication, all with tokens that are bound; `unbound` as `batch`, with others.
pub(crate) fn scene() -> Scene {
    use AuthenticationMethod::{SelfSignedTlsClientAuth, TlsClientAuth};
    let web = |id, method| RegisteredClient::web(id, method, REDIRECT_URI);
    let bound = |id, method| web(id, method).certificate_bound();
    Scene::with(|config| {
        config.client_authorities = vec![Authority::ours().der().to_vec()];
        config.clients.extend([
            bound("batch", TlsClientAuth("batch.example".to_owned())),
            bound("other", TlsClientAuth("other.example".to_owned())),
            bound("own", SelfSignedTlsClientAuth(peer(&OWN))),
            bound("public", ClientAuthentication::None.into()),
            web("unbound", TlsClientAuth("batch.example".to_owned())),
        ]);
    })
}

pub(crate) fn present(
    scene: &Scene,
    mut request: Request<Vec<u8>>,
    who: &Identity,
) -> Response<Vec<u8>> {
    request.extensions_mut().insert(peer(who));
    scene.vault.handle(request)
}

/// What an endpoint says to that form on a connection with that certificate.
pub(crate) fn post(
    scene: &Scene,
    path: &str,
    form: &[(&str, &str)],
    who: &Identity,
) -> Response<Vec<u8>> {
    present(scene, form_request(path, form), who)
}

/// All endpoints at which clients authenticate, with forms that lack nothing else.
const ENDPOINTS: [(&str, &[(&str, &str)]); 5] = [
    ("/token", &[("grant_type", "client_credentials")]),
    ("/par", &AUTHORIZATION_REQUEST),
    ("/device_authorization", &[]),
    ("/introspect", &[("token", "any")]),
    ("/revoke", &[("token", "any")]),
];
const AUTHORIZATION_REQUEST: [(&str, &str); 4] = [
    ("response_type", "code"),
    ("redirect_uri", REDIRECT_URI),
    ("code_challenge", crate::scene::CHALLENGE),
    ("code_challenge_method", "S256"),
];

#[test]
fn the_certificate_of_the_client_opens_every_endpoint() {
    let scene = scene();
    for (client_id, who) in [("batch", &BATCH), ("other", &OTHER), ("own", &OWN)] {
        for (path, form) in ENDPOINTS {
            let form = changed(form, &[("client_id", client_id)]);
            let response = post(&scene, path, &form, who);
            assert!(response.status().is_success(), "{path}: {}", json(&response));
        }
    }
}

#[test]
fn any_other_certificate_opens_none() {
    let scene = scene();
    let authority = Authority::ours();
    let unknown = Authority::new().client("batch.example");
    let expired = authority.expired_client("batch.example");
    let wildcard = authority.client("*.example");
    let longer = authority.client("batch.example.evil.example");
    let alone = Identity::self_signed("batch.example");
    let same_name = Identity::self_signed("own.example");
    let certified = authority.client("own.example");
    let of_batch = [&unknown, &expired, &wildcard, &longer, &alone, &OTHER, &OWN];
    let of_own = [&same_name, &certified, &BATCH];
    for (path, form) in ENDPOINTS {
        for (client_id, certificates) in [("batch", &of_batch[..]), ("own", &of_own[..])] {
            let form = changed(form, &[("client_id", client_id)]);
            for who in certificates {
                assert_error(&post(&scene, path, &form, who), 401, "invalid_client");
            }
            let without = scene.post(path, &form);
            assert_error(&without, 401, "invalid_client");
            let words = &json(&without)["error_description"];
            assert_eq!(words, "the client presents no certificate");
        }
    }
    let mut garbage = form_request("/token", &FORM);
    garbage.extensions_mut().insert(PeerCertificate(b"garbage".to_vec()));
    assert_error(&scene.vault.handle(garbage), 401, "invalid_client");
}

#[test]
fn a_name_counts_in_any_case() {
    let scene = scene();
    let capitals = Authority::ours().client("BATCH.Example");
    assert_eq!(post(&scene, "/token", &FORM, &capitals).status(), 200);
}

#[test]
fn a_certificate_stands_for_no_secret_and_no_secret_for_it() {
    let scene = scene();
    let with_secret = changed(&FORM, &[("client_secret", SECRET)]);
    assert_error(&post(&scene, "/token", &with_secret, &BATCH), 401, "invalid_client");
    let [id, _] = POST;
    assert_error(&post(&scene, "/token", &changed(&FORM, &[id]), &BATCH), 401, "invalid_client");
    // On a connection with a certificate, who has a secret still shows it.
    assert_eq!(post(&scene, "/token", &changed(&FORM, &POST), &BATCH).status(), 200);
}

#[test]
fn the_metadata_names_the_methods_and_the_aliases() {
    let path = "/.well-known/oauth-authorization-server";
    let without = json(&Scene::new().get(path));
    assert_eq!(without.get("mtls_endpoint_aliases"), None);
    assert_eq!(without["tls_client_certificate_bound_access_tokens"], true);
    let methods = without["token_endpoint_auth_methods_supported"].as_array().unwrap();
    for method in ["tls_client_auth", "self_signed_tls_client_auth"] {
        assert!(methods.contains(&method.into()));
    }

    let scene = Scene::with(|config| {
        config.issuer.push_str("/tenant");
        config.mtls_origin = Some(MTLS.to_owned());
    });
    let with = json(&scene.get(&format!("{path}/tenant")));
    let aliases = with["mtls_endpoint_aliases"].as_object().unwrap();
    let names: Vec<_> = aliases.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "device_authorization_endpoint",
            "introspection_endpoint",
            "pushed_authorization_request_endpoint",
            "revocation_endpoint",
            "token_endpoint",
            "userinfo_endpoint",
        ]
    );
    for (name, alias) in aliases {
        let endpoint = with[name].as_str().unwrap();
        let path = endpoint.strip_prefix(crate::scene::ISSUER).unwrap();
        assert_eq!(*alias, format!("{MTLS}{path}"));
    }
}
