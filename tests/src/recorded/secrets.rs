//! What neither an outcome nor an error may show.

use super::fixture::Recorded;
use crate::vectors::{fault::Fault, form};
use base64::{Engine, engine::general_purpose::STANDARD};

/// Parameters that are secret in a request and members that are in a reply.
const SECRET: [&str; 12] = [
    "access_token",
    "client_assertion",
    "client_secret",
    "code",
    "code_verifier",
    "device_code",
    "id_token",
    "refresh_token",
    "registration_access_token",
    "request_uri",
    "state",
    "token",
];
/// Shorter ones are found in texts by chance.
const SHORTEST: usize = 8;

/// None of the secrets of the exchange is in what an application may log.
pub(super) fn check(recorded: &Recorded, shown: &[String]) -> Result<(), Fault> {
    for secret in of(recorded) {
        if let Some(text) = shown.iter().find(|text| text.contains(&secret)) {
            return Err(Fault::new(format!("the secret {secret:?} is in {text:?}")));
        }
    }
    Ok(())
}

/// A text of the server's as an application may log it: pyop repeats the code that it refuses.
pub(super) fn blanked(recorded: &Recorded, text: &str) -> String {
    of(recorded).iter().fold(text.to_owned(), |text, secret| text.replace(secret, "***"))
}

fn of(recorded: &Recorded) -> Vec<String> {
    let location = recorded.header("location").and_then(|url| url.split_once('?'));
    let sent = [form::pairs(&recorded.request.body), recorded.request.query()];
    let back = location.map(|(_, query)| form::pairs(query)).unwrap_or_default();
    let pairs = sent.into_iter().flatten().chain(back);
    let is_secret = |name: &str| SECRET.contains(&name);
    let of_request = pairs.filter(|(name, _)| is_secret(name)).map(|(_, value)| value);
    let json = recorded.json();
    let members = json.as_object().into_iter().flatten();
    let of_reply = members.filter(|(name, _)| is_secret(name));
    let of_reply = of_reply.filter_map(|(_, value)| value.as_str().map(str::to_owned));
    let credential = recorded.request.credential().map(str::to_owned);
    let password = credential.as_ref().and_then(|text| STANDARD.decode(text).ok());
    let password = password.and_then(|pair| String::from_utf8(pair).ok());
    let password = password.and_then(|pair| Some(pair.split_once(':')?.1.to_owned()));
    let all = of_request.chain(of_reply).chain(credential).chain(password);
    all.filter(|secret| secret.len() >= SHORTEST).collect()
}
