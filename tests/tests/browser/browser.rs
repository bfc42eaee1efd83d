//! A browser with a profile of its own, so that no two tests and no two persons share a cookie.

use crate::driver::Driver;
use crate::tab::Tab;
use fantoccini::{Client, ClientBuilder};
use grantflow_tests::programs::installed;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::fs;
use std::path::PathBuf;
use std::process;
use std::sync::atomic::{AtomicUsize, Ordering};

#[derive(Clone, Copy)]
pub(crate) enum Screen {
    Desk,
    Phone,
}

pub(crate) struct Browser {
    client: Client,
    driver: Driver,
    screen: Screen,
    /// Deleted after the driver has ended the browser that writes there.
    profile: Profile,
}

impl Browser {
    pub(crate) async fn open(screen: Screen) -> Self {
        let (driver, profile) = (Driver::start(), Profile::new());
        let client = connect(&driver, &profile, screen).await;
        Self { client, driver, screen, profile }
    }

    /// The tab that a browser opens with.
    pub(crate) async fn tab(&self) -> Tab {
        let window = self.client.window().await.expect("a browser has a window");
        Tab::new(self.client.clone(), window)
    }

    pub(crate) async fn new_tab(&self) -> Tab {
        let window = self.client.new_window(true).await.expect("a browser opens tabs");
        Tab::new(self.client.clone(), window.handle)
    }

    /// Closes the whole browser and opens it again, with the same profile.
    pub(crate) async fn reopen(&mut self) {
        self.client.clone().close().await.expect("a browser can be closed");
        self.client = connect(&self.driver, &self.profile, self.screen).await;
    }
}

async fn connect(driver: &Driver, profile: &Profile, screen: Screen) -> Client {
    let Value::Object(capabilities) = capabilities(profile, screen) else { unreachable!() };
    let mut builder = ClientBuilder::new(HttpConnector::new());
    let connected = builder.capabilities(capabilities).connect(&driver.url()).await;
    connected.unwrap_or_else(|error| panic!("chromium does not start: {error}"))
}

fn capabilities(profile: &Profile, screen: Screen) -> Value {
    let mut options = json!({
        "binary": installed("chromium", "chromium"),
        "args": [
            "--headless",
            // CI runs as root in a container.
            "--no-sandbox",
            "--disable-dev-shm-usage",
            "--disable-gpu",
            // Nothing leaves this machine.
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-quic",
            "--disable-sync",
            "--no-first-run",
            "--window-size=1280,800",
            format!("--user-data-dir={}", profile.0.display()),
        ],
    });
    if let Screen::Phone = screen {
        let metrics = json!({ "width": 360, "height": 740, "pixelRatio": 2, "mobile": true });
        options["mobileEmulation"] = json!({ "deviceMetrics": metrics });
    }
    json!({ "browserName": "chrome", "goog:chromeOptions": options })
}

struct Profile(PathBuf);

impl Profile {
    fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("{}-{}", process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("profiles").join(name);
        fs::create_dir_all(&folder).expect("Cargo's folder can be written to");
        Self(folder)
    }
}

impl Drop for Profile {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.0) {
            eprintln!("{}: {error}", self.0.display());
        }
    }
}
