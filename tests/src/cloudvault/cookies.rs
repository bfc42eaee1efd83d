//! The cookies of a browser.

use url::Url;

/// Hosts and paths separate cookies; ports do not (RFC 6265 section 8.5).
#[derive(Default)]
pub(super) struct Cookies(Vec<Cookie>);

struct Cookie {
    host: String,
    path: String,
    name: String,
    value: String,
}

impl Cookies {
    /// The value of the `Cookie` header for that URL, if there is anything to send.
    pub(super) fn header(&self, url: &Url) -> Option<String> {
        let fitting = self.0.iter().filter(|cookie| {
            url.host_str() == Some(&cookie.host) && is_under(url.path(), &cookie.path)
        });
        let pairs = fitting.map(|Cookie { name, value, .. }| format!("{name}={value}"));
        let pairs: Vec<_> = pairs.collect();
        (!pairs.is_empty()).then(|| pairs.join("; "))
    }

    /// Does what a `Set-Cookie` header of the reply from that URL says.
    pub(super) fn set(&mut self, url: &Url, header: &str) {
        let mut parts = header.split(';').map(|part| part.split_once('=').unwrap_or((part, "")));
        let Some((name, value)) = parts.next() else { return };
        let mut cookie = Cookie {
            host: url.host_str().unwrap_or_default().to_owned(),
            path: directory(url.path()).to_owned(),
            name: name.trim().to_owned(),
            value: value.trim().to_owned(),
        };
        let mut is_over = false;
        for (attribute, value) in parts {
            let value = value.trim();
            match attribute.trim().to_ascii_lowercase().as_str() {
                "path" if value.starts_with('/') => value.clone_into(&mut cookie.path),
                "max-age" => is_over |= value.parse().is_ok_and(|seconds: i64| seconds <= 0),
                // The one date in the past that servers write.
                "expires" => is_over |= value.contains("1970"),
                _ => {}
            }
        }
        self.0.retain(|known| {
            (&known.host, &known.path, &known.name) != (&cookie.host, &cookie.path, &cookie.name)
        });
        if !is_over {
            self.0.push(cookie);
        }
    }
}

/// RFC 6265 section 5.1.4: where a cookie without a path is sent.
fn directory(path: &str) -> &str {
    match path.rfind('/') {
        Some(end) if end > 0 => &path[..end],
        _ => "/",
    }
}

/// RFC 6265 section 5.1.4: whether a request's path is at or below a cookie's.
fn is_under(path: &str, of_cookie: &str) -> bool {
    path.strip_prefix(of_cookie)
        .is_some_and(|rest| rest.is_empty() || of_cookie.ends_with('/') || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn a_cookie_goes_to_its_host_and_below_its_path() {
        let mut cookies = Cookies::default();
        cookies.set(&url("http://127.0.0.1:1/a/b"), "x=1; Path=/auth/7; HttpOnly");
        let sent = |text| cookies.header(&url(text));
        assert_eq!(sent("http://127.0.0.1:2/auth/7").as_deref(), Some("x=1"));
        assert_eq!(sent("http://127.0.0.1:2/auth/7/abort").as_deref(), Some("x=1"));
        assert_eq!(sent("http://127.0.0.1:2/auth/77"), None);
        assert_eq!(sent("http://localhost:2/auth/7"), None);
    }

    #[test]
    fn a_cookie_of_the_past_is_removed_from_its_own_path_only() {
        let mut cookies = Cookies::default();
        let page = url("http://127.0.0.1/page");
        cookies.set(&page, "x=1; path=/");
        cookies.set(&page, "x=2; path=/page");
        assert_eq!(cookies.header(&page).as_deref(), Some("x=1; x=2"));
        cookies.set(&page, "x=; path=/page; expires=Thu, 01 Jan 1970 00:00:00 GMT");
        assert_eq!(cookies.header(&page).as_deref(), Some("x=1"));
        cookies.set(&page, "x=; Path=/; Max-Age=0");
        assert_eq!(cookies.header(&page), None);
    }
}
