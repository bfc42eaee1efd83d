//! Identifiers that count once: the `jti` of proofs and assertions.

use std::collections::HashMap;

/// What has been seen, until when it would be accepted again.
#[derive(Default)]
pub(super) struct Replays(HashMap<(&'static str, String), u64>);

impl Replays {
    /// Whether that identifier of that kind is new. It is remembered until then. Seconds since
    /// 1970.
    pub(super) fn is_new(&mut self, kind: &'static str, id: &str, now: u64, until: u64) -> bool {
        self.0.retain(|_, until| now <= *until);
        self.0.insert((kind, id.to_owned()), until).is_none()
    }
}
