//! The person in front of the browser, and the browser.

use std::fmt;

use http::header::{CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use http::{Method, Request, Response, StatusCode};
use url::Url;

use super::cookies::Cookies;
use super::html::{Form, links};
use super::params::FORM;

const MAX_STEPS: usize = 10;

/// What sign-in pages call the input for the user's name.
const USER_NAMES: [&str; 4] = ["username", "login", "email", "user"];

/// Signs in and decides, as a person would: follows redirects, keeps cookies, fills in the forms
/// that the pages show, be they CloudVault's or another server's. How a request reaches the server
/// is up to `send`, which takes absolute URLs and must not follow redirects itself.
///
/// The cookies stay from one visit to the next.
pub struct Visitor<S> {
    send: S,
    cookies: Cookies,
    username: String,
    password: String,
    decision: &'static str,
}

/// What comes back to the client at the end of a visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Callback {
    /// The URL that the browser opens.
    pub url: String,
    /// The form that it posts there, with `response_mode=form_post`.
    pub form: Option<String>,
}

/// A visit that did not come back to the client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeadEnd {
    /// Where the visitor was.
    pub url: String,
    /// The status of the last page.
    pub status: StatusCode,
    /// The last page.
    pub page: String,
}

impl<S: FnMut(Request<Vec<u8>>) -> Response<Vec<u8>>> Visitor<S> {
    /// `alice`, who allows what she is asked for.
    #[must_use]
    pub fn new(send: S) -> Self {
        Self {
            send,
            cookies: Cookies::default(),
            username: "alice".to_owned(),
            password: "wonderland".to_owned(),
            decision: "allow",
        }
    }

    /// The same person under another name.
    #[must_use]
    pub fn signing_in_as(mut self, username: &str, password: &str) -> Self {
        username.clone_into(&mut self.username);
        password.clone_into(&mut self.password);
        self
    }

    /// The same person, who says no.
    #[must_use]
    pub fn denying(mut self) -> Self {
        self.decision = "deny";
        self
    }

    /// Opens the authorization URL and goes on until the browser is sent to `redirect_uri`.
    ///
    /// # Errors
    ///
    /// When a page has no form that a person would know how to use, or there is no end to them.
    pub fn visit(
        &mut self,
        authorization_url: &str,
        redirect_uri: &str,
    ) -> Result<Callback, Box<DeadEnd>> {
        let mut url = authorization_url.to_owned();
        let mut form: Option<Form> = None;
        for _ in 0..MAX_STEPS {
            let response = self.open(&url, form.take());
            if let Some(location) = location(&response) {
                if is_at(&location, redirect_uri) {
                    return Ok(Callback { url: location, form: None });
                }
                url = resolve(&url, &location);
                continue;
            }
            let page = String::from_utf8_lossy(response.body()).into_owned();
            let next = self.decide(&page, redirect_uri);
            let (Some(next), StatusCode::OK) = (next, response.status()) else {
                return Err(Box::new(DeadEnd { url, status: response.status(), page }));
            };
            match next {
                Next::Follow(link) => url = resolve(&url, &link),
                Next::Submit(filled) if is_at(&filled.action, redirect_uri) => {
                    return Ok(Callback { form: Some(filled.body()), url: filled.action });
                }
                Next::Submit(filled) => {
                    url = resolve(&url, &filled.action);
                    form = Some(filled);
                }
            }
        }
        Err(Box::new(DeadEnd { url, status: StatusCode::LOOP_DETECTED, page: String::new() }))
    }

    /// Opens one page with this visitor's cookies, or sends a form to it, and follows nothing.
    ///
    /// # Panics
    ///
    /// When `url` is not one.
    pub fn open(&mut self, url: &str, form: Option<Form>) -> Response<Vec<u8>> {
        let mut request = Request::builder().uri(url);
        let url = Url::parse(url).expect("a visitor opens URLs only");
        if let Some(cookies) = self.cookies.header(&url) {
            request = request.header(COOKIE, cookies);
        }
        let request = match form {
            Some(form) => request
                .method(Method::POST)
                .header(CONTENT_TYPE, FORM)
                .body(form.body().into_bytes()),
            None => request.body(Vec::new()),
        };
        let response = (self.send)(request.expect("a URL and a form make a request"));
        for cookie in response.headers().get_all(SET_COOKIE) {
            self.cookies.set(&url, cookie.to_str().unwrap_or_default());
        }
        response
    }

    /// What this person does with a page.
    fn decide(&self, page: &str, redirect_uri: &str) -> Option<Next> {
        let mut form = Form::read(page).into_iter().next()?;
        if form.asks_for("password") {
            for name in USER_NAMES {
                form.fill(name, &self.username);
            }
            form.fill("password", &self.password);
            return Some(Next::Submit(form));
        }
        if form.press("decision", self.decision) || is_at(&form.action, redirect_uri) {
            return Some(Next::Submit(form));
        }
        // Other servers: one button to go on, a link to cancel.
        if self.decision == "deny" {
            let cancel = |text: &str| text.to_ascii_lowercase().contains("cancel");
            return links(page).find_map(|(text, to)| cancel(&text).then_some(Next::Follow(to)));
        }
        (form.buttons.len() == 1).then_some(Next::Submit(form))
    }
}

enum Next {
    Follow(String),
    Submit(Form),
}

impl fmt::Display for DeadEnd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { url, status, page } = self;
        write!(f, "the visit ended at {url} with {status}: {page}")
    }
}

impl std::error::Error for DeadEnd {}

fn location(response: &Response<Vec<u8>>) -> Option<String> {
    let value = response.headers().get(LOCATION)?;
    value.to_str().ok().map(ToOwned::to_owned)
}

/// Whether that is the redirect URI, with whatever parameters were added to it.
fn is_at(url: &str, redirect_uri: &str) -> bool {
    url.strip_prefix(redirect_uri)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['?', '&', '#']))
}

fn resolve(base: &str, reference: &str) -> String {
    Url::parse(base)
        .and_then(|base| base.join(reference))
        .map_or_else(|_| reference.to_owned(), String::from)
}
