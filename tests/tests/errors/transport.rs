//! No reply came.

use crate::produced;
use grantflow::{ReplyBody, Request, TransportError};
use std::io;

#[track_caller]
fn says(error: &TransportError, message: &str) {
    produced(error);
    assert_eq!(error.to_string(), message);
}

#[test]
fn bodies() {
    let request = Request::get("https://api.example/".parse().unwrap()).with_reply_limit(8);
    let mut body = ReplyBody::new(&request);
    says(&body.push(&[0; 9]).unwrap_err(), "the reply's body is larger than 8 octets");
    let announced = [("content-length", "1")];
    let cut = body.into_response(200, announced).unwrap_err();
    says(&cut, "the reply's body is shorter than announced");
}

#[test]
fn stacks() {
    struct Broken;
    impl io::Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the wire is cut"))
        }
    }
    let request = Request::get("https://api.example/".parse().unwrap());
    let read = |failed: fn(io::Error) -> TransportError| {
        ReplyBody::new(&request).read_from(&mut Broken, failed).unwrap_err()
    };
    says(&read(|error| TransportError::Stack(error.into())), "the wire is cut");
    says(&read(|_| TransportError::Timeout), "the server took too long");
}
