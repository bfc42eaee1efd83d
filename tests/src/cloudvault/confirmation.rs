//! What a token is bound to (RFC 7800): a key that signs proofs, the certificate of a connection.

use serde::Serialize;

/// The claim `cnf`, or what a request shows of it.
#[derive(Clone, Default, PartialEq, Eq, Serialize)]
pub(super) struct Confirmation {
    /// The thumbprint of a key (RFC 9449 section 6.1).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) jkt: Option<String>,
    /// The thumbprint of a certificate (RFC 8705 section 3.1).
    #[serde(rename = "x5t#S256", skip_serializing_if = "Option::is_none")]
    pub(super) x5t_s256: Option<String>,
}

impl Confirmation {
    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether a request shows all that the token is bound to. It may show more.
    pub(super) fn is_met_by(&self, shown: &Self) -> bool {
        let met =
            |bound: &Option<String>, shown: &Option<String>| bound.is_none() || bound == shown;
        met(&self.jkt, &shown.jkt) && met(&self.x5t_s256, &shown.x5t_s256)
    }
}
