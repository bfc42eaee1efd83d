//! The token endpoint's reply, whatever the grant (RFC 6749 section 5).

use super::reply::{Rejection, Reply};
use crate::{
    client::{Client, Quirks},
    error::{ProtocolError, ServerText, without},
    token::{Scopes, TokenType, Tokens},
    value::{Resource, Scope, Secret, UnixTime, is_vschar},
    wire::json::{self, Text, Value},
};
use alloc::string::String;
use core::time::Duration;
use zeroize::Zeroizing;

/// What the grant knows before the reply comes.
pub(crate) struct Asked<'a> {
    /// What the application asked for when the grant began.
    pub(crate) requested: &'a Scope,
    /// What the tokens are for.
    pub(crate) resources: &'a [Resource],
    /// What a reply without `scope` means.
    pub(crate) implied: &'a Scope,
    /// What the user granted, where that was settled before.
    pub(crate) consented: Option<&'a Scope>,
    /// What a reply without `refresh_token` leaves in force.
    pub(crate) refresh_token: Option<&'a Secret>,
}

/// Reads the tokens, or says why there are none.
pub(crate) fn read_tokens(reply: &Reply<'_>, asked: &Asked<'_>) -> Result<Tokens, Rejection> {
    let quirks = &reply.client.config().quirks;
    let is_success = |status| status == 200 || (status == 201 && quirks.accept_201);
    let [error, description, uri, access_token, token_type, scope, refresh_token, lifetime @ ..] =
        reply.success(
            is_success,
            &[
                "error",
                "error_description",
                "error_uri",
                "access_token",
                "token_type",
                "scope",
                "refresh_token",
                "expires_in",
                "expires",
                "expires_at",
            ],
        )?;
    reply.refusal([error, description, uri])?;
    let reject = |error: ProtocolError| reply.reject(error);
    let access_token = token("access_token", access_token)
        .and_then(|token| token.ok_or(ProtocolError::Missing("access_token")))
        .map_err(reject)?;
    let refresh_token = optional_token("refresh_token", refresh_token).map_err(reject)?;
    // A type that is not understood is shown, but not if it is a token in the wrong place.
    let hide = |error| match error {
        ProtocolError::TokenType(_) => {
            let text = reply.blanked(token_type).map(ServerText::into_string).unwrap_or_default();
            let tokens = refresh_token.iter().chain([&access_token]);
            let text = tokens.fold(text, |text, token| without(text, token.expose()));
            ProtocolError::TokenType(text.into())
        }
        other => other,
    };
    let kind = usable(self::token_type(token_type, quirks), reply.client);
    let token_type = kind.map_err(hide).map_err(reject)?;
    let granted = granted(scope, quirks).map_err(reject)?.unwrap_or_else(|| asked.implied.clone());
    Ok(Tokens {
        access_token,
        token_type,
        key: reply.client.thumbprint().cloned(),
        expires_at: expires_at(lifetime, quirks, reply.now).map_err(reject)?,
        refresh_token: refresh_token.or_else(|| asked.refresh_token.cloned()),
        scopes: Scopes {
            requested: asked.requested.clone(),
            consented: asked.consented.unwrap_or(&granted).clone(),
            granted,
        },
        resources: asked.resources.to_vec(),
        response: Some(reply.response.clone()),
    })
}

type Read<T> = Result<T, ProtocolError>;

/// 1*VSCHAR (RFC 6749 appendix A.12); `null` is absent.
fn token(name: &'static str, value: Option<Value<'_>>) -> Read<Option<Secret>> {
    match value {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Text(text)) => {
            let token = Secret::new(text.decode().ok_or(ProtocolError::Invalid(name))?);
            if is_vschar(token.expose()) {
                Ok(Some(token))
            } else {
                Err(ProtocolError::Invalid(name))
            }
        }
        Some(_) => Err(ProtocolError::Invalid(name)),
    }
}

/// As [`token`], with an empty one absent.
fn optional_token(name: &'static str, value: Option<Value<'_>>) -> Read<Option<Secret>> {
    match value {
        Some(Value::Text(text)) if text.raw().is_empty() => Ok(None),
        other => token(name, other),
    }
}

fn token_type(value: Option<Value<'_>>, quirks: &Quirks) -> Read<TokenType> {
    let text = match value {
        None | Some(Value::Null) if quirks.missing_token_type_is_bearer => {
            return Ok(TokenType::Bearer);
        }
        None | Some(Value::Null) => return Err(ProtocolError::Missing("token_type")),
        Some(Value::Text(text)) => text.decode(),
        Some(_) => None,
    };
    // It may be a token in the wrong place.
    let text = Zeroizing::new(text.ok_or(ProtocolError::Invalid("token_type"))?);
    let is_alias = |alias: &String| alias.eq_ignore_ascii_case(&text);
    match TokenType::parse(&text) {
        Some(known) => Ok(known),
        None if quirks.token_type_aliases.iter().any(is_alias) => Ok(TokenType::Bearer),
        // Whoever knows the secrets fills the text in.
        None => Err(ProtocolError::TokenType(ServerText::from(""))),
    }
}

