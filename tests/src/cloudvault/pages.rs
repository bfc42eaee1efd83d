//! What people see.

use http::header::{CONTENT_SECURITY_POLICY, REFERRER_POLICY, X_FRAME_OPTIONS};
use http::{Request, Response, StatusCode};
use url::Url;

use super::Context;
use super::authentication::{Demand, STRONG};
use super::authorization_details::AuthorizationDetails;
use super::authorize::{AuthorizationRequest, Outcome};
use super::client::RegisteredClient;
use super::random::unguessable;
use super::reply;
use super::user::User;

/// The page on which the user signs in.
pub(super) fn login(
    interaction: &str,
    csrf: &str,
    demand: &Demand,
    failed: bool,
) -> Response<Vec<u8>> {
    let (status, complaint) = if failed {
        let complaint = r#"<p class="alarm" role="alert">These do not match. Please check them and try again.</p>"#;
        (StatusCode::BAD_REQUEST, complaint)
    } else {
        (StatusCode::OK, "")
    };
    let passcode = if demand.acr == Some(STRONG) {
        r#"<label>Passcode
<input name="passcode" inputmode="numeric" autocomplete="one-time-code" required></label>
"#
    } else {
        ""
    };
    let main = format!(
        r#"<h1>Sign in</h1>
{complaint}
<form method="post" action="login">
{hidden}
<label>User name
<input name="username" autocomplete="username" autocapitalize="none" required autofocus></label>
<label>Password
<input name="password" type="password" autocomplete="current-password" required></label>
{passcode}<div class="choices"><button class="main">Sign in</button></div>
</form>"#,
        hidden = hidden(interaction, csrf),
    );
    page(status, "Sign in", &main, "form-action 'self'")
}

/// The page on which the user allows or denies.
pub(super) fn consent(
    interaction: &str,
    csrf: &str,
    user: &User,
    client: &RegisteredClient,
    request: &AuthorizationRequest,
) -> Response<Vec<u8>> {
    let name = escape(&client.client_name);
    let mut wishes: String =
        request.access.scope.in_words().map(|words| format!("<li>{words}</li>\n")).collect();
    for album in request.access.details.iter().flat_map(AuthorizationDetails::albums) {
        wishes += &format!("<li>see the photos in “{}”</li>\n", escape(album));
    }
    // Browsers apply form-action to the redirect that follows the form as well.
    let (policy, shown) = match &request.outcome {
        Outcome::Code { reply_to, .. } => {
            let destination = source(&reply_to.redirect_uri);
            (format!("form-action 'self' {destination}"), destination)
        }
        Outcome::Device { .. } => ("form-action 'self'".to_owned(), "your device".to_owned()),
    };
    let main = format!(
        r#"<h1>{name} wants to:</h1>
<ul>
{wishes}</ul>
<p class="small">You are signed in as {user}. Whatever you choose, you go back to {shown}.</p>
<form method="post" action="consent">
{hidden}
<div class="choices">
<button name="decision" value="deny">Deny</button>
<button name="decision" value="allow" class="main">Allow</button>
</div>
</form>"#,
        user = escape(&user.name),
        shown = escape(&shown),
        hidden = hidden(interaction, csrf),
    );
    page(StatusCode::OK, "Allow access?", &main, &policy)
}

