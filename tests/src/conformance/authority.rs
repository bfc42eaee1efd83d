//! A private certificate authority, right and wrong certificates included.

use rcgen::{
    BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, KeyUsagePurpose,
    date_time_ymd,
};
use rustls::{
    ServerConfig,
    crypto::ring::default_provider,
    pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
};
use std::sync::{Arc, LazyLock};

/// A certificate authority that nobody knows unless told.
pub struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pem: String,
}

static OURS: LazyLock<Authority> = LazyLock::new(Authority::new);

impl Authority {
    /// The one that clients are told of.
    #[must_use]
    pub fn ours() -> &'static Self {
        &OURS
    }

    /// Another one.
    ///
    /// # Panics
    /// If the system has no entropy.
    #[must_use]
    pub fn new() -> Self {
        let key = KeyPair::generate().expect("a key");
        let mut params = CertificateParams::new([]).expect("no names");
        params.distinguished_name.push(DnType::CommonName, "an authority");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::DigitalSignature];
        let pem = params.self_signed(&key).expect("a certificate").pem();
        Self { issuer: Issuer::new(params, key), pem }
    }

    /// Its certificate.
    #[must_use]
    pub fn pem(&self) -> &str {
        &self.pem
    }

    /// A server that is localhost.
    #[must_use]
    pub fn localhost(&self) -> Arc<ServerConfig> {
        self.certify("localhost", |_| {})
    }

    /// A server that is somebody else.
    #[must_use]
    pub fn another_host(&self) -> Arc<ServerConfig> {
        self.certify("another.example", |_| {})
    }

    /// A server that was localhost once.
    #[must_use]
    pub fn expired(&self) -> Arc<ServerConfig> {
        self.certify("localhost", |params| {
            params.not_before = date_time_ymd(2020, 1, 1);
            params.not_after = date_time_ymd(2020, 12, 31);
        })
    }

    fn certify(
        &self,
        name: &str,
        change: impl FnOnce(&mut CertificateParams),
    ) -> Arc<ServerConfig> {
        let key = KeyPair::generate().expect("a key");
        let mut params = CertificateParams::new([name.to_owned()]).expect("a name");
        params.distinguished_name.push(DnType::CommonName, name);
        change(&mut params);
        let certificate = params.signed_by(&key, &self.issuer).expect("a certificate");
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
            .with_safe_default_protocol_versions()
            .and_then(|builder| {
                builder.with_no_client_auth().with_single_cert(vec![certificate.der().clone()], key)
            });
        Arc::new(config.expect("a certificate and its key"))
    }
}

impl Default for Authority {
    fn default() -> Self {
        Self::new()
    }
}
