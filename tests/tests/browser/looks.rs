//! What the pages look like: a picture of each, kept for who wants to see.

use crate::app::App;
use crate::browser::{Browser, Screen};
use crate::page::{
    CANCELLED, CONNECTED, CONNECTED_ALREADY, CONSENT, DISCONNECTED, NOT_FOUND, NOT_WAITING,
    OLD_PAGE, OUT_OF_DATE, PHOTOS, Page, SIGN_IN, START, STRAY, WRONG_PASSWORD,
};
use crate::tab::Tab;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use std::fs;
use std::path::{Path, PathBuf};

/// Where the pictures of one screen are kept.
struct Album(PathBuf);

impl Album {
    fn new(screen: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("browser").join(screen);
        fs::create_dir_all(&folder).expect("Cargo's folder can be written to");
        Self(folder)
    }

    async fn keep(&self, tab: &Tab, page: &Page) {
        tab.sees(page).await;
        let file = self.0.join(page.name).with_extension("png");
        let picture = STANDARD.decode(tab.picture().await).expect("a picture is in base64");
        fs::write(&file, picture).expect("a picture can be kept");
    }
}

#[tokio::test]
async fn every_page_fits_a_phone() {
    walk(Screen::Phone, "phone").await;
}

#[tokio::test]
async fn every_page_fits_a_desk() {
    walk(Screen::Desk, "desk").await;
}

async fn walk(screen: Screen, name: &str) {
    let (app, browser, album) = (App::start(), Browser::open(screen).await, Album::new(name));
    let tab = browser.tab().await;
    tab.open(&app.url("/nowhere")).await;
    album.keep(&tab, &NOT_FOUND).await;
    tab.press("Go to the start page").await;
    album.keep(&tab, &START).await;
    let left_open = browser.new_tab().await;
    left_open.open(&app.url("/")).await;

    tab.press("Connect to CloudVault").await;
    album.keep(&tab, &SIGN_IN).await;
    tab.sign_in("alice", "guessed").await;
    album.keep(&tab, &WRONG_PASSWORD).await;
    tab.sign_in("alice", "wonderland").await;
    album.keep(&tab, &CONSENT).await;
    tab.press("Deny").await;
    album.keep(&tab, &CANCELLED).await;
    tab.reload().await;
    album.keep(&tab, &NOT_WAITING).await;

    tab.back().await;
    album.keep(&tab, &OUT_OF_DATE).await;

    tab.open(&app.url("/")).await;
    tab.press("Connect to CloudVault").await;
    tab.sees(&CONSENT).await;
    tab.open(&app.url("/callback?code=forged&state=forged")).await;
    album.keep(&tab, &STRAY).await;
    tab.back().await;
    tab.sees(&CONSENT).await;
    tab.press("Allow").await;
    album.keep(&tab, &PHOTOS).await;
    left_open.press("Connect to CloudVault").await;
    album.keep(&left_open, &OLD_PAGE).await;
    tab.open(&app.url("/callback?code=forged&state=forged")).await;
    album.keep(&tab, &CONNECTED_ALREADY).await;
    tab.press("PrintMyPics").await;
    album.keep(&tab, &CONNECTED).await;
    tab.press("Disconnect").await;
    album.keep(&tab, &DISCONNECTED).await;
}
