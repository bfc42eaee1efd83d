//! The secrets of the flows that are checked: each is a text that occurs nowhere else.

/// The `state` of every flow here: base64url of 32 octets of value 2.
pub const STATE: &str = "AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI";
/// The `code_verifier` of every flow here: base64url of 32 octets of value 1.
pub const VERIFIER: &str = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE";
/// The client's secret.
pub const CLIENT_SECRET: &str = "canary-client-secret";
/// The authorization code.
pub const CODE: &str = "canary-code";
/// The access token at hand.
pub const ACCESS_TOKEN: &str = "canary-access-token";
/// The refresh token at hand.
pub const REFRESH_TOKEN: &str = "canary-refresh-token";
/// The token that is asked about.
pub const ASKED_TOKEN: &str = "canary-asked-token";
/// The token of those who register.
pub const REGISTRATION_TOKEN: &str = "canary-registration-token";
/// The device code.
pub const DEVICE_CODE: &str = "canary-device-code";
/// The key of the browser's session.
pub const SESSION: &str = "canary-session";

/// What an error or a `Debug` shows is one line without these secrets.
///
/// # Panics
/// If it is not.
#[track_caller]
pub fn hidden(shown: &str, secrets: &[&str]) {
    assert!(!shown.contains(char::is_control), "{shown:?}");
    for secret in secrets {
        assert!(!shown.contains(secret), "{secret} is shown: {shown}");
    }
}

/// A server's text without the secrets that it repeats, as an error may hold it.
#[must_use]
pub fn blanked(text: &str, secrets: &[&str]) -> String {
    secrets.iter().fold(text.to_owned(), |text, secret| text.replace(secret, "***"))
}