/// The page that posts the authorization response to the client
/// (OAuth 2.0 Form Post Response Mode).
pub(super) fn form_post(
    redirect_uri: &str,
    params: &[(&'static str, String)],
) -> Response<Vec<u8>> {
    let fields: String = params.iter().map(|(name, value)| hidden_field(name, value)).collect();
    let nonce = unguessable();
    let main = format!(
        r#"<h1>One moment</h1>
<p>You are on your way back to the app. If nothing happens, press the button.</p>
<form method="post" action="{action}">
{fields}<div class="choices"><button class="main">Continue</button></div>
</form>
<script nonce="{nonce}">document.forms[0].submit()</script>"#,
        action = escape(redirect_uri),
    );
    let destination = source(redirect_uri);
    let policy = format!("form-action {destination}; script-src 'nonce-{nonce}'");
    page(StatusCode::OK, "Back to the app", &main, &policy)
}

/// The page on which the user types what a device shows (RFC 8628 section 3.3).
pub(super) fn device(csrf: &str, user_code: &str, failed: bool) -> Response<Vec<u8>> {
    let (status, complaint) = if failed {
        let complaint = r#"<p class="alarm" role="alert">No device shows that code now.</p>"#;
        (StatusCode::BAD_REQUEST, complaint)
    } else {
        (StatusCode::OK, "")
    };
    let main = format!(
        r#"<h1>Connect a device</h1>
{complaint}
<form method="post" action="device">
{csrf}<label>The code that your device shows
<input name="user_code" value="{user_code}" autocomplete="off" autocapitalize="characters"
required autofocus></label>
<div class="choices"><button class="main">Continue</button></div>
</form>"#,
        csrf = hidden_field("csrf", csrf),
        user_code = escape(user_code),
    );
    page(status, "Connect a device", &main, "form-action 'self'")
}

/// The page that sends the user back to the device.
pub(super) fn back_to_device(words: &str) -> Response<Vec<u8>> {
    let main = format!("<h1>You are done here</h1><p>{}</p>", escape(words));
    page(StatusCode::OK, "You are done here", &main, "form-action 'none'")
}

/// The page for what must not be redirected.
pub(super) fn error(words: &str) -> Response<Vec<u8>> {
    dead_end("This did not work", words)
}

/// The page in the place of one that counts no more.
pub(super) fn stale(words: &str) -> Response<Vec<u8>> {
    dead_end("This page is out of date", words)
}

fn dead_end(title: &str, words: &str) -> Response<Vec<u8>> {
    let main = format!(r#"<h1>{title}</h1><p role="alert">{}</p>"#, escape(words));
    page(StatusCode::BAD_REQUEST, title, &main, "form-action 'none'")
}

/// `GET /style.css`
pub(super) fn style(_: &mut Context<'_>, _: &Request<Vec<u8>>) -> Response<Vec<u8>> {
    let style = include_bytes!("style.css").to_vec();
    reply::body(StatusCode::OK, "text/css; charset=utf-8", style)
}

/// Text as HTML text or as a quoted attribute.
pub(super) fn escape(text: &str) -> String {
    text.chars().fold(String::new(), |mut escaped, character| {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
        escaped
    })
}

fn page(status: StatusCode, title: &str, main: &str, policy: &str) -> Response<Vec<u8>> {
    let html = format!(
        r#"<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} – CloudVault</title>
<link rel="stylesheet" href="style.css">
</head>
<body>
<main>
<p class="brand">CloudVault</p>
{main}
</main>
</body>
</html>
"#
    );
    let mut response = reply::body(status, "text/html; charset=utf-8", html.into_bytes());
    reply::no_store(&mut response);
    reply::set(&mut response, X_FRAME_OPTIONS, "DENY");
    reply::set(&mut response, REFERRER_POLICY, "no-referrer");
    let policy = format!(
        "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'; {policy}"
    );
    reply::set(&mut response, CONTENT_SECURITY_POLICY, &policy);
    response
}

fn hidden(interaction: &str, csrf: &str) -> String {
    hidden_field("interaction", interaction) + &hidden_field("csrf", csrf)
}

fn hidden_field(name: &str, value: &str) -> String {
    let value = escape(value);
    format!("<input type=\"hidden\" name=\"{name}\" value=\"{value}\">\n")
}

/// The redirect URI as a content security policy names it: its origin, or the scheme of an app.
fn source(redirect_uri: &str) -> String {
    match Url::parse(redirect_uri) {
        Ok(url) if url.origin().is_tuple() => url.origin().ascii_serialization(),
        Ok(url) => format!("{}:", url.scheme()),
        Err(_) => "'none'".to_owned(),
    }
}
