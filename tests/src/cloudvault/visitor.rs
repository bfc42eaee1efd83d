//! The person in front of the browser, and the browser.

use std::fmt;

use http::header::{CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use http::{Method, Request, Response, StatusCode};
use url::Url;

use super::cookies::Cookies;
use super::html::{Form, links};
use super::params::FORM;

/// The longest way so far is the device flow of oidc-provider: nine pages and redirects.
const MAX_STEPS: usize = 16;

/// What sign-in pages call the input for the user's name.
const USER_NAMES: [&str; 4] = ["username", "login", "email", "user"];

/// What is written on the buttons and links that say no.
const NO: [&str; 5] = ["abort", "cancel", "decline", "deny", "refuse"];

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
    passcode: String,
    user_code: String,
    allows: bool,
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
    /// `alice` with password and passcode, who allows what she is asked for.
    #[must_use]
    pub fn new(send: S) -> Self {
        Self {
            send,
            cookies: Cookies::default(),
            username: "alice".to_owned(),
            password: "wonderland".to_owned(),
            passcode: "271828".to_owned(),
            user_code: String::new(),
            allows: true,
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
        self.allows = false;
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
        self.walk(authorization_url, Some(redirect_uri)).and_then(|end| match end {
            End::Callback(callback) => Ok(callback),
            End::Page(dead_end) => Err(dead_end),
        })
    }

    /// Opens the page for devices, types the code that the device shows and goes on until a page
    /// asks for nothing more, which it returns.
    ///
    /// # Errors
    ///
    /// When a page has no form that a person would know how to use, or there is no end to them.
    pub fn enter_code(
        &mut self,
        verification_uri: &str,
        user_code: &str,
    ) -> Result<String, Box<DeadEnd>> {
        user_code.clone_into(&mut self.user_code);
        self.walk(verification_uri, None).and_then(|end| match end {
            End::Page(last) if last.status == StatusCode::OK => Ok(last.page),
            End::Page(dead_end) => Err(dead_end),
            End::Callback(_) => unreachable!("without a redirect URI nothing is a callback"),
        })
    }

    fn walk(&mut self, start: &str, redirect_uri: Option<&str>) -> Result<End, Box<DeadEnd>> {
        let is_callback = |url: &str| redirect_uri.is_some_and(|uri| is_at(url, uri));
        let mut url = start.to_owned();
        let mut form: Option<Form> = None;
        let mut has_typed = false;
        for _ in 0..MAX_STEPS {
            let response = self.open(&url, form.take());
            if let Some(location) = location(&response) {
                if is_callback(&location) {
                    return Ok(End::Callback(Callback { url: location, form: None }));
                }
                url = resolve(&url, &location);
                continue;
            }
            let page = String::from_utf8_lossy(response.body()).into_owned();
            let end = Box::new(DeadEnd { url: url.clone(), status: response.status(), page });
            let Some(shown) = Form::read(&end.page).into_iter().next() else {
                return Ok(End::Page(end));
            };
            if end.status != StatusCode::OK {
                return Ok(End::Page(end));
            }
            if is_callback(&shown.action) {
                let form = Some(shown.body());
                return Ok(End::Callback(Callback { form, url: shown.action }));
            }
            let asks_for_code = shown.asks_for("user_code");
            if asks_for_code && has_typed {
                // Who has refused may be asked for another code; who has not mistyped it.
                return if self.allows { Err(end) } else { Ok(End::Page(end)) };
            }
            has_typed |= asks_for_code;
            match self.decide(shown, &end.page) {
                Some(Next::Follow(link)) => url = resolve(&url, &link),
                Some(Next::Submit(filled)) => {
                    url = resolve(&url, &filled.action);
                    form = Some(filled);
                }
                None => return Err(end),
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

    /// What this person does with a page and its form.
    fn decide(&self, mut form: Form, page: &str) -> Option<Next> {
        let names = USER_NAMES.into_iter().filter(|_| form.asks_for("password"));
        let mut known: Vec<_> = names.map(|name| (name, &self.username)).collect();
        known.extend([
            ("password", &self.password),
            ("passcode", &self.passcode),
            ("user_code", &self.user_code),
        ]);
        let mut asked = false;
        for (name, value) in known {
            if form.asks_for(name) {
                asked = true;
                form.fill(name, value);
            }
        }
        if asked || self.allows {
            return (form.press(|label| !says_no(label)) || asked).then_some(Next::Submit(form));
        }
        if form.press(says_no) {
            return Some(Next::Submit(form));
        }
        links(page).find_map(|(text, to)| says_no(&text).then_some(Next::Follow(to)))
    }
}

fn says_no(label: &str) -> bool {
    let label = label.to_ascii_lowercase();
    NO.into_iter().any(|word| label.contains(word))
}

enum Next {
    Follow(String),
    Submit(Form),
}

/// Where a walk has come to its end.
enum End {
    Callback(Callback),
    Page(Box<DeadEnd>),
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
