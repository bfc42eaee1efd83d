//! The browser of `--auto`: pages over HTTP, each request printed.

use crate::settings::BoxError;
use axum::http::{Method, Request, Response};
use grantflow_tests::cloudvault::{Form, Visitor, texts};
use std::time::Duration;
use tokio::runtime::Handle;

type Send = Box<dyn FnMut(Request<Vec<u8>>) -> Response<Vec<u8>>>;

/// A person with a browser, of whom the application knows nothing but what comes over HTTP.
pub(crate) type Person = Visitor<Send>;

/// A person whose requests go out over the network.
pub(crate) fn person(runtime: Handle) -> Result<Person, BoxError> {
    let client = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .timeout(Duration::from_secs(10))
        .build()?;
    Ok(Visitor::new(Box::new(move |request| runtime.block_on(send(&client, request)))))
}

/// A page that must be there.
pub(crate) fn open(
    person: &mut Person,
    url: &str,
    form: Option<Form>,
    status: u16,
) -> Result<Response<Vec<u8>>, BoxError> {
    let reply = person.open(url, form);
    if reply.status() == status {
        return Ok(reply);
    }
    let page = String::from_utf8_lossy(reply.body());
    let [title, text] = ["h1", "p"].map(|element| texts(&page, element).concat());
    Err(format!("{} answered with {}, not {status}: {title}. {text}", shown(url), reply.status())
        .into())
}

async fn send(client: &reqwest::Client, request: Request<Vec<u8>>) -> Response<Vec<u8>> {
    let (head, body) = request.into_parts();
    let url = head.uri.to_string();
    let what = format!("{:4} {}", head.method.as_str(), shown(&url));
    let mut outgoing = client.request(head.method.clone(), &url).headers(head.headers);
    if head.method == Method::POST {
        outgoing = outgoing.body(body);
    }
    match receive(outgoing).await {
        Ok(reply) => {
            println!("browser    {what} -> {}", reply.status().as_u16());
            reply
        }
        Err(error) => {
            println!("browser    {what} -> {error}");
            let mut reply = Response::new(error.to_string().into_bytes());
            *reply.status_mut() = axum::http::StatusCode::GATEWAY_TIMEOUT;
            reply
        }
    }
}

async fn receive(outgoing: reqwest::RequestBuilder) -> Result<Response<Vec<u8>>, reqwest::Error> {
    let reply = outgoing.send().await?;
    let mut response = Response::builder().status(reply.status());
    if let Some(headers) = response.headers_mut() {
        headers.clone_from(reply.headers());
    }
    let body = reply.bytes().await?.to_vec();
    Ok(response.body(body).expect("a reply becomes a reply"))
}

/// A URL without its query, which may hold a code.
fn shown(url: &str) -> &str {
    url.split('?').next().unwrap_or_default()
}
