//! A server's reply, as a case writes it.

use super::{fault::Fault, form::Pairs, members::Members};
use base64::{Engine, engine::general_purpose::STANDARD};
use grantflow::Response;

/// Reads the reply that is the member `name`; null and absent are none.
pub(super) fn optional(input: &mut Members, name: &str) -> Result<Option<Response>, Fault> {
    let Some(mut reply) = input.object(name)? else { return Ok(None) };
    let status = reply.required("status")?;
    let headers: Pairs = reply.optional("headers")?.unwrap_or_default();
    let body = body(&mut reply)?;
    reply.finish()?;
    Ok(Some(Response::new(status, headers, body.unwrap_or_default())))
}

/// Reads the reply that is the member `name`.
pub(super) fn required(input: &mut Members, name: &str) -> Result<Response, Fault> {
    optional(input, name)?.ok_or_else(|| Fault::new(format!("there is no {name}")))
}

/// Reads a body in one of its three forms.
pub(super) fn body(from: &mut Members) -> Result<Option<Vec<u8>>, Fault> {
    let text: Option<String> = from.optional("body")?;
    let base64: Option<String> = from.optional("body_base64")?;
    let generator = from.object("body_generator")?;
    match (text, base64, generator) {
        (text, None, None) => Ok(text.map(String::into_bytes)),
        (None, Some(base64), None) => match STANDARD.decode(base64) {
            Ok(octets) => Ok(Some(octets)),
            Err(error) => Err(Fault::new(format!("body_base64: {error}"))),
        },
        (None, None, Some(generator)) => generate(generator).map(Some),
        _ => Err(Fault::new("there is more than one body")),
    }
}

fn generate(mut generator: Members) -> Result<Vec<u8>, Fault> {
    let prefix: String = generator.optional("prefix")?.unwrap_or_default();
    let fill: String = generator.required("fill")?;
    let suffix: String = generator.optional("suffix")?.unwrap_or_default();
    let count = generator.required("count")?;
    generator.finish()?;
    Ok((prefix + &fill.repeat(count) + &suffix).into_bytes())
}
