//! Slack.

use super::{AuthStyle, Preset, with_body};
use crate::{
    client::{Pkce, Quirks},
    wire::{
        Response,
        json::{self, Value},
    },
};
use alloc::vec;

/// Slack, for a bot's token. The user's token, if there is one too, is the member `authed_user`
/// of [`Tokens::extra`](crate::Tokens::extra).
///
/// ```
/// use grantflow::{Pkce, preset::SLACK};
///
/// let quirks = SLACK.quirks();
/// assert_eq!((quirks.scope_separator, quirks.pkce), (Some(','), Pkce::Off));
/// ```
pub const SLACK: Preset = Preset {
    auth: AuthStyle::Post,
    quirks: || Quirks {
        pkce: Pkce::Off,
        scope_separator: Some(','),
        token_type_aliases: vec!["bot".into(), "user".into()],
        ..Quirks::default()
    },
    ..Preset::new(
        "Slack",
        "https://slack.com/oauth/v2/authorize",
        "https://slack.com/api/oauth.v2.access",
    )
};

/// Slack, for a user's token: as [`SLACK`], with [`slack_authed_user`].
///
/// What to ask for goes into the parameter `user_scope`, with commas, and not into the scope.
///
/// ```
/// use grantflow::{Entropy, Flow, UnixTime, preset::SLACK_USER};
///
/// let client = SLACK_USER
///     .confidential("id", "secret")?
///     .redirect_uri("https://client.example/cb".parse()?)
///     .build()?;
/// let flow = Flow::new(&client).param("user_scope", "search:read,users:read")?;
/// # let (entropy, now) = (Entropy::from_bytes([0; 96]), UnixTime::from_secs(0));
/// let (url, _) = flow.redirect(entropy, now)?;
/// assert!(url.as_str().contains("&user_scope=search%3Aread%2Cusers%3Aread"));
/// # Ok::<(), grantflow::Error>(())
/// ```
pub const SLACK_USER: Preset = Preset {
    name: "Slack user",
    quirks: || Quirks { rewrites: vec![slack_authed_user], ..SLACK.quirks() },
    ..SLACK
};

/// Selects the member `authed_user`, where it holds a token. Any other reply stays as it is:
/// a refresh gives the user's token at the top.
///
/// ```
/// use grantflow::{Response, preset::slack_authed_user};
///
/// let json = [("Content-Type", "application/json")];
/// let reply = r#"{"ok":true,"authed_user":{"access_token":"xoxp-1","token_type":"user"}}"#;
/// let selected = slack_authed_user(Response::new(200, json, reply));
/// assert_eq!(selected.body(), br#"{"access_token":"xoxp-1","token_type":"user"}"#);
/// ```
#[must_use]
pub fn slack_authed_user(response: Response) -> Response {
    let selected = authed_user(&response).map(|user| with_body(&response, user));
    selected.unwrap_or(response)
}

fn authed_user(response: &Response) -> Option<&str> {
    let [user] = json::members(response.body(), &["authed_user"]).ok()?;
    let Some(Value::Object(user)) = user else { return None };
    let [token] = json::members(user.as_bytes(), &["access_token"]).ok()?;
    matches!(token, Some(Value::Text(_))).then_some(user)
}
