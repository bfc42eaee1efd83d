//! A tab, and what a person does in it.

use crate::page::Page;
use fantoccini::{
    Client, Locator,
    cookies::Cookie,
    wd::{WebDriverCompatibleCommand, WindowHandle},
};
use http::Method;
use serde::Deserialize;
use serde_json::json;
use std::time::Duration;
use tokio::time::{interval, timeout};
use url::{ParseError, Url};

const PATIENCE: Duration = Duration::from_secs(30);
/// How high and wide something must be that is hit with a finger, in CSS pixels.
const FINGER: f64 = 44.0;

pub(crate) struct Tab {
    client: Client,
    window: WindowHandle,
}

/// A page as the browser has laid it out.
#[derive(Debug, Deserialize)]
struct Looks {
    title: String,
    status: u16,
    width: f64,
    content_width: f64,
    broken_images: usize,
    targets: Vec<Target>,
}

/// Something to press or to type into.
#[derive(Debug, Deserialize)]
struct Target {
    text: String,
    width: f64,
    height: f64,
}

/// Styles and images are there once a page has loaded.
const LOOKS: &str = r#"
const done = arguments[0];
const look = () => done({
    title: document.title,
    status: performance.getEntriesByType("navigation")[0].responseStatus,
    // On a phone, what is too wide makes `innerWidth` larger.
    width: Math.min(window.outerWidth, document.documentElement.clientWidth),
    content_width: document.documentElement.scrollWidth,
    broken_images: [...document.images].filter(image => image.naturalWidth === 0).length,
    targets: [...document.querySelectorAll("a, button, summary, input:not([type=hidden])")].map(
        element => {
            const { width, height } = element.getBoundingClientRect();
            return { text: element.textContent || element.name, width, height };
        }),
});
document.readyState === "complete" ? look() : addEventListener("load", look);
"#;

impl Tab {
    pub(crate) fn new(client: Client, window: WindowHandle) -> Self {
        Self { client, window }
    }

    /// Types an address.
    pub(crate) async fn open(&self, url: &str) {
        self.browser().await.goto(url).await.expect("an address can be opened");
    }

    /// Waits for a page and looks whether all of it is as it should be.
    pub(crate) async fn sees(&self, page: &Page) {
        let browser = self.browser().await;
        let comes = async {
            let mut looks = interval(Duration::from_millis(20));
            // A look at a page that is just being left fails in more ways than "no such element",
            // so that `Client::wait` would give up.
            while browser.find(Locator::XPath(page.mark)).await.is_err() {
                looks.tick().await;
            }
        };
        if timeout(PATIENCE, comes).await.is_err() {
            let shown = browser.find(Locator::Css("body")).await.expect("every page has a body");
            let shown = shown.text().await.expect("a body has text");
            let url = self.url().await;
            panic!("{} does not come; this is shown at {url}:\n{shown}", page.name);
        }
        let looks = browser.execute_async(LOOKS, vec![]).await.expect("a page can be measured");
        let looks: Looks = serde_json::from_value(looks).expect("what the script returns");
        assert_eq!((looks.status, looks.title.as_str()), (page.status, page.title));
        assert_eq!(looks.broken_images, 0, "{}", page.name);
        assert!(looks.content_width <= looks.width, "{} is too wide: {looks:?}", page.name);
        for Target { text, width, height } in looks.targets {
            let is_large = width >= FINGER && height >= FINGER;
            assert!(is_large, "{}: {text:?} is {width} x {height}, hard to hit", page.name);
        }
    }

    /// Presses the button or follows the link of that name.
    pub(crate) async fn press(&self, label: &str) {
        let path = format!("//*[self::a or self::button][normalize-space()='{label}']");
        let found = self.browser().await.find(Locator::XPath(&path)).await;
        let found = found.unwrap_or_else(|error| panic!("{label}: {error}"));
        found.click().await.expect("what is shown can be pressed");
    }

    pub(crate) async fn sign_in(&self, username: &str, password: &str) {
        let browser = self.browser().await;
        for (name, value) in [("username", username), ("password", password)] {
            let field = browser.find(Locator::Css(&format!("input[name={name}]"))).await;
            let field = field.unwrap_or_else(|error| panic!("{name}: {error}"));
            field.send_keys(value).await.expect("a field can be typed into");
        }
        self.press("Sign in").await;
    }

    pub(crate) async fn back(&self) {
        self.browser().await.back().await.expect("there is a way back");
    }

    pub(crate) async fn reload(&self) {
        self.browser().await.refresh().await.expect("a page can be reloaded");
    }

    pub(crate) async fn close(self) {
        self.browser().await.close_window().await.expect("a tab can be closed");
    }

    pub(crate) async fn url(&self) -> String {
        self.browser().await.current_url().await.expect("a tab has an address").into()
    }

    /// The texts of all elements of that name.
    pub(crate) async fn texts(&self, element: &str) -> Vec<String> {
        let found = self.browser().await.find_all(Locator::Css(element)).await;
        let mut texts = Vec::new();
        for element in found.expect("elements can be looked for") {
            texts.push(element.text().await.expect("an element has text"));
        }
        texts
    }

    /// The cookie that this page's server set; scripts do not see it.
    pub(crate) async fn cookie(&self, name: &str) -> Cookie<'static> {
        self.browser().await.get_named_cookie(name).await.expect("the cookie is there")
    }

    pub(crate) async fn plant_cookie(&self, cookie: Cookie<'static>) {
        self.browser().await.add_cookie(cookie).await.expect("a cookie can be planted");
    }

    /// A PNG of the whole page, in base64.
    pub(crate) async fn picture(&self) -> String {
        let browser = self.browser().await;
        let drawn = browser.issue_cmd(WholePage).await.expect("a page can be drawn");
        drawn["data"].as_str().expect("a picture is text").to_owned()
    }

    /// All tabs share one connection, which talks to the one that it was switched to last.
    async fn browser(&self) -> &Client {
        let switched = self.client.switch_to_window(self.window.clone()).await;
        switched.expect("the tab is open");
        &self.client
    }
}

/// The screenshot of WebDriver ends where the window ends, the browser's own does not.
#[derive(Debug)]
struct WholePage;

impl WebDriverCompatibleCommand for WholePage {
    fn endpoint(&self, base_url: &Url, session_id: Option<&str>) -> Result<Url, ParseError> {
        base_url.join(&format!("session/{}/goog/cdp/execute", session_id.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        let params = json!({ "captureBeyondViewport": true });
        let body = json!({ "cmd": "Page.captureScreenshot", "params": params });
        (Method::POST, Some(body.to_string()))
    }
}
