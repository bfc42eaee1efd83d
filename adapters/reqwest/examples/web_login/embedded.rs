//! CloudVault beside the application, with the application registered there.

use crate::settings::{
    BoxError, CALLBACK, Settings, User, client_id_from_env, client_secret_from_env, random_text,
};
use grantflow::{AuthorizationServer, Client, ClientAuth, UnixTime};
use grantflow_tests::cloudvault::{ClientAuthentication, Clock, Config, RegisteredClient, Server};

/// A running CloudVault; it stops when this is dropped.
pub(crate) struct Embedded {
    /// Moved by `--auto`; the real one otherwise.
    pub(crate) clock: Clock,
    pub(crate) server: Server,
}

/// Starts CloudVault and says how the application at `base_url` uses it.
pub(crate) fn start(base_url: &str, auto: bool) -> Result<(Settings, Embedded), BoxError> {
    let client_id =
        client_id_from_env().unwrap_or_else(|| format!("printmypics-{}", random_text()));
    let secret = client_secret_from_env().unwrap_or_else(random_text);
    let redirect_uri = format!("{base_url}{CALLBACK}");

    let authentication = ClientAuthentication::SecretBasic(secret.clone());
    let registered = RegisteredClient::web(&client_id, authentication, &redirect_uri);
    let clock = if auto { Clock::fixed(UnixTime::now().as_secs()) } else { Clock::real() };
    let mut config = Config::new("").client(registered.named("PrintMyPics"));
    config.clock = clock.clone();
    let user = config
        .users
        .first()
        .map(|user| User { name: user.username.clone(), password: user.password.clone() });
    let server = Server::start(config)?;

    let vault = server.base_url();
    let known = AuthorizationServer::new(format!("{vault}/token").parse()?)
        .with_issuer(vault.parse()?)
        .with_iss_required(true)
        .with_authorization_endpoint(format!("{vault}/authorize").parse()?);
    let client = Client::confidential(known, client_id, ClientAuth::basic(secret))
        .redirect_uri(redirect_uri.parse()?)
        .resource_origin(vault.parse()?)
        .build()?;
    let settings = Settings {
        base_url: base_url.to_owned(),
        client,
        params: [].into(),
        resource: format!("{vault}/photos").parse()?,
        scope: "read_photos".to_owned(),
        server_name: "CloudVault".to_owned(),
        demo_user: user,
    };
    Ok((settings, Embedded { clock, server }))
}
