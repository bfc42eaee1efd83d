//! URLs that credentials may be sent to.

use crate::error::{ConfigError, Error, UrlProblem};
use alloc::{string::ToString, sync::Arc};
use core::{fmt, net::Ipv4Addr, str::FromStr};
use url::{Host, Position, Url};

/// A URL that a credential may be sent to: https, or http to a loopback address.
///
/// It has no user info and no fragment, and is written as a URL parser would write it: nothing
/// was mended in silence. Upper case in scheme and host and an explicit default port are fine.
/// Loopback is `localhost`, `[::1]` and `127.0.0.1` to `127.255.255.255` in full; that a host
/// name resolves to loopback does not count.
///
/// Cloning shares the parsed URL.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct SecureUrl(Arc<Url>);

impl SecureUrl {
    /// Parses a URL.
    ///
    /// # Errors
    /// [`ConfigError::Url`] with what is wrong.
    pub fn parse(text: &str) -> Result<Self, Error> {
        Self::parse_as("URL", text)
    }

    /// As [`parse`](Self::parse), naming in errors what the URL was for.
    pub(crate) fn parse_as(what: &'static str, text: &str) -> Result<Self, Error> {
        match check(text) {
            Ok(url) => Ok(Self(Arc::new(url))),
            Err(problem) => Err(ConfigError::Url { what, problem }.into()),
        }
    }

    /// The URL as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The URL in parsed form.
    #[must_use]
    pub fn as_url(&self) -> &Url {
        &self.0
    }

    /// The URL up to its path: scheme, host and port.
    pub(crate) fn origin(&self) -> &str {
        &self.0[..Position::BeforePath]
    }

    /// Whether two URLs share scheme, host and port (RFC 6454 section 5).
    #[must_use]
    pub fn is_same_origin(&self, other: &Self) -> bool {
        self.0.scheme() == other.0.scheme()
            && self.0.host_str() == other.0.host_str()
            && self.0.port_or_known_default() == other.0.port_or_known_default()
    }
}

impl FromStr for SecureUrl {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::parse(text)
    }
}

impl From<SecureUrl> for Url {
    fn from(url: SecureUrl) -> Self {
        Arc::unwrap_or_clone(url.0)
    }
}

/// Shows the URL without its query, which may hold anything.
impl fmt::Debug for SecureUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", &self.0[..Position::AfterPath])
    }
}

/// Splits the text of a URL after its host and port.
pub(crate) fn split_host(text: &str) -> (&str, &str) {
    let host = text.find("://").and_then(|at| at.checked_add(3)).unwrap_or_default();
    let path = text.get(host..).and_then(|rest| rest.find(['/', '?']));
    let end = path.and_then(|at| at.checked_add(host)).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

/// The longest host that DNS carries (RFC 1035 section 2.3.4), with a port.
const LONGEST_AUTHORITY: usize = 259;

/// Reads the URL. What a parser makes of a host takes fifty times the host's place, and of what is
/// not ASCII nine times its place, so that neither must get there: it would be refused anyway.
fn parse(text: &str) -> Result<Url, UrlProblem> {
    if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(UrlProblem::Rewritten);
    }
    let authority = match text.split_once("://") {
        Some((_, rest)) => {
            let rest = rest.trim_start_matches(['/', '\\']);
            rest.split(['/', '?', '#', '\\']).next().unwrap_or_default()
        }
        // A parser that mends would find a host in there.
        None if text.len() > LONGEST_AUTHORITY => return Err(UrlProblem::NotAbsolute),
        None => "",
    };
    if authority.len() > LONGEST_AUTHORITY {
        return Err(UrlProblem::Rewritten);
    }
    Url::parse(text).map_err(|_| UrlProblem::NotAbsolute)
}

fn check(text: &str) -> Result<Url, UrlProblem> {
    let url = parse(text)?;
    if url.scheme() != "https" && url.scheme() != "http" {
        return Err(UrlProblem::Scheme);
    }
    if text.contains('#') {
        return Err(UrlProblem::Fragment);
    }
    let Some((_, rest)) = text.split_once("://") else { return Err(UrlProblem::Rewritten) };
    let authority = rest.split(['/', '?', '\\']).next().unwrap_or_default();
    if authority.contains('@') {
        return Err(UrlProblem::UserInfo);
    }
    if !is_as_written(&url, text, authority) {
        return Err(UrlProblem::Rewritten);
    }
    let is_loopback = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => {
            address.is_loopback() && address != Ipv4Addr::new(127, 0, 0, 0)
        }
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    if url.scheme() == "http" && !is_loopback {
        return Err(UrlProblem::Scheme);
    }
    Ok(url)
}