/// A bound token is of use only to a client that is bound, and a bound client takes no other
/// (RFC 9449 section 5).
fn usable(token_type: Read<TokenType>, client: &Client) -> Read<TokenType> {
    match (token_type?, client.binding()) {
        (TokenType::Bearer, Some(_)) => Err(ProtocolError::DpopDowngrade),
        (TokenType::DPoP, None) => Err(ProtocolError::TokenType("DPoP".into())),
        (token_type, _) => Ok(token_type),
    }
}

/// A text, or an array of texts (Twitch).
fn granted(value: Option<Value<'_>>, quirks: &Quirks) -> Read<Option<Scope>> {
    let separator = quirks.separator();
    let invalid = ProtocolError::Invalid("scope");
    match value {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Text(Text::Plain(text))) => Ok(Some(Scope::granted(text, separator))),
        Some(Value::Text(text)) => {
            Ok(Some(Scope::granted(&text.decode().ok_or(invalid)?, separator)))
        }
        Some(Value::Array(array)) => {
            let mut joined = String::with_capacity(array.len());
            for text in json::texts(array) {
                let text =
                    text.ok().and_then(Text::decode).ok_or(ProtocolError::Invalid("scope"))?;
                if !joined.is_empty() {
                    joined.push(separator);
                }
                joined.push_str(&text);
            }
            Ok(Some(Scope::granted(&joined, separator)))
        }
        Some(_) => Err(invalid),
    }
}

/// When the token ends, from `expires_in`, `expires` and `expires_at`.
fn expires_at(
    [expires_in, expires, expires_at]: [Option<Value<'_>>; 3],
    quirks: &Quirks,
    now: UnixTime,
) -> Read<Option<UnixTime>> {
    let from_now = |seconds| now.saturating_add(Duration::from_secs(seconds));
    let lifetime = match whole_number("expires_in", expires_in)? {
        None if quirks.expires_alias => {
            if let Some(date) = whole_number("expires_at", expires_at)? {
                return Ok(Some(UnixTime::from_secs(date)));
            }
            whole_number("expires", expires)?
        }
        other => other,
    };
    Ok(match lifetime {
        Some(0) if quirks.expires_in_zero_means_never => None,
        Some(seconds) => Some(from_now(seconds)),
        None => quirks.default_expires_in.map(|lifetime| now.saturating_add(lifetime)),
    })
}

/// A number of seconds: digits saturate, a fraction is cut off, and a text of one to ten digits
/// counts, which is what PayPal and Microsoft send.
pub(crate) fn whole_number(name: &'static str, value: Option<Value<'_>>) -> Read<Option<u64>> {
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let invalid = ProtocolError::Invalid(name);
    match value {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Number(number)) => {
            let whole = match number.split_once('.') {
                Some((whole, fraction)) if is_digits(fraction) => whole,
                Some(_) => return Err(invalid),
                None => number,
            };
            if is_digits(whole) {
                Ok(Some(whole.parse().unwrap_or(u64::MAX)))
            } else {
                Err(invalid)
            }
        }
        Some(Value::Text(text)) => {
            let digits = text.decode().filter(|text| text.len() <= 10 && is_digits(text));
            digits.and_then(|digits| digits.parse().ok()).map(Some).ok_or(invalid)
        }
        Some(_) => Err(invalid),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lifetime_is_a_whole_number_of_seconds() {
        let read = |value| whole_number("expires_in", Some(value));
        let text = |text| read(Value::Text(Text::Plain(text)));
        assert_eq!(read(Value::Number("3600")), Ok(Some(3600)));
        assert_eq!(read(Value::Number("3600.99")), Ok(Some(3600)));
        assert_eq!(read(Value::Number("99999999999999999999")), Ok(Some(u64::MAX)));
        assert_eq!(read(Value::Null), Ok(None));
        assert_eq!(text("9999999999"), Ok(Some(9_999_999_999)));
        for refused in ["-1", "1e3", "1E3", "1.5e3", "-0"] {
            assert!(read(Value::Number(refused)).is_err(), "{refused}");
        }
        for refused in ["", "-1", "1.5", "1e3", " 1", "+1", "12345678901", "soon"] {
            assert!(text(refused).is_err(), "{refused}");
        }
        assert!(read(Value::Bool(true)).is_err());
        assert!(read(Value::Array("1")).is_err());
    }
}
