//! A server's reply as an input spells it: the status, lines of headers, an empty line, the body.

use grantflow::Response;

/// Reads any octets as a reply; what is missing is a 200, no header, no body.
pub(crate) fn response(input: &[u8]) -> Response {
    let (first, mut rest) = line(input);
    let status = core::str::from_utf8(first).ok().and_then(|text| text.parse().ok());
    let mut headers = Vec::new();
    while !rest.is_empty() {
        let (header, after) = line(rest);
        rest = after;
        if header.is_empty() {
            break;
        }
        let colon = header.iter().position(|octet| *octet == b':').unwrap_or(header.len());
        let (name, value) = header.split_at(colon);
        let value = value.strip_prefix(b":").unwrap_or_default().trim_ascii();
        headers.push((String::from_utf8_lossy(name).into_owned(), value));
    }
    Response::new(status.unwrap_or(200), headers, rest)
}

/// How many octets of a reply a step may look at.
pub(crate) fn length(response: &Response) -> usize {
    response.headers().fold(response.body().len(), |sum, (name, value)| {
        sum.saturating_add(name.len()).saturating_add(value.len())
    })
}

fn line(text: &[u8]) -> (&[u8], &[u8]) {
    let end = text.iter().position(|octet| *octet == b'\n').unwrap_or(text.len());
    let (line, rest) = text.split_at(end);
    (line.strip_suffix(b"\r").unwrap_or(line), rest.strip_prefix(b"\n").unwrap_or_default())
}
