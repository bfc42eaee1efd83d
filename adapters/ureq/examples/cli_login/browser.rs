//! The user's browser, or alice in its place.

use super::BoxError;
use grantflow::{Method, Request, Response};
use grantflow_tests::cloudvault::Visitor;
use grantflow_ureq::{Http, send};
use std::{net::TcpStream, process::Command};
use ureq::http;

/// Opens the user's browser. No shell is asked: a URL can hold anything.
pub(crate) fn open(url: &str) {
    println!("Opening your browser. If nothing happens, open this yourself:\n\n{url}\n");
    let (program, args): (_, &[_]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("rundll32", &["url.dll,FileProtocolHandler"])
    } else {
        ("xdg-open", &[])
    };
    if let Err(error) = Command::new(program).args(args).arg(url).spawn() {
        println!("There is no browser ({program}: {error}). Try --paste.");
    }
}

/// Alice signs in and says yes; gives where her browser ends up.
pub(crate) fn visit(url: &str, redirect_uri: &str) -> Result<String, BoxError> {
    println!("alice signs in at CloudVault and says yes");
    let http = Http::new()?;
    let open = |request| page(&http, request).expect("CloudVault answers");
    let callback = Visitor::new(open).visit(url, redirect_uri);
    Ok(callback.map_err(|end| format!("a page that leads nowhere: {}", end.url))?.url)
}

/// The whole part of the browser, and of all else that calls at a port.
pub(crate) fn play(url: &str, redirect_uri: &str) -> Result<(), BoxError> {
    let callback = visit(url, redirect_uri)?;

    let address = redirect_uri.trim_start_matches("http://").trim_end_matches("/callback");
    let _silent = TcpStream::connect(address)?;
    let favicon = redirect_uri.replace("/callback", "/favicon.ico");
    let forged = format!("{redirect_uri}?code=forged&state=forged");
    let http = Http::new()?;
    for (what, url, status) in [
        ("a connection on which nothing comes, and a page that is not there", &favicon, 404),
        ("a forged callback", &forged, 400),
        ("the callback", &callback, 200),
    ] {
        println!("the browser brings {what}");
        let reply = send(&http, Request::get(url.parse()?))?;
        if reply.status() != status {
            return Err(format!("{status} was expected, {} came", reply.status()).into());
        }
    }
    Ok(())
}

fn page(http: &Http, request: http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, BoxError> {
    let (head, body) = request.into_parts();
    let method = Method::new(head.method.as_str())?;
    let mut request = Request::new(method, head.uri.to_string().parse()?).with_body(body);
    for (name, value) in &head.headers {
        request = request.with_header(name.as_str().to_owned(), value.to_str()?)?;
    }
    let reply: Response = send(http, request)?;
    let mut page = http::Response::builder().status(reply.status());
    for (name, value) in reply.headers() {
        page = page.header(name, value);
    }
    Ok(page.body(reply.body().to_vec())?)
}
