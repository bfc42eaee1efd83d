//! Clients that a certificate speaks for (RFC 8705): who they are, and whose their tokens are.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::Request;
use rustls::pki_types::{CertificateDer, UnixTime};
use sha2::{Digest as _, Sha256};
use webpki::{ALL_VERIFICATION_ALGS, EndEntityCert, KeyUsage, anchor_from_trusted_cert};

use super::Context;
use super::error::ErrorResponse;

/// The certificate that a client presents on its connection, in DER.
///
/// Whoever terminates TLS puts it into the extensions of each request that it hands on, after the
/// client has shown that it holds the key. Who issued the certificate is for this server to judge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeerCertificate(pub Vec<u8>);

impl PeerCertificate {
    pub(super) fn of(request: &Request<Vec<u8>>) -> Option<&Self> {
        request.extensions().get()
    }

    /// The SHA-256 thumbprint (section 3.1).
    #[must_use]
    pub fn thumbprint(&self) -> String {
        URL_SAFE_NO_PAD.encode(Sha256::digest(&self.0))
    }
}

/// The thumbprint of the certificate that a request comes with.
pub(super) fn thumbprint(request: &Request<Vec<u8>>) -> Option<String> {
    PeerCertificate::of(request).map(PeerCertificate::thumbprint)
}

/// `tls_client_auth` (section 2.1): an authority that we trust has certified the name. The name
/// is compared as text (section 2.1.2), so that no wildcard stands for it.
pub(super) fn check_name(
    context: &Context<'_>,
    presented: Option<&PeerCertificate>,
    san_dns: &str,
) -> Result<(), &'static str> {
    let PeerCertificate(der) = presented.ok_or(NONE)?;
    let der = CertificateDer::from(der.as_slice());
    let certificate = EndEntityCert::try_from(&der).map_err(|_| "the certificate is malformed")?;
    let authorities = &context.config.client_authorities;
    let authorities: Vec<_> =
        authorities.iter().map(|der| CertificateDer::from(der.as_slice())).collect();
    let anchors: Vec<_> = authorities
        .iter()
        .map(|der| anchor_from_trusted_cert(der).expect("the certificate of an authority"))
        .collect();
    let now = UnixTime::since_unix_epoch(Duration::from_secs(context.now));
    let usage = KeyUsage::client_auth();
    certificate
        .verify_for_usage(ALL_VERIFICATION_ALGS, &anchors, &[], now, usage, None, None)
        .map_err(|_| "the certificate is not by a trusted authority, or not valid now")?;
    if certificate.valid_dns_names().any(|name| name.eq_ignore_ascii_case(san_dns)) {
        Ok(())
    } else {
        Err("the certificate is that of somebody else")
    }
}

/// `self_signed_tls_client_auth` (section 2.2): the certificate is known, so nobody has to vouch
/// for it.
pub(super) fn check_registered(
    presented: Option<&PeerCertificate>,
    registered: &PeerCertificate,
) -> Result<(), &'static str> {
    match presented {
        None => Err(NONE),
        Some(presented) if presented == registered => Ok(()),
        Some(_) => Err("the certificate is not the registered one"),
    }
}

const NONE: &str = "the client presents no certificate";

/// What the tokens of a client are bound to that wants them bound (section 3).
pub(super) fn required(request: &Request<Vec<u8>>) -> Result<String, ErrorResponse> {
    thumbprint(request).ok_or_else(|| {
        let words = "this client has promised a certificate with every token request";
        ErrorResponse::invalid_request(words)
    })
}
