//! A person with a real browser: Chromium, headless, in front of PrintMyPics (the example
//! `web_login`) and CloudVault.
//!
//! It needs `chromium` and `chromedriver` (Debian: chromium and chromium-driver), so it is run by
//! name: `cargo test -p grantflow-tests --test browser`. A picture of every page, as wide as a
//! phone and as wide as a desk, is left in `target/tmp/browser`.

mod app;
mod browser;
mod driver;
mod logins;
mod looks;
mod page;
mod returns;
mod strangers;
mod tab;
