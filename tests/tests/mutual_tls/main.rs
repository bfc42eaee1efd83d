//! Clients that authenticate by a certificate (RFC 8705), over TLS, with the HTTP client of each
//! adapter: the application brings the certificate, and no adapter knows of it.

mod stacks;
mod vault;

use grantflow::{
    Authorized, Callback, Client, ClientAuth, Entropy, Error, ErrorCode, Flow, Request, UnixTime,
};
use grantflow_tests::{
    cloudvault::{AuthenticationMethod, PeerCertificate, RegisteredClient, Visitor},
    conformance::{Authority, Identity, Origin},
};
use stacks::{Reqwest, ReqwestBlocking, Stack, SurfCurl, Ureq};
use vault::{Vault, get};

const ID: &str = "printmypics";
const NAME: &str = "printmypics.example";
const REDIRECT_URI: &str = "https://printmypics.example/callback";

/// Every case with every HTTP client.
macro_rules! with_each {
    ($($case:ident),* $(,)?) => {
        with_each!(@ reqwest: Reqwest, $($case)*);
        with_each!(@ reqwest_blocking: ReqwestBlocking, $($case)*);
        with_each!(@ surf_curl: SurfCurl, $($case)*);
        with_each!(@ ureq: Ureq, $($case)*);
    };
    (@ $name:ident: $stack:ident, $($case:ident)*) => {
        mod $name {
            $(
                #[test]
                fn $case() {
                    super::$case::<super::$stack>();
                }
            )*
        }
    };
}

with_each![
    a_certificate_of_an_authority_is_enough,
    a_certificate_that_the_server_knows_is_enough,
    a_login_is_bound_to_the_certificate,
    any_other_certificate_is_an_invalid_client,
];

/// A vault that knows the client by a name that an authority certifies.
fn vault() -> Vault {
    start(AuthenticationMethod::TlsClientAuth(NAME.to_owned()))
}

fn start(method: AuthenticationMethod) -> Vault {
    Vault::start(RegisteredClient::web(ID, method, REDIRECT_URI).certificate_bound())
}

fn a_certificate_of_an_authority_is_enough<S: Stack>() {
    let http = S::presenting(Some(&Authority::ours().client(NAME)));
    acts_for_itself(&vault(), &http, ClientAuth::tls_client_auth(), "tls_client_auth");
}

fn a_certificate_that_the_server_knows_is_enough<S: Stack>() {
    let identity = Identity::self_signed(NAME);
    let registered = PeerCertificate(identity.der().to_vec());
    let vault = start(AuthenticationMethod::SelfSignedTlsClientAuth(registered));
    let auth = ClientAuth::self_signed_tls_client_auth();
    let http = S::presenting(Some(&identity));
    acts_for_itself(&vault, &http, auth, "self_signed_tls_client_auth");
}

fn acts_for_itself<S: Stack>(vault: &Vault, http: &S, auth: ClientAuth, method: &str) {
    let client = vault.client(http, ID, auth);
    assert_eq!(client.authentication(), method);
    let flow = http.run(client.client_credentials().unwrap()).unwrap();
    let me = http.run(flow.userinfo().unwrap()).unwrap();
    assert_eq!(me.json::<serde_json::Value>().unwrap()["sub"], ID);

    let lines = |origin: &Origin| {
        let requests = origin.log().requests;
        requests.iter().map(|request| request.line().to_owned()).collect::<Vec<_>>()
    };
    let discovery = "GET /.well-known/oauth-authorization-server HTTP/1.1";
    assert_eq!(lines(&vault.issuer), [discovery]);
    assert_eq!(lines(&vault.aliases), ["POST /token HTTP/1.1", "GET /me HTTP/1.1"]);
}

fn a_login_is_bound_to_the_certificate<S: Stack>() {
    let vault = vault();
    let http = S::presenting(Some(&Authority::ours().client(NAME)));
    let client = vault.client(&http, ID, ClientAuth::tls_client_auth());
    let flow = log_in(&vault, &http, &client);
    let flow = http.run(flow.refresh().unwrap()).unwrap();
    let photos = http.run(flow.call(get(&vault.aliases, "/photos")).unwrap()).unwrap();
    assert_eq!(photos.status(), 200);

    // At the issuer's own port nobody is asked for a certificate, so nobody shows one.
    is_challenged(&http, &flow, get(&vault.issuer, "/photos"));
    for thief in [None, Some(Authority::ours().client("thief.example"))] {
        let http = S::presenting(thief.as_ref());
        let stolen = Flow::restore(&client, flow.store()).unwrap();
        is_challenged(&http, &stolen, get(&vault.aliases, "/photos"));
        let error = http.run(stolen.refresh().unwrap()).unwrap_err();
        assert_eq!(error.error().unwrap().code(), Some(&ErrorCode::InvalidClient));
    }
    let again = http.run(flow.call(get(&vault.aliases, "/photos")).unwrap());
    assert_eq!(again.unwrap().status(), 200);
    let introspection = http.run(client.introspect(flow.tokens().access_token().expose()).unwrap());
    assert!(introspection.is_ok(), "{introspection:?}");
    assert!(http.run(flow.revoke().unwrap()).is_ok());
}

fn any_other_certificate_is_an_invalid_client<S: Stack>() {
    let authority = Authority::ours();
    let wrong = [
        None,
        Some(authority.client("other.example")),
        Some(authority.expired_client(NAME)),
        Some(Authority::new().client(NAME)),
        Some(Identity::self_signed(NAME)),
    ];
    for (number, identity) in wrong.iter().enumerate() {
        let vault = vault();
        let http = S::presenting(identity.as_ref());
        let client = vault.client(&http, ID, ClientAuth::tls_client_auth());
        let error = http.run(client.client_credentials().unwrap()).unwrap_err();
        let Some(Error::Refused(refusal)) = error.error() else { panic!("{number}: {error}") };
        let said = (refusal.status(), refusal.code());
        assert_eq!(said, (Some(401), &ErrorCode::InvalidClient), "{number}");
        assert_eq!(vault.vault.count("/token"), 1, "{number}");
    }
}

/// Alice logs in, by a request that was pushed.
fn log_in<S: Stack>(vault: &Vault, http: &S, client: &Client) -> Flow<Authorized> {
    let flow = Flow::new(client).scope("read_photos").unwrap();
    let push = flow.push(Entropy::from_os().unwrap(), UnixTime::now()).unwrap();
    let (url, awaiting) = http.run(push).unwrap();
    // The browser is not what this is about, and needs no TLS.
    let mut visitor = Visitor::new(|request| vault.vault.handle(request));
    let callback = visitor.visit(url.as_str(), REDIRECT_URI).unwrap();
    let callback = Callback::from_url(&callback.url).unwrap();
    http.run(awaiting.receive(callback, UnixTime::now()).unwrap()).unwrap()
}

#[track_caller]
fn is_challenged<S: Stack>(http: &S, flow: &Flow<Authorized>, request: Request) {
    let error = http.run(flow.call(request).unwrap()).unwrap_err();
    let Some(Error::Challenged(challenged)) = error.error() else { panic!("{error}") };
    assert_eq!(challenged.status(), 401);
    assert_eq!(challenged.of("bearer").unwrap().error(), Some(ErrorCode::InvalidToken));
}
