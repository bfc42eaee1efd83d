//! How much is read, and for how long.

use super::{LONG, SHORT, client, get, octets, tls_client};
use crate::conformance::{Adapter, Answer, Authority, End, Origin, child};
use flate2::{Compress, Compression, FlushCompress};
use grantflow::TransportError;
use std::{fs, time::Duration, time::Instant};

const LIMIT: usize = 100_000;

fn limited<A: Adapter>(
    answer: fn(Vec<u8>) -> Answer,
    length: usize,
) -> Result<usize, TransportError> {
    let origin = Origin::plain(move |_| answer(octets(length)));
    let request = get(&origin.url("/")).with_reply_limit(LIMIT);
    client::<A>(LONG).send(request).map(|reply| reply.body().len())
}

#[track_caller]
fn assert_too_large(result: &Result<usize, TransportError>) {
    let is_too_large = matches!(result, Err(TransportError::BodyTooLarge { limit: LIMIT }));
    assert!(is_too_large, "{result:?}");
}

/// A body of exactly the limit is a reply, however it is framed.
pub fn a_body_at_the_limit_arrives<A: Adapter>() {
    assert_eq!(limited::<A>(Answer::ok, LIMIT).unwrap(), LIMIT);
    assert_eq!(limited::<A>(|body| Answer::status(200).chunked(body, true), LIMIT).unwrap(), LIMIT);
}

/// One octet more is an error.
pub fn a_body_over_the_limit_is_an_error<A: Adapter>() {
    assert_too_large(&limited::<A>(Answer::ok, LIMIT + 1));
}

/// One octet more is an error in chunks.
pub fn a_chunked_body_over_the_limit_is_an_error<A: Adapter>() {
    let answer = |body| Answer::status(200).chunked(body, true);
    assert_too_large(&limited::<A>(answer, LIMIT + 1));
}

/// One octet more is an error where nothing tells the length.
pub fn a_body_without_length_over_the_limit_is_an_error<A: Adapter>() {
    let result = limited::<A>(|body| Answer::status(200).unframed(body), LIMIT + 1);
    assert!(result.is_err(), "{result:?}");
}

/// A mebibyte that unpacks to a gibibyte is cut off, and takes less than 8 MiB of memory.
pub fn a_gzip_bomb_does_not_go_off<A: Adapter>() {
    if let Some(url) = child::url() {
        let client = client::<A>(LONG);
        client.send(get(&url)).unwrap();
        let before = peak_memory();
        let result = client.send(get(&format!("{url}bomb")).with_reply_limit(LIMIT));
        let result = result.map(|reply| reply.body().len());
        assert_too_large(&result);
        let growth = peak_memory() - before;
        assert!(growth < 8 << 10, "{growth} KiB");
        return;
    }
    let bomb = gzip_bomb();
    let origin = Origin::plain(move |received| match received.line() {
        "GET /bomb HTTP/1.1" => Answer::status(200).header("Content-Encoding", "gzip").body(&bomb),
        _ => Answer::ok(octets(LIMIT)),
    });
    let output = child::run::<A>("a_gzip_bomb_does_not_go_off", &origin.url("/"), None);
    child::assert_success(&output);
    assert_eq!(origin.log().requests.len(), 2);
}

/// The most memory that this process has held so far, in KiB.
fn peak_memory() -> usize {
    let status = fs::read_to_string("/proc/self/status").expect("a Linux system");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("a peak");
    line.trim().trim_end_matches(" kB").parse().expect("a number")
}

/// One gzip member whose block for a mebibyte of zeros comes 1,024 times: a full flush ends on an
/// octet and starts from nothing, so the block can be repeated as it is. Nobody gets to its end.
fn gzip_bomb() -> Vec<u8> {
    let mut block = Vec::with_capacity(1 << 16);
    Compress::new(Compression::best(), false)
        .compress_vec(&vec![0; 1 << 20], &mut block, FlushCompress::Full)
        .expect("zeros can be compressed");
    let mut bomb = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];
    bomb.extend(block.repeat(1 << 10));
    bomb
}

#[track_caller]
fn assert_cut_off(send: impl FnOnce() -> Result<grantflow::Response, TransportError>) {
    let before = Instant::now();
    let result = send();
    assert!(matches!(result, Err(TransportError::Timeout)), "{result:?}");
    assert!(before.elapsed() < Duration::from_secs(5), "{:?}", before.elapsed());
}

/// A header that comes octet by octet does not outlast the timeout.
pub fn a_slow_header_is_cut_off<A: Adapter>() {
    let slow =
        || Answer::status(200).header("X-Slow", "a".repeat(300)).drip(SHORT / 10).end(End::Close);
    let origin = Origin::plain(move |_| slow());
    assert_cut_off(|| client::<A>(SHORT).send(get(&origin.url("/"))));
}

/// Nor does a body.
pub fn a_slow_body_is_cut_off<A: Adapter>() {
    let origin = Origin::plain(|_| Answer::ok(octets(300)).drip(SHORT / 10));
    assert_cut_off(|| client::<A>(SHORT).send(get(&origin.url("/"))));
}

/// Nor does a body on TLS.
pub fn a_slow_body_is_cut_off_on_tls<A: Adapter>() {
    let slow = |_: &_| Answer::ok(octets(300)).drip(SHORT / 10);
    let origin = Origin::secure(Authority::ours().localhost(), slow);
    assert_cut_off(|| tls_client::<A>(SHORT * 2).send(get(&origin.url("/"))));
}
