//! The two encrypted cookies of one browser. Each is written only where it changed, so that two
//! tabs seldom undo each other's work.

use crate::app::App;
use axum::{
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use axum_extra::extract::{
    PrivateCookieJar,
    cookie::{Cookie, SameSite},
};
use serde::{Serialize, de::DeserializeOwned};

const NAMES: [&str; 2] = ["session", "logins"];

pub(crate) struct Cookies {
    jar: PrivateCookieJar,
    /// Both as they came; empty if there is none.
    came: [String; 2],
}

impl Cookies {
    pub(crate) fn from_headers(headers: &HeaderMap, app: &App) -> Self {
        let jar = PrivateCookieJar::from_headers(headers, app.keeper.cookie_key());
        let came = NAMES.map(|what| {
            let cookie = jar.get(&name(app, what));
            cookie.map(|cookie| cookie.value().to_owned()).unwrap_or_default()
        });
        Self { jar, came }
    }

    /// The session, and the list of logins. What an older version wrote is as good as nothing.
    pub(crate) fn read<S: DeserializeOwned, L: DeserializeOwned>(&self) -> (Option<S>, Vec<L>) {
        let [session, logins] = &self.came;
        (serde_json::from_str(session).ok(), serde_json::from_str(logins).unwrap_or_default())
    }

    /// The reply, with the cookies that changed.
    pub(crate) fn answer<S: Serialize, L: Serialize>(
        self,
        app: &App,
        session: &S,
        logins: &[L],
        reply: impl IntoResponse,
    ) -> Response {
        let Self { mut jar, came } = self;
        let now = [text(session), if logins.is_empty() { String::new() } else { text(&logins) }];
        for ((what, now), came) in NAMES.into_iter().zip(now).zip(came) {
            if now == came {
                continue;
            }
            let is_over = now.is_empty();
            let cookie = Cookie::build((name(app, what), now))
                .path("/")
                .http_only(true)
                .secure(app.is_https())
                .same_site(SameSite::Lax);
            jar = if is_over { jar.remove(cookie) } else { jar.add(cookie) };
        }
        (jar, reply).into_response()
    }
}

/// What a cookie holds.
pub(crate) fn text(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("texts and lists become JSON")
}

/// Ports do not separate cookies (RFC 6265 section 8.5), so the application's name is in it; under
/// https no other host can set it (`__Host-`).
fn name(app: &App, what: &str) -> String {
    let prefix = if app.is_https() { "__Host-" } else { "" };
    format!("{prefix}printmypics_{what}")
}
