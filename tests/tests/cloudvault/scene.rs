//! A server in memory with a client of every kind, and short words for what tests do to it.

use grantflow_tests::cloudvault::{
    Callback, ClientAuthentication, Clock, CloudVault, Config, RegisteredClient, Visitor,
};
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{Request, Response};
use serde_json::Value;
use url::{Url, form_urlencoded};

pub(crate) const ISSUER: &str = "https://vault.example";
pub(crate) const REDIRECT_URI: &str = "https://printmypics.example/callback";
pub(crate) const STATE: &str = "a state & more/+%";

/// RFC 7636 appendix B
pub(crate) const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
pub(crate) const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// Written so that every encoding of it differs.
pub(crate) const SECRET: &str = "s+ cr%t:&=é";

pub(crate) struct Scene {
    pub(crate) vault: CloudVault,
    pub(crate) clock: Clock,
}

impl Scene {
    pub(crate) fn new() -> Self {
        Self::with(|_| {})
    }

    pub(crate) fn with(change: impl FnOnce(&mut Config)) -> Self {
        let clock = Clock::fixed(1_800_000_000);
        let mut config = config();
        config.clock = clock.clone();
        change(&mut config);
        let vault = CloudVault::new(config);
        Self { vault, clock }
    }

    pub(crate) fn visitor(&self) -> Visitor<impl FnMut(Request<Vec<u8>>) -> Response<Vec<u8>>> {
        Visitor::new(|request| self.vault.handle(request))
    }

    pub(crate) fn get(&self, url: &str) -> Response<Vec<u8>> {
        let request = Request::get(url).body(Vec::new()).unwrap();
        self.vault.handle(request)
    }

    /// The callback after a new user allowed the request.
    pub(crate) fn allow(&self, changes: &[(&str, &str)]) -> Callback {
        let url = authorization_url(changes);
        self.visitor().visit(&url, REDIRECT_URI).unwrap()
    }

    /// A fresh code for `printmypics`.
    pub(crate) fn code(&self, changes: &[(&str, &str)]) -> String {
        param(&self.allow(changes).url, "code").unwrap()
    }

    /// What the token endpoint says to that form.
    pub(crate) fn token(&self, form: &[(&str, &str)]) -> Response<Vec<u8>> {
        self.vault.handle(token_request(form))
    }

    /// What an endpoint says to that form.
    pub(crate) fn post(&self, path: &str, form: &[(&str, &str)]) -> Response<Vec<u8>> {
        self.vault.handle(form_request(path, form))
    }

    /// What an endpoint says to that form next to a DPoP proof.
    pub(crate) fn prove(
        &self,
        path: &str,
        form: &[(&str, &str)],
        proof: &str,
    ) -> Response<Vec<u8>> {
        let mut request = form_request(path, form);
        request.headers_mut().insert("dpop", proof.parse().unwrap());
        self.vault.handle(request)
    }

    pub(crate) fn now(&self) -> u64 {
        self.clock.now()
    }

    /// What the token endpoint says to `printmypics` about that code.
    pub(crate) fn exchange(&self, code: &str, changes: &[(&str, &str)]) -> Response<Vec<u8>> {
        self.token(&exchange_form(code, changes))
    }

    /// The tokens of a whole flow.
    pub(crate) fn tokens(&self, changes: &[(&str, &str)]) -> Value {
        let response = self.exchange(&self.code(changes), &[]);
        assert_eq!(response.status(), 200);
        json(&response)
    }

    pub(crate) fn refresh(&self, token: &str, changes: &[(&str, &str)]) -> Response<Vec<u8>> {
        let form = [
            ("grant_type", "refresh_token"),
            ("refresh_token", token),
            ("client_id", "printmypics"),
        ];
        self.token(&changed(&form, changes))
    }

    pub(crate) fn resource(&self, path: &str, authorization: &str) -> Response<Vec<u8>> {
        let request = Request::get(path).header(AUTHORIZATION, authorization);
        self.vault.handle(request.body(Vec::new()).unwrap())
    }

    /// What the resource API says to a token with a DPoP proof.
    pub(crate) fn call_with_proof(
        &self,
        path: &str,
        token: &str,
        proof: &str,
    ) -> Response<Vec<u8>> {
        let request =
            Request::get(path).header(AUTHORIZATION, format!("DPoP {token}")).header("dpop", proof);
        self.vault.handle(request.body(Vec::new()).unwrap())
    }