/// Whether the parser left the text alone, but for the case of scheme and host, a default port
/// and the slash after a bare host.
fn is_as_written(url: &Url, text: &str, authority: &str) -> bool {
    let (host, port) = match authority.rfind(':') {
        // A colon inside the brackets of an IPv6 address is no port's.
        Some(_) if authority.ends_with(']') => (authority, None),
        Some(_) => match authority.rsplit_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (authority, None),
        },
        None => (authority, None),
    };
    let port_is_plain = port.is_none_or(|port| {
        url.port_or_known_default().is_some_and(|known| known.to_string() == port)
    });
    let host_is_plain = url.host_str().is_some_and(|known| known.eq_ignore_ascii_case(host));
    let after_scheme = text.get(url.scheme().len()..).and_then(|rest| rest.strip_prefix("://"));
    let path = after_scheme.and_then(|rest| rest.strip_prefix(authority));
    let parsed = &url[Position::BeforePath..];
    let path_is_plain = path.is_some_and(|path| {
        path == parsed || (!path.starts_with('/') && parsed.strip_prefix('/') == Some(path))
    });
    host_is_plain && port_is_plain && path_is_plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn accepts(text: &str, written: &str) {
        assert_eq!(SecureUrl::parse(text).map(|url| url.to_string_for_test()), Ok(written.into()));
    }

    #[track_caller]
    fn refuses(text: &str, problem: UrlProblem) {
        let expected = ConfigError::Url { what: "URL", problem };
        assert_eq!(SecureUrl::parse(text), Err(expected.into()), "{text}");
    }

    impl SecureUrl {
        fn to_string_for_test(&self) -> alloc::string::String {
            self.as_str().into()
        }
    }

    #[test]
    fn https_is_accepted_anywhere() {
        accepts("https://as.example/token?a=b", "https://as.example/token?a=b");
        accepts("HTTPS://AS.example", "https://as.example/");
        accepts("https://as.example:443/", "https://as.example/");
        accepts("https://as.example:8443?a", "https://as.example:8443/?a");
        accepts("https://xn--bcher-kva.example/", "https://xn--bcher-kva.example/");
        accepts("https://[2001:db8::1]:8443/", "https://[2001:db8::1]:8443/");
    }

    #[test]
    fn http_is_accepted_to_loopback_only() {
        accepts("http://127.0.0.1:8080/cb", "http://127.0.0.1:8080/cb");
        accepts("http://127.255.255.255/", "http://127.255.255.255/");
        accepts("http://[::1]:80/", "http://[::1]/");
        accepts("http://LOCALHOST/", "http://localhost/");
        for text in [
            "http://as.example/",
            "http://localhost.evil.example/",
            "http://localhost./",
            "http://127.0.0.0/",
            "http://128.0.0.1/",
            "http://[::ffff:7f00:1]/",
            "http://0.0.0.0/",
            "ftp://127.0.0.1/",
            "javascript:alert(1)",
            "com.example.app:/cb",
        ] {
            refuses(text, UrlProblem::Scheme);
        }
    }

    #[test]
    fn what_a_parser_would_mend_is_refused() {
        for text in [
            "http://127.1/",
            "http://0x7f000001/",
            "http://[::ffff:127.0.0.1]/",
            "http://[0:0:0:0:0:0:0:1]/",
            "http://ｌocalhost/",
            "https://bücher.example/",
            "https://as.ex%61mple/",
            "https:as.example/",
            "https:/as.example/",
            "https:///as.example/",
            "https:\\\\as.example\\",
            "https://as.example\\token",
            "https://as.example/a/../b",
            "https://as.example/a b",
            "https://as.example/ä",
            "https://as.exa\tmple/",
            "https://as.example/\n",
            " https://as.example/",
            "https://as.example:/",
            "https://as.example:0443/",
        ] {
            refuses(text, UrlProblem::Rewritten);
        }
    }

    #[test]
    fn user_info_and_fragments_are_refused() {
        refuses("https://user:password@as.example/", UrlProblem::UserInfo);
        refuses("https://@as.example/", UrlProblem::UserInfo);
        refuses("https://as.example/#", UrlProblem::Fragment);
        refuses("/token", UrlProblem::NotAbsolute);
        refuses("https://", UrlProblem::NotAbsolute);
    }
}
