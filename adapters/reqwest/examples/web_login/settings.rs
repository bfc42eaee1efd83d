//! What the application is told: who it is, at which server, and what it may show.

use grantflow::{Client, SecureUrl};
use serde::Deserialize;
use std::{collections::BTreeMap, env, error::Error};

/// The path of the redirect URI.
pub(crate) const CALLBACK: &str = "/callback";

/// Any error that ends the program.
pub(crate) type BoxError = Box<dyn Error + Send + Sync>;

pub(crate) struct Settings {
    /// The application's own base URL, without a trailing slash.
    pub(crate) base_url: String,
    pub(crate) client: Client,
    /// Further parameters of the authorization request.
    pub(crate) params: BTreeMap<String, String>,
    /// What is fetched and shown.
    pub(crate) resource: SecureUrl,
    /// Scope tokens with spaces between them.
    pub(crate) scope: String,
    /// What people call the server.
    pub(crate) server_name: String,
    /// The account that visitors of the demonstration may use.
    pub(crate) demo_user: Option<User>,
}

/// Somebody who can sign in at the server.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct User {
    pub(crate) name: String,
    pub(crate) password: String,
}

/// The client id, if the environment gives one.
pub(crate) fn client_id_from_env() -> Option<String> {
    env::var("PRINTMYPICS_CLIENT_ID").ok()
}

/// The client secret, if the environment gives one.
pub(crate) fn client_secret_from_env() -> Option<String> {
    env::var("PRINTMYPICS_CLIENT_SECRET").ok()
}

/// 128 random bits, in hexadecimal digits.
pub(crate) fn random_text() -> String {
    let mut octets = [0; 16];
    getrandom::fill(&mut octets).expect("the system has randomness");
    octets.iter().map(|octet| format!("{octet:02x}")).collect()
}
