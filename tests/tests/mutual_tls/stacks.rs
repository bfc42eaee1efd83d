//! HTTP clients that present a certificate, each configured by its own means.

use grantflow::{Exchange, RunError};
use grantflow_tests::conformance::{Authority, Identity, block_on};
use isahc::config::{
    CaCertificate, ClientCertificate, Configurable as _, PrivateKey, RedirectPolicy,
};
use std::{
    fs::{remove_file, write},
    path::PathBuf,
    process,
    sync::atomic::{AtomicUsize, Ordering},
};
use ureq::tls::{self, ClientCert, RootCerts, TlsConfig};

pub(crate) trait Stack: Sized {
    /// A client that trusts our authority, and presents that certificate or none.
    fn presenting(identity: Option<&Identity>) -> Self;

    fn run<E: Exchange>(&self, exchange: E) -> Result<E::Output, RunError<E>>;
}

pub(crate) struct Reqwest(grantflow_reqwest::Http);

impl Stack for Reqwest {
    fn presenting(identity: Option<&Identity>) -> Self {
        Self(grantflow_reqwest::Http::from_client(reqwest(identity).build().unwrap()))
    }

    fn run<E: Exchange>(&self, exchange: E) -> Result<E::Output, RunError<E>> {
        block_on(grantflow_reqwest::run(&self.0, exchange))
    }
}

pub(crate) struct ReqwestBlocking(grantflow_reqwest::blocking::Http);

impl Stack for ReqwestBlocking {
    fn presenting(identity: Option<&Identity>) -> Self {
        let client = reqwest::blocking::ClientBuilder::from(reqwest(identity)).build();
        Self(grantflow_reqwest::blocking::Http::from_client(client.unwrap()))
    }

    fn run<E: Exchange>(&self, exchange: E) -> Result<E::Output, RunError<E>> {
        grantflow_reqwest::blocking::run(&self.0, exchange)
    }
}

fn reqwest(identity: Option<&Identity>) -> reqwest::ClientBuilder {
    let root = reqwest::Certificate::from_pem(Authority::ours().pem().as_bytes()).unwrap();
    let client = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .tls_certs_only([root]);
    match identity {
        None => client,
        Some(identity) => {
            let pem = identity.pem().concat();
            client.identity(reqwest::Identity::from_pem(pem.as_bytes()).unwrap())
        }
    }
}

pub(crate) struct Ureq(grantflow_ureq::Http);

impl Stack for Ureq {
    fn presenting(identity: Option<&Identity>) -> Self {
        let certificate = |pem: &str| tls::Certificate::from_pem(pem.as_bytes()).unwrap();
        let identity = identity.map(|identity| {
            let [chain, key] = identity.pem();
            let key = tls::PrivateKey::from_pem(key.as_bytes()).unwrap();
            ClientCert::new_with_certs(&[certificate(&chain)], key)
        });
        let tls = TlsConfig::builder()
            .root_certs(RootCerts::new_with_certs(&[certificate(&Authority::ours().pem())]))
            .client_cert(identity)
            .build();
        let agent = ureq::Agent::config_builder().proxy(None).tls_config(tls).build();
        Self(grantflow_ureq::Http::from_agent(agent.into()))
    }

    fn run<E: Exchange>(&self, exchange: E) -> Result<E::Output, RunError<E>> {
        grantflow_ureq::run(&self.0, exchange)
    }
}

/// Only curl: the h1 backend takes no client of the caller's.
pub(crate) struct SurfCurl {
    http: grantflow_surf::Http,
    /// curl reads them for each connection.
    _files: Vec<File>,
}

impl Stack for SurfCurl {
    fn presenting(identity: Option<&Identity>) -> Self {
        let mut files = vec![File::new(&Authority::ours().pem())];
        let mut client = isahc::HttpClient::builder()
            .redirect_policy(RedirectPolicy::None)
            .proxy(None)
            .connection_cache_size(0)
            .ssl_ca_certificate(CaCertificate::file(&files[0].0));
        if let Some(identity) = identity {
            let [chain, key] = identity.pem().map(|pem| File::new(&pem));
            let key_file = PrivateKey::pem_file(&key.0, None);
            client = client.ssl_client_certificate(ClientCertificate::pem_file(&chain.0, key_file));
            files.extend([chain, key]);
        }
        let http = grantflow_surf::Http::from_client(client.build().unwrap());
        Self { http, _files: files }
    }

    fn run<E: Exchange>(&self, exchange: E) -> Result<E::Output, RunError<E>> {
        block_on(grantflow_surf::run(&self.http, exchange))
    }
}

/// A file for as long as a test needs it.
struct File(PathBuf);

impl File {
    fn new(content: &str) -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("mutual-tls-{}-{number}.pem", process::id());
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        write(&path, content).unwrap();
        Self(path)
    }
}

impl Drop for File {
    fn drop(&mut self) {
        remove_file(&self.0).unwrap();
    }
}
