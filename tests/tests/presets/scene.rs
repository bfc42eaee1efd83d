//! A login at one preset, with literal replies.

use grantflow::{
    Authorized, Callback, Client, CodeReceived, ConfigError, Entropy, Error, ErrorCode, Exchange,
    Failure, Flow, ProtocolError, Request, Response, Secret, UnixTime, preset::Preset,
};

pub(crate) const NOW: UnixTime = UnixTime::from_secs(1000);
const STATE: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// A confidential client of a preset, and what it says and hears.
pub(crate) struct Login(pub(crate) Client);

impl Login {
    pub(crate) fn new(preset: Preset<'_>) -> Self {
        let builder = preset.confidential("id", "secret").unwrap();
        let redirect_uri = "https://client.example/cb".parse().unwrap();
        Self(builder.redirect_uri(redirect_uri).build().unwrap())
    }

    /// The authorization URL for the scope `a b`.
    pub(crate) fn url(&self) -> String {
        let flow = Flow::new(&self.0).scope("a b").unwrap();
        flow.redirect(Entropy::from_bytes([0; 96]), NOW).unwrap().0.into()
    }

    /// The flow after a callback with a code and the given further parameters.
    pub(crate) fn code(&self, more: &str) -> Result<Flow<CodeReceived>, Error> {
        let flow = Flow::new(&self.0).scope("a b")?;
        let (_, awaiting) = flow.redirect(Entropy::from_bytes([0; 96]), NOW)?;
        let callback = Callback::from_query(&format!("code=c&state={STATE}{more}"))?;
        Ok(awaiting.receive(callback, NOW)?)
    }

    pub(crate) fn token_request(&self) -> Request {
        self.code("").unwrap().request(NOW).unwrap()
    }

    /// The answer to the exchange of the code, as JSON.
    pub(crate) fn exchange(&self, status: u16, body: &str) -> Result<Flow<Authorized>, Error> {
        self.exchange_as("application/json; charset=utf-8", status, body)
    }

    pub(crate) fn exchange_as(
        &self,
        media_type: &str,
        status: u16,
        body: &str,
    ) -> Result<Flow<Authorized>, Error> {
        let code = self.code("").unwrap();
        code.receive(&response(media_type, status, body), NOW).map_err(Failure::into_error)
    }

    /// The answer to a refresh of what was granted, as JSON.
    pub(crate) fn refresh(
        &self,
        granted: &str,
        status: u16,
        body: &str,
    ) -> Result<Flow<Authorized>, Error> {
        let refresh = self.exchange(200, granted)?.refresh().map_err(Failure::into_error)?;
        let request = refresh.request(NOW)?;
        assert!(text(&request).contains("refresh_token"), "{}", text(&request));
        let reply = response("application/json", status, body);
        refresh.receive(&reply, NOW).map_err(Failure::into_error)
    }
}

pub(crate) fn response(media_type: &str, status: u16, body: &str) -> Response {
    Response::new(status, [("Content-Type", media_type)], body)
}

pub(crate) fn text(request: &Request) -> &str {
    std::str::from_utf8(request.body()).unwrap()
}

/// The tokens, the seconds from now to their end, the scope.
#[track_caller]
pub(crate) fn grants(
    result: Result<Flow<Authorized>, Error>,
    access_token: &str,
    refresh_token: Option<&str>,
    lifetime: Option<u64>,
    scope: &[&str],
) {
    let flow = result.unwrap();
    let tokens = flow.tokens();
    assert_eq!(tokens.access_token().expose(), access_token);
    assert_eq!(tokens.refresh_token().map(Secret::expose), refresh_token);
    assert_eq!(tokens.expires_at().map(|end| end.as_secs() - NOW.as_secs()), lifetime);
    assert_eq!(tokens.scope().iter().collect::<Vec<_>>(), scope);
}

/// The provider refused, in the protocol's words.
#[track_caller]
pub(crate) fn refuses(result: Result<Flow<Authorized>, Error>, code: &str) {
    let error = result.unwrap_err();
    assert_eq!(error.code().map(ErrorCode::as_str), Some(code), "{error}");
}

/// The provider refused, in words of its own.
#[track_caller]
pub(crate) fn is_no_oauth_error(result: Result<Flow<Authorized>, Error>, status: u16) {
    assert_eq!(result.unwrap_err(), ProtocolError::NotAnOAuthError { status }.into());
}

#[track_caller]
pub(crate) fn cannot_refresh(result: Result<Flow<Authorized>, Error>) {
    let error = result.unwrap().refresh().unwrap_err().into_error();
    assert_eq!(error, ConfigError::NoRefreshToken.into());
}

/// The URL's query holds every one of these, between its ampersands.
#[track_caller]
pub(crate) fn asks(url: &str, pairs: &[&str]) {
    let (_, query) = url.split_once('?').unwrap();
    for pair in pairs {
        assert!(query.split('&').any(|known| known == *pair), "{pair} in {url}");
    }
}

#[track_caller]
pub(crate) fn has_pkce(login: &Login, expected: bool) {
    assert_eq!(login.url().contains("&code_challenge_method=S256"), expected);
    assert_eq!(text(&login.token_request()).contains("code_verifier"), expected);
}

/// The secret is in the Basic header, and nowhere else.
#[track_caller]
pub(crate) fn uses_basic(login: &Login) {
    let request = login.token_request();
    assert_eq!(request.header("authorization"), Some("Basic aWQ6c2VjcmV0"));
    assert!(!text(&request).contains("secret"), "{}", text(&request));
}

/// The secret is in the body, and nowhere else.
#[track_caller]
pub(crate) fn uses_post(login: &Login) {
    let request = login.token_request();
    assert_eq!(request.header("authorization"), None);
    assert!(text(&request).ends_with("=id&client_secret=secret"), "{}", text(&request));
}
