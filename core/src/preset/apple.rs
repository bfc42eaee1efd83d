//! Apple.

use super::{AuthStyle, Preset};
use crate::{
    client::{ClientAuth, Credentials},
    error::Error,
    value::{Secret, UnixTime},
};
use alloc::string::String;

/// Sign in with Apple.
///
/// The client secret is a JWT that the application signs with its own key (ES256; `iss` is the
/// team, `sub` the client id, `aud` is `https://appleid.apple.com`). Give one that lasts to
/// [`Preset::confidential`], or make one for each request by [`apple_client_secret`].
///
/// With a scope, Apple insists on [`ResponseMode::FormPost`](crate::ResponseMode::FormPost). The
/// POST comes from Apple's site, without `SameSite` cookies; on the first login it carries `user`,
/// once ([`Flow::extra`](crate::Flow::extra)). There is no userinfo endpoint.
///
/// ```
/// use grantflow::{Entropy, Flow, ResponseMode, UnixTime, preset::APPLE};
///
/// let client = APPLE
///     .confidential("com.example.web", "a.signed.jwt")?
///     .redirect_uri("https://client.example/cb".parse()?)
///     .build()?;
/// let flow = Flow::new(&client).scope("name email")?.response_mode(ResponseMode::FormPost);
/// # let (entropy, now) = (Entropy::from_bytes([0; 96]), UnixTime::from_secs(0));
/// let (url, _) = flow.redirect(entropy, now)?;
/// assert!(url.as_str().contains("&response_mode=form_post"));
/// # Ok::<(), grantflow::Error>(())
/// ```
pub const APPLE: Preset = Preset {
    issuer: Some("https://appleid.apple.com"),
    revocation_endpoint: Some("https://appleid.apple.com/auth/revoke"),
    auth: AuthStyle::Post,
    ..Preset::new(
        "Apple",
        "https://appleid.apple.com/auth/authorize",
        "https://appleid.apple.com/auth/token",
    )
};

/// Authenticates at Apple with a secret that is made afresh for each request.
///
/// ```
/// use grantflow::{Client, Secret, preset::{APPLE, apple_client_secret}};
///
/// // In an application: a JWT whose `iat` is `now`.
/// let auth = apple_client_secret("com.example.web", |now| {
///     Ok(Secret::from(format!("a.jwt.{}", now.as_secs())))
/// });
/// let client = Client::confidential(APPLE.server()?, "com.example.web", auth).build()?;
/// # Ok::<(), grantflow::Error>(())
/// ```
pub fn apple_client_secret(
    client_id: impl Into<String>,
    sign: impl Fn(UnixTime) -> Result<Secret, Error> + Send + Sync + 'static,
) -> ClientAuth {
    let client_id = client_id.into();
    ClientAuth::custom(move |_form, now| {
        let credentials = Credentials::default().with_param("client_id", client_id.as_str());
        Ok(credentials.with_param("client_secret", sign(now)?))
    })
}
