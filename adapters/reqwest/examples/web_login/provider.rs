//! A real server, from a TOML file.
//!
//! ```toml
//! name = "Example"                     # what people call the server
//! client_id = "printmypics"            # or PRINTMYPICS_CLIENT_ID
//! client_secret = "..."                # or PRINTMYPICS_CLIENT_SECRET; none with auth = "none"
//! auth = "basic"                       # basic, post or none
//! issuer = "https://as.example"        # optional, but then `iss` is not checked
//! iss_required = true                  # if the server promises `iss` in every callback
//! scopes = ["openid", "profile"]
//! redirect_uri = "http://127.0.0.1:8765/callback"
//! listen = "127.0.0.1:8080"            # only where a proxy stands in front
//!
//! [endpoints]
//! authorization = "https://as.example/authorize"
//! token = "https://as.example/token"
//! resource = "https://as.example/userinfo"
//!
//! [params]                             # optional: more for the authorization request
//! access_type = "offline"
//!
//! [user]                               # optional: who signs in with --auto
//! name = "alice"
//! password = "wonderland"
//! ```

use crate::settings::{
    BoxError, CALLBACK, Settings, User, client_id_from_env, client_secret_from_env,
};
use grantflow::{AuthorizationServer, Client, ClientAuth};
use serde::Deserialize;
use std::{collections::BTreeMap, fs, path::Path};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Provider {
    name: String,
    client_id: Option<String>,
    client_secret: Option<String>,
    auth: Auth,
    issuer: Option<String>,
    #[serde(default)]
    iss_required: bool,
    scopes: Vec<String>,
    redirect_uri: Option<String>,
    listen: Option<String>,
    endpoints: Endpoints,
    #[serde(default)]
    params: BTreeMap<String, String>,
    pub(crate) user: Option<User>,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Auth {
    Basic,
    None,
    Post,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Endpoints {
    authorization: String,
    token: String,
    resource: String,
}

impl Provider {
    pub(crate) fn read(file: &Path) -> Result<Self, BoxError> {
        let shown = file.display();
        let text = fs::read_to_string(file).map_err(|error| format!("{shown}: {error}"))?;
        Ok(toml::from_str(&text).map_err(|error| format!("{shown}: {error}"))?)
    }

    /// The address to listen on: as written, or that of the redirect URI, or a free port.
    pub(crate) fn listen(&self) -> Result<String, BoxError> {
        if let Some(listen) = &self.listen {
            return Ok(listen.clone());
        }
        let Some(redirect_uri) = &self.redirect_uri else { return Ok("127.0.0.1:0".to_owned()) };
        let address = redirect_uri.strip_prefix("http://").and_then(|rest| rest.split('/').next());
        let address = address.ok_or("redirect_uri is the proxy's; listen says where to listen")?;
        Ok(address.to_owned())
    }

    /// The application's base URL as the browser sees it, if the file says so.
    pub(crate) fn base_url(&self) -> Result<Option<&str>, BoxError> {
        let Some(redirect_uri) = &self.redirect_uri else { return Ok(None) };
        let base = redirect_uri.strip_suffix(CALLBACK);
        // The application's pages are at the root.
        let base = base.filter(|base| base.matches('/').count() == 2);
        base.map(Some).ok_or_else(|| format!("redirect_uri must be .../HOST{CALLBACK}").into())
    }

    pub(crate) fn settings(self, base_url: String) -> Result<Settings, BoxError> {
        let Endpoints { authorization, token, resource } = self.endpoints;
        let mut server = AuthorizationServer::new(token.parse()?)
            .with_iss_required(self.iss_required)
            .with_authorization_endpoint(authorization.parse()?);
        if let Some(issuer) = &self.issuer {
            server = server.with_issuer(issuer.parse()?);
        }
        let id = client_id_from_env().or(self.client_id).ok_or("there is no client_id")?;
        let secret = client_secret_from_env().or(self.client_secret);
        let secret = secret.ok_or("there is no client_secret");
        let client = match self.auth {
            Auth::Basic => Client::confidential(server, id, ClientAuth::basic(secret?)),
            Auth::None => Client::public(server, id),
            Auth::Post => Client::confidential(server, id, ClientAuth::post(secret?)),
        };
        let client = client
            .redirect_uri(format!("{base_url}{CALLBACK}").parse()?)
            .resource_origin(resource.parse()?)
            .build()?;
        Ok(Settings {
            base_url,
            client,
            params: self.params,
            resource: resource.parse()?,
            scope: self.scopes.join(" "),
            server_name: self.name,
            demo_user: None,
        })
    }
}
