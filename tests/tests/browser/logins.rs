//! Connecting, in one tab or in two, and saying no.

use crate::app::App;
use crate::browser::{Browser, Screen};
use crate::page::{
    CANCELLED, CONNECTED, CONSENT, DISCONNECTED, PHOTOS, SIGN_IN, START, WRONG_PASSWORD,
};
use crate::tab::Tab;

impl Tab {
    /// From the start page to the photos, for who is signed in nowhere.
    pub(crate) async fn log_in(&self, app: &App) {
        self.open(&app.url("/")).await;
        self.sees(&START).await;
        self.press("Connect to CloudVault").await;
        self.sees(&SIGN_IN).await;
        self.sign_in("alice", "wonderland").await;
        self.sees(&CONSENT).await;
        self.press("Allow").await;
        self.sees(&PHOTOS).await;
    }
}

#[tokio::test]
async fn a_person_connects_and_sees_their_photos() {
    let (app, browser) = (App::start(), Browser::open(Screen::Phone).await);
    let tab = browser.tab().await;
    tab.open(&app.url("/")).await;
    tab.sees(&START).await;
    tab.press("Connect to CloudVault").await;
    tab.sees(&SIGN_IN).await;
    tab.sign_in("alice", "Wonderland").await;
    tab.sees(&WRONG_PASSWORD).await;
    tab.sign_in("alice", "wonderland").await;
    tab.sees(&CONSENT).await;
    assert_eq!(tab.texts("li").await, ["see your photos"]);
    tab.press("Allow").await;
    tab.sees(&PHOTOS).await;
    // The code is nowhere to be seen.
    assert_eq!(tab.url().await, app.url("/profile"));
    let photos = tab.texts("h2").await;
    assert!(!photos.is_empty());

    tab.press("Renew the key").await;
    tab.sees(&PHOTOS).await;
    assert_eq!(tab.texts("h2").await, photos);
    tab.press("PrintMyPics").await;
    tab.sees(&CONNECTED).await;
    tab.press("Disconnect").await;
    tab.sees(&DISCONNECTED).await;
}

#[tokio::test]
async fn a_person_who_says_no_reads_so_and_can_still_connect() {
    let (app, browser) = (App::start(), Browser::open(Screen::Phone).await);
    let tab = browser.tab().await;
    tab.open(&app.url("/")).await;
    tab.press("Connect to CloudVault").await;
    tab.sees(&SIGN_IN).await;
    tab.sign_in("alice", "wonderland").await;
    tab.sees(&CONSENT).await;
    tab.press("Deny").await;
    tab.sees(&CANCELLED).await;
    tab.press("Connect after all").await;
    tab.sees(&CONSENT).await;
    tab.press("Allow").await;
    tab.sees(&PHOTOS).await;
}

#[tokio::test]
async fn of_two_tabs_the_first_can_finish_first() {
    two_tabs(|[first, second]| [first, second]).await;
}

#[tokio::test]
async fn of_two_tabs_the_second_can_finish_first() {
    two_tabs(|[first, second]| [second, first]).await;
}

/// Both stand before the sign-in when one of them goes on.
async fn two_tabs(order: fn([Tab; 2]) -> [Tab; 2]) {
    let (app, browser) = (App::start(), Browser::open(Screen::Phone).await);
    let tabs = [browser.tab().await, browser.new_tab().await];
    for tab in &tabs {
        tab.open(&app.url("/")).await;
        tab.press("Connect to CloudVault").await;
        tab.sees(&SIGN_IN).await;
    }
    for tab in order(tabs) {
        tab.sign_in("alice", "wonderland").await;
        tab.sees(&CONSENT).await;
        tab.press("Allow").await;
        tab.sees(&PHOTOS).await;
    }
}
