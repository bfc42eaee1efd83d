//! A server, as its `scenario.toml` describes it; its endpoints are found by discovery.

use crate::{cases::CASES, expect::Trouble};
use grantflow::{AuthorizationServer, Client, ClientAuth, ClientBuilder, Entropy, Es256Key};
use serde::Deserialize;
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Scenario {
    pub(crate) name: String,
    pub(crate) issuer: String,
    /// Nobody listens there: the browser stops short of it.
    pub(crate) redirect_uri: String,
    /// Answers GET with JSON that holds the user's name.
    pub(crate) resource: String,
    /// What the resource wants.
    pub(crate) scope: String,
    pub(crate) user: User,
    clients: BTreeMap<String, Registered>,
    /// Resource indicators.
    pub(crate) resources: Option<Resources>,
    /// Where the server's metadata leave it out.
    pub(crate) device_authorization_endpoint: Option<String>,
    /// Whether the server promises `iss` and leaves it out where it says no.
    #[serde(default)]
    pub(crate) denies_without_iss: bool,
    /// The cases that the server cannot pass, and why.
    #[serde(default)]
    pub(crate) lacks: BTreeMap<String, String>,
    #[serde(skip)]
    folder: PathBuf,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct User {
    pub(crate) name: String,
    pub(crate) password: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Resources {
    pub(crate) known: String,
    pub(crate) unknown: String,
    pub(crate) scope: String,
}

/// A client that the server knows.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Registered {
    id: String,
    secret: Option<String>,
    /// The file of its private key, a JWK.
    key: Option<PathBuf>,
}

/// How a client with a secret authenticates.
#[derive(Clone, Copy)]
pub(crate) enum Style {
    Basic,
    Post,
    Jwt,
}

impl Scenario {
    pub(crate) fn read(file: &Path) -> Result<Self, Trouble> {
        let text = fs::read_to_string(file)?;
        let mut scenario: Self =
            toml::from_str(&text).map_err(|error| format!("{}: {error}", file.display()))?;
        scenario.folder = file.parent().ok_or("a scenario is in a folder")?.to_owned();
        let is_case = |name: &String| CASES.iter().any(|case| case.name == name);
        match scenario.lacks.keys().find(|name| !is_case(name)) {
            Some(name) => Err(format!("{}: there is no case {name}", file.display()).into()),
            None => Ok(scenario),
        }
    }

    /// A client by the part that it plays.
    pub(crate) fn client(
        &self,
        part: &str,
        style: Style,
        server: AuthorizationServer,
    ) -> Result<ClientBuilder, Trouble> {
        let registered = self.registered(part)?;
        let id = registered.id.as_str();
        if let Some(file) = &registered.key {
            let key = Es256Key::from_jwk(&fs::read_to_string(self.folder.join(file))?)?;
            let auth = ClientAuth::private_key_jwt(Arc::new(key), Entropy::from_os()?);
            return Ok(Client::confidential(server, id, auth));
        }
        let Some(secret) = registered.secret.as_deref() else {
            return Ok(Client::public(server, id));
        };
        let auth = match style {
            Style::Basic => ClientAuth::basic(secret),
            Style::Post => ClientAuth::post(secret),
            Style::Jwt => ClientAuth::secret_jwt(secret, Entropy::from_os()?),
        };
        Ok(Client::confidential(server, id, auth))
    }

    /// Its id alone, for who has another secret.
    pub(crate) fn client_id(&self, part: &str) -> Result<&str, Trouble> {
        Ok(&self.registered(part)?.id)
    }

    fn registered(&self, part: &str) -> Result<&Registered, Trouble> {
        Ok(self.clients.get(part).ok_or_else(|| format!("the scenario has no client {part}"))?)
    }
}
