//! Who a client or a server is on a connection.

use rcgen::{Certificate, CertificateParams, DnType, ExtendedKeyUsagePurpose, KeyPair};

/// A certificate, and the key to it.
pub struct Identity {
    pub(super) certificate: Certificate,
    pub(super) key: KeyPair,
}

impl Identity {
    /// A client for which nobody else vouches.
    ///
    /// # Panics
    /// If the system has no entropy, or `name` is no DNS name.
    #[must_use]
    pub fn self_signed(name: &str) -> Self {
        let key = KeyPair::generate().expect("a key");
        let certificate = params(name).self_signed(&key).expect("a certificate");
        Self { certificate, key }
    }

    /// The certificate in DER.
    #[must_use]
    pub fn der(&self) -> &[u8] {
        self.certificate.der()
    }

    /// The certificate and the key in PEM.
    #[must_use]
    pub fn pem(&self) -> [String; 2] {
        [self.certificate.pem(), self.key.serialize_pem()]
    }
}

/// A client of that name.
pub(super) fn params(name: &str) -> CertificateParams {
    let mut params = CertificateParams::new([name.to_owned()]).expect("a name");
    params.distinguished_name.push(DnType::CommonName, name);
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
    params
}
