//! Going back, reloading, and coming again later.

use crate::app::App;
use crate::browser::{Browser, Screen};
use crate::page::{
    CANCELLED, CONNECTED, CONNECTED_ALREADY, CONSENT, DISCONNECTED, NOT_WAITING, OUT_OF_DATE,
    PHOTOS, SIGN_IN, START,
};

#[tokio::test]
async fn whoever_goes_back_and_answers_again_stays_connected() {
    let (app, browser) = (App::start(), Browser::open(Screen::Phone).await);
    let tab = browser.tab().await;
    tab.log_in(&app).await;
    tab.back().await;
    tab.sees(&OUT_OF_DATE).await;
    tab.back().await;
    tab.sees(&CONSENT).await;
    tab.press("Allow").await;
    tab.sees(&CONNECTED_ALREADY).await;
    tab.reload().await;
    tab.sees(&CONNECTED_ALREADY).await;
    tab.press("See your photos").await;
    tab.sees(&PHOTOS).await;
}

#[tokio::test]
async fn whoever_reloads_a_refusal_can_still_connect() {
    let (app, browser) = (App::start(), Browser::open(Screen::Phone).await);
    let tab = browser.tab().await;
    tab.open(&app.url("/")).await;
    tab.press("Connect to CloudVault").await;
    tab.sees(&SIGN_IN).await;
    tab.sign_in("alice", "wonderland").await;
    tab.sees(&CONSENT).await;
    tab.press("Deny").await;
    tab.sees(&CANCELLED).await;
    tab.reload().await;
    tab.sees(&NOT_WAITING).await;
    tab.press("Go to the start page").await;
    tab.sees(&START).await;
    tab.press("Connect to CloudVault").await;
    tab.sees(&CONSENT).await;
    tab.press("Allow").await;
    tab.sees(&PHOTOS).await;
}

#[tokio::test]
async fn a_session_outlives_its_tab_and_ends_with_its_browser() {
    let (app, mut browser) = (App::start(), Browser::open(Screen::Phone).await);
    let tab = browser.tab().await;
    tab.log_in(&app).await;
    let later = browser.new_tab().await;
    tab.close().await;
    later.open(&app.url("/")).await;
    later.sees(&CONNECTED).await;
    later.press("See your photos").await;
    later.sees(&PHOTOS).await;

    browser.reopen().await;
    let tab = browser.tab().await;
    tab.open(&app.url("/profile")).await;
    tab.sees(&START).await;
    tab.log_in(&app).await;
}

#[tokio::test]
async fn nobody_goes_back_to_the_photos_after_disconnecting() {
    let (app, browser) = (App::start(), Browser::open(Screen::Phone).await);
    let tab = browser.tab().await;
    tab.log_in(&app).await;
    tab.press("Disconnect").await;
    tab.sees(&DISCONNECTED).await;
    tab.back().await;
    tab.sees(&START).await;
}
