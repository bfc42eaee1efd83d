//! How and when a user signed in, and what a client may demand of that (RFC 9470).

use super::error::ErrorResponse;
use super::params::Params;

/// A password and a passcode.
pub(super) const STRONG: &str = "strong";
/// A password.
pub(super) const BASIC: &str = "basic";

/// Every `acr` of this server.
pub(super) const KNOWN: [&str; 2] = [STRONG, BASIC];

/// A user who signed in.
#[derive(Clone)]
pub(super) struct Authentication {
    pub(super) subject: String,
    pub(super) acr: &'static str,
    /// Seconds since 1970.
    pub(super) auth_time: u64,
}

impl Authentication {
    pub(super) fn is_strong_enough(&self, acr: Option<&str>) -> bool {
        acr != Some(STRONG) || self.acr == STRONG
    }
}

/// What an authorization request demands of the sign-in (section 4).
#[derive(Clone, Default)]
pub(super) struct Demand {
    pub(super) acr: Option<&'static str>,
    max_age: Option<u64>,
}

impl Demand {
    pub(super) fn read(params: &Params) -> Result<Self, ErrorResponse> {
        let acr = match params.get("acr_values") {
            None => None,
            Some(values) => Some(preferred(values).ok_or_else(|| {
                ErrorResponse::new("unmet_authentication_requirements", "no such acr here")
            })?),
        };
        let max_age =
            match params.get("max_age") {
                None => None,
                Some(text) => Some(seconds(text).ok_or_else(|| {
                    ErrorResponse::invalid_request("max_age is a number of seconds")
                })?),
            };
        Ok(Self { acr, max_age })
    }

    /// Whether a sign-in does, which may have been part of this very interaction.
    pub(super) fn is_met(&self, by: &Authentication, just_now: bool, now: u64) -> bool {
        let recent = |max_age| max_age > 0 && now <= by.auth_time.saturating_add(max_age);
        by.is_strong_enough(self.acr) && (just_now || self.max_age.is_none_or(recent))
    }
}

fn seconds(text: &str) -> Option<u64> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}

/// The first one that we know, as they come in order of preference.
fn preferred(values: &str) -> Option<&'static str> {
    values.split(' ').find_map(|value| KNOWN.into_iter().find(|known| *known == value))
}
