//! What people see. Whatever comes from elsewhere is escaped.

use crate::{
    photos::{Content, Photo, Profile},
    settings::Settings,
    trouble::{Remedy, Words},
};
use std::fmt::{self, Write};

/// The start page of who is connected.
pub(crate) fn connected(settings: &Settings, form_token: &str) -> String {
    let server = Escaped(&settings.server_name);
    let disconnect = form("/disconnect", "Disconnect", "quiet", form_token);
    let main = format!(
        r#"<p>PrintMyPics is connected to {server}.</p>
<div class="choices"><a class="button" href="/profile">See your photos</a>
{disconnect}</div>"#
    );
    page(HOME, &main)
}

/// The start page of everybody else.
pub(crate) fn home(settings: &Settings, has_disconnected: bool, form_token: &str) -> String {
    let server = Escaped(&settings.server_name);
    let news = if has_disconnected {
        format!(
            "<p role=\"status\">You are disconnected: PrintMyPics has thrown away its key to \
             {server}.</p>\n"
        )
    } else {
        String::new()
    };
    let connect = form("/login", &format!("Connect to {server}"), "main", form_token);
    let next = format!(
        r#"{news}<p>Connect to {server}, and PrintMyPics shows what you could print. It never sees
your password, and you can disconnect at any time.</p>
<div class="choices">{connect}</div>"#
    );
    let demo = settings.demo_user.as_ref().map(|user| {
        format!(
            r#"<p class="note">This is a demonstration. Sign in to {server} as
<code>{}</code> with the password <code>{}</code>.</p>"#,
            Escaped(&user.name),
            Escaped(&user.password)
        )
    });
    page(HOME, &(next + &demo.unwrap_or_default()))
}

const HOME: &str = "Your photos on paper";

/// The photos, or whatever the server had to show.
pub(crate) fn profile(settings: &Settings, profile: &Profile, form_token: &str) -> String {
    let server = Escaped(&settings.server_name);
    let (title, content) = match &profile.content {
        Content::Photos(photos) => ("Your photos", photos.iter().map(photo).collect()),
        Content::Json(json) => ("Your data", format!("<pre>{}</pre>", Escaped(json))),
    };
    let content = match &profile.content {
        Content::Photos(_) => format!("<ul class=\"photos\">\n{content}</ul>"),
        Content::Json(_) => content,
    };
    let key = match profile.seconds_left {
        Some(seconds) => format!("good for another {} min {} s", seconds / 60, seconds % 60),
        None => "good until the server says otherwise".to_owned(),
    };
    let refresh = if profile.can_refresh {
        form("/refresh", "Renew the key", "quiet", form_token)
    } else {
        String::new()
    };
    let disconnect = form("/disconnect", "Disconnect", "quiet", form_token);
    let main = format!(
        r#"{content}
<p class="note">The key to {server} is {key}. It is renewed by itself when it ends.</p>
<div class="choices">{refresh}{disconnect}</div>"#
    );
    page(title, &main)
}

/// What went wrong, and the next step.
pub(crate) fn trouble(words: &Words, detail: Option<&str>, form_token: &str) -> String {
    let next = match words.remedy {
        Remedy::Connect(label) => form("/login", label, "main", form_token),
        Remedy::Home => r#"<a class="button" href="/">Go to the start page</a>"#.to_owned(),
        Remedy::Photos(label) => format!(r#"<a class="button" href="/profile">{label}</a>"#),
    };
    let detail = detail.map(|detail| {
        let detail = Escaped(detail);
        format!("<details><summary>For technicians</summary><p>{detail}</p></details>")
    });
    let text = Escaped(&words.text);
    let detail = detail.unwrap_or_default();
    let main = format!(r#"<p role="alert">{text}</p><div class="choices">{next}</div>{detail}"#);
    page(words.title, &main)
}

fn photo(photo: &Photo) -> String {
    let Photo { title, taken, url } = photo;
    format!(
        r#"<li><img src="{url}" alt="" width="600" height="400"><h2>{title}</h2><time>{taken}</time></li>
"#,
        url = Escaped(url),
        title = Escaped(title),
        taken = Escaped(taken)
    )
}

/// A form of one button. `label` is HTML already.
fn form(action: &str, label: &str, class: &str, token: &str) -> String {
    format!(
        r#"<form method="post" action="{action}"><input type="hidden" name="token" value="{token}">
<button class="{class}">{label}</button></form>"#
    )
}

fn page(title: &str, main: &str) -> String {
    format!(
        r#"<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} – PrintMyPics</title>
<link rel="stylesheet" href="/style.css">
</head>
<body>
<header><a href="/">PrintMyPics</a></header>
<main>
<h1>{title}</h1>
{main}
</main>
</body>
</html>
"#
    )
}

/// Text as HTML text or as a quoted attribute.
struct Escaped<'a>(&'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|character| match character {
            '&' => f.write_str("&amp;"),
            '<' => f.write_str("&lt;"),
            '>' => f.write_str("&gt;"),
            '"' => f.write_str("&quot;"),
            '\'' => f.write_str("&#39;"),
            other => f.write_char(other),
        })
    }
}