    #[track_caller]
    pub(crate) fn assert_token_works(&self, tokens: &Value, works: bool) {
        let token = text(tokens, "access_token");
        let status = self.resource("/me", &format!("Bearer {token}")).status();
        assert_eq!(status, if works { 200 } else { 401 });
    }
}

pub(crate) fn config() -> Config {
    use ClientAuthentication::{None, SecretBasic, SecretPost};
    let web =
        |client_id, authentication| RegisteredClient::web(client_id, authentication, REDIRECT_URI);
    let native = RegisteredClient::native("desktop", "http://127.0.0.1/callback");
    Config::new(ISSUER)
        .client(web("printmypics", None).named("Print<b>My</b>Pics"))
        .client(web("someone-else", None))
        .client(web("basic:client", SecretBasic(SECRET.to_owned())))
        .client(web("post", SecretPost(SECRET.to_owned())))
        .client(native)
}

/// What `post` sends to show who it is.
pub(crate) const POST: [(&str, &str); 2] = [("client_id", "post"), ("client_secret", SECRET)];

pub(crate) fn authorization_url(changes: &[(&str, &str)]) -> String {
    let form = [
        ("response_type", "code"),
        ("client_id", "printmypics"),
        ("redirect_uri", REDIRECT_URI),
        ("scope", "read_photos list_albums"),
        ("state", STATE),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    let query = encode(&changed(&form, changes));
    format!("{ISSUER}/authorize?{query}")
}

pub(crate) fn exchange_form<'a>(
    code: &'a str,
    changes: &[(&'a str, &'a str)],
) -> Vec<(&'a str, &'a str)> {
    let form = [
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", REDIRECT_URI),
        ("client_id", "printmypics"),
        ("code_verifier", VERIFIER),
    ];
    changed(&form, changes)
}

pub(crate) fn token_request(form: &[(&str, &str)]) -> Request<Vec<u8>> {
    form_request("/token", form)
}

pub(crate) fn form_request(path: &str, form: &[(&str, &str)]) -> Request<Vec<u8>> {
    Request::post(path)
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(encode(form).into_bytes())
        .unwrap()
}

pub(crate) fn encode(form: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish()
}

pub(crate) fn param(url: &str, name: &str) -> Option<String> {
    let url = Url::parse(url).unwrap();
    let mut pairs = url.query_pairs();
    pairs.find_map(|(given, value)| (given == name).then(|| value.into_owned()))
}

pub(crate) fn json(response: &Response<Vec<u8>>) -> Value {
    serde_json::from_slice(response.body()).unwrap()
}

pub(crate) fn text<'a>(object: &'a Value, name: &str) -> &'a str {
    object[name].as_str().unwrap()
}

pub(crate) fn header<'a>(response: &'a Response<Vec<u8>>, name: &str) -> &'a str {
    response.headers()[name].to_str().unwrap()
}

#[track_caller]
pub(crate) fn assert_error(response: &Response<Vec<u8>>, status: u16, error: &str) {
    assert_eq!(json(response)["error"], error, "{}", json(response));
    assert_eq!(response.status(), status);
    assert_eq!(header(response, "cache-control"), "no-store");
    assert_eq!(header(response, "pragma"), "no-cache");
}

/// The first challenge of a refusal has that scheme and that error.
#[track_caller]
pub(crate) fn assert_challenge(
    response: &Response<Vec<u8>>,
    status: u16,
    scheme: &str,
    error: &str,
) {
    let challenge = header(response, "www-authenticate");
    assert_eq!(response.status(), status, "{challenge}");
    assert!(challenge.starts_with(&format!("{scheme} realm=")), "{challenge}");
    assert!(challenge.contains(&format!("error=\"{error}\"")), "{challenge}");
}

/// The form with these values in place of its own. An empty value leaves the parameter out.
pub(crate) fn changed<'a>(
    form: &[(&'a str, &'a str)],
    changes: &[(&'a str, &'a str)],
) -> Vec<(&'a str, &'a str)> {
    let kept = |(name, _): &&(&str, &str)| changes.iter().all(|(changed, _)| changed != name);
    let mut result: Vec<_> = form.iter().filter(kept).copied().collect();
    result.extend(changes.iter().filter(|(_, value)| !value.is_empty()));
    result
}
