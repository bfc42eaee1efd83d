//! The same server over TCP, and the faults that only TCP can have.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use grantflow_tests::cloudvault::{Fault, Server, Visitor};
use http::{Request, Response};

use crate::scene::{
    CHALLENGE, REDIRECT_URI, config, encode, exchange_form, json, param, token_request,
};

/// Sends one request on a connection of its own and reads until the server closes it.
fn send(server: &Server, request: &Request<Vec<u8>>) -> Response<Vec<u8>> {
    let base_url = server.base_url().strip_prefix("http://").unwrap();
    let authority = base_url.split('/').next().unwrap();
    let mut stream = TcpStream::connect(authority).unwrap();
    let target = request.uri().path_and_query().unwrap();
    let mut text = format!(
        "{} {target} HTTP/1.1\r\nhost: {authority}\r\nconnection: close\r\ncontent-length: {}\r\n",
        request.method(),
        request.body().len(),
    );
    for (name, value) in request.headers() {
        text.push_str(&format!("{name}: {}\r\n", value.to_str().unwrap()));
    }
    stream.write_all(text.as_bytes()).unwrap();
    stream.write_all(b"\r\n").unwrap();
    stream.write_all(request.body()).unwrap();
    let mut reply = Vec::new();
    stream.read_to_end(&mut reply).unwrap();
    parse(&reply)
}

fn parse(reply: &[u8]) -> Response<Vec<u8>> {
    let end = reply.windows(4).position(|end| end == b"\r\n\r\n").unwrap();
    let head = std::str::from_utf8(&reply[..end]).unwrap();
    let mut lines = head.split("\r\n");
    let status = lines.next().unwrap().split(' ').nth(1).unwrap();
    let mut response = Response::builder().status(status.parse::<u16>().unwrap());
    for line in lines {
        let (name, value) = line.split_once(": ").unwrap();
        response = response.header(name, value);
    }
    response.body(reply[end + 4..].to_vec()).unwrap()
}

fn code(server: &Server) -> String {
    let query = encode(&[
        ("response_type", "code"),
        ("client_id", "printmypics"),
        ("redirect_uri", REDIRECT_URI),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ]);
    let url = format!("{}/authorize?{query}", server.base_url());
    let mut visitor = Visitor::new(|request| send(server, &request));
    let callback = visitor.visit(&url, REDIRECT_URI).unwrap();
    assert_eq!(param(&callback.url, "iss").unwrap(), server.base_url());
    param(&callback.url, "code").unwrap()
}

fn exchange(server: &Server) -> Response<Vec<u8>> {
    let code = code(server);
    send(server, &token_request(&exchange_form(&code, &[])))
}

#[test]
fn a_whole_flow_goes_over_sockets() {
    let server = Server::start(config()).unwrap();
    let response = exchange(&server);
    assert_eq!(response.status(), 200);
    assert_eq!(json(&response)["token_type"], "Bearer");
    assert_eq!(server.vault().count("/token"), 1);
}

#[test]
fn the_base_url_keeps_the_path_of_the_issuer() {
    let mut config = config();
    config.issuer.push_str("/tenant");
    let server = Server::start(config).unwrap();
    assert!(server.base_url().ends_with("/tenant"), "{}", server.base_url());
    let status = |path: &str| send(&server, &Request::get(path).body(Vec::new()).unwrap()).status();
    assert_eq!(status("/tenant/me"), 401);
    assert_eq!(status("/me"), 404);
}

#[test]
fn a_slow_reply_is_late() {
    let server = Server::start(config()).unwrap();
    let delay = Duration::from_millis(50);
    server.vault().misbehave(Fault::Slow(delay));
    let code = code(&server);
    let before = Instant::now();
    let response = send(&server, &token_request(&exchange_form(&code, &[])));
    assert!(before.elapsed() >= delay);
    assert_eq!(response.status(), 200);
}

#[test]
fn a_truncated_reply_ends_before_its_length() {
    let server = Server::start(config()).unwrap();
    server.vault().misbehave(Fault::Truncated);
    let response = exchange(&server);
    let promised = response.headers()["content-length"].to_str().unwrap();
    let promised: usize = promised.parse().unwrap();
    assert_eq!(response.body().len(), promised / 2);
}

#[test]
fn big_replies_arrive_whole() {
    let server = Server::start(config()).unwrap();
    server.vault().misbehave(Fault::Oversized);
    assert!(exchange(&server).body().len() > 2 * 1024 * 1024);
    server.vault().misbehave(Fault::GzipBomb);
    assert_eq!(exchange(&server).headers()["content-encoding"], "gzip");
}

#[test]
fn a_stopped_server_finishes_no_reply() {
    let server = Server::start(config()).unwrap();
    server.vault().misbehave(Fault::Slow(Duration::from_secs(3600)));
    let authority = server.base_url().strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(authority).unwrap();
    let request = format!("POST /token HTTP/1.1\r\nhost: {authority}\r\ncontent-length: 0\r\n\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    while server.vault().count("/token") == 0 {
        std::thread::yield_now();
    }
    server.stop();
    let mut reply = Vec::new();
    // Whether the connection ends or breaks is up to the system.
    let _ = stream.read_to_end(&mut reply);
    assert_eq!(reply, b"");
}
