//! A private certificate authority, right and wrong certificates included.

use super::{
    any_client::AnyClient,
    identity::{self, Identity},
};
use rcgen::{
    BasicConstraints, Certificate, CertificateParams, DnType, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, date_time_ymd,
};
use rustls::{
    ServerConfig,
    crypto::ring::default_provider,
    pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
    server::{NoClientAuth, danger::ClientCertVerifier},
};
use std::sync::{Arc, LazyLock};

/// A certificate authority that nobody knows unless told.
pub struct Authority {
    issuer: Issuer<'static, KeyPair>,
    certificate: Certificate,
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
        let certificate = params.self_signed(&key).expect("a certificate");
        Self { issuer: Issuer::new(params, key), certificate }
    }

    /// Its certificate in PEM.
    #[must_use]
    pub fn pem(&self) -> String {
        self.certificate.pem()
    }

    /// Its certificate in DER.
    #[must_use]
    pub fn der(&self) -> &[u8] {
        self.certificate.der()
    }

    /// A server that is localhost.
    #[must_use]
    pub fn localhost(&self) -> Arc<ServerConfig> {
        self.server("localhost", |_| {})
    }

    /// A server that is localhost and asks clients for a certificate: it takes any, or none.
    #[must_use]
    pub fn localhost_that_asks(&self) -> Arc<ServerConfig> {
        configure(self.certify(&host("localhost")), Arc::new(AnyClient::new()))
    }

    /// A server that is somebody else.
    #[must_use]
    pub fn another_host(&self) -> Arc<ServerConfig> {
        self.server("another.example", |_| {})
    }

    /// A server that was localhost once.
    #[must_use]
    pub fn expired(&self) -> Arc<ServerConfig> {
        self.server("localhost", expire)
    }

    /// A client of that name.
    #[must_use]
    pub fn client(&self, name: &str) -> Identity {
        self.certify(&identity::params(name))
    }

    /// A client that had that name once.
    #[must_use]
    pub fn expired_client(&self, name: &str) -> Identity {
        let mut params = identity::params(name);
        expire(&mut params);
        self.certify(&params)
    }

    fn server(&self, name: &str, change: impl FnOnce(&mut CertificateParams)) -> Arc<ServerConfig> {
        let mut params = host(name);
        change(&mut params);
        configure(self.certify(&params), Arc::new(NoClientAuth))
    }

    fn certify(&self, params: &CertificateParams) -> Identity {
        let key = KeyPair::generate().expect("a key");
        let certificate = params.signed_by(&key, &self.issuer).expect("a certificate");
        Identity { certificate, key }
    }
}

fn host(name: &str) -> CertificateParams {
    let mut params = CertificateParams::new([name.to_owned()]).expect("a name");
    params.distinguished_name.push(DnType::CommonName, name);
    params
}

fn expire(params: &mut CertificateParams) {
    params.not_before = date_time_ymd(2020, 1, 1);
    params.not_after = date_time_ymd(2020, 12, 31);
}

fn configure(server: Identity, clients: Arc<dyn ClientCertVerifier>) -> Arc<ServerConfig> {
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(server.key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .and_then(|builder| {
            builder
                .with_client_cert_verifier(clients)
                .with_single_cert(vec![server.certificate.into()], key)
        });
    Arc::new(config.expect("a certificate and its key"))
}

impl Default for Authority {
    fn default() -> Self {
        Self::new()
    }
}
