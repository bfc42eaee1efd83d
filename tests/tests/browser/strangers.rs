//! Somebody else's login, and somebody else's answer.

use crate::app::App;
use crate::browser::{Browser, Screen};
use crate::page::{CONSENT, NOT_WAITING, PHOTOS, SIGN_IN, START, STRAY};
use crate::tab::Tab;

/// Mallory's tab, in which a login waits before the sign-in, and Alice's.
struct Scene {
    app: App,
    mallory: Tab,
    alice: Tab,
    _browsers: [Browser; 2],
}

impl Scene {
    async fn new() -> Self {
        let app = App::start();
        let browsers = [Browser::open(Screen::Phone).await, Browser::open(Screen::Phone).await];
        let (mallory, alice) = (browsers[0].tab().await, browsers[1].tab().await);
        mallory.start(&app).await;
        alice.open(&app.url("/")).await;
        alice.sees(&START).await;
        Self { app, mallory, alice, _browsers: browsers }
    }
}

impl Tab {
    /// Leaves the start page for the sign-in.
    async fn start(&self, app: &App) {
        self.open(&app.url("/")).await;
        self.press("Connect to CloudVault").await;
        self.sees(&SIGN_IN).await;
    }

    /// Signs in and says yes.
    async fn finish(&self) {
        self.sign_in("alice", "wonderland").await;
        self.sees(&CONSENT).await;
        self.press("Allow").await;
    }
}

#[tokio::test]
async fn a_login_that_started_in_another_browser_is_refused() {
    let Scene { app, mallory, alice, _browsers } = Scene::new().await;
    alice.open(&mallory.url().await).await;
    alice.finish().await;
    alice.sees(&NOT_WAITING).await;
    alice.open(&app.url("/profile")).await;
    alice.sees(&START).await;

    mallory.finish().await;
    mallory.sees(&PHOTOS).await;
}

#[tokio::test]
async fn a_login_that_was_carried_over_with_its_cookie_is_refused() {
    let Scene { app, mallory, alice, _browsers } = Scene::new().await;
    let link = mallory.url().await;
    mallory.open(&app.url("/")).await;
    alice.plant_cookie(mallory.cookie("printmypics_logins").await).await;
    alice.open(&link).await;
    alice.finish().await;
    alice.sees(&NOT_WAITING).await;
    alice.open(&app.url("/profile")).await;
    alice.sees(&START).await;
}

#[tokio::test]
async fn a_strange_answer_is_refused_and_the_login_goes_on() {
    let Scene { app, mallory, alice, _browsers } = Scene::new().await;
    alice.start(&app).await;
    let other = _browsers[1].new_tab().await;
    for forged in ["code=forged&state=forged", "error=access_denied&state=forged", "code=forged"] {
        other.open(&app.url(&format!("/callback?{forged}"))).await;
        other.sees(&STRAY).await;
    }
    other.open(&mallory.url().await).await;
    other.finish().await;
    other.sees(&STRAY).await;

    alice.finish().await;
    alice.sees(&PHOTOS).await;
}
