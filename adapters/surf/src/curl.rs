//! surf over curl: the client, and the file that curl wants root certificates in.

use crate::{Backend, Http};
use grantflow::{HttpSettings, Method, Request, TransportError};
use http_client::isahc::IsahcClient;
use isahc::{
    HttpClient,
    config::{CaCertificate, Configurable as _, RedirectPolicy},
};
use std::{
    collections::hash_map::RandomState,
    env::temp_dir,
    fs::{OpenOptions, remove_file},
    hash::{BuildHasher as _, Hasher as _},
    io::{self, Write as _},
    path::PathBuf,
    process::id,
    sync::Arc,
    time::Duration,
};

pub(crate) fn build(settings: &HttpSettings) -> Result<Http, TransportError> {
    let mut client = HttpClient::builder()
        .redirect_policy(RedirectPolicy::None)
        .proxy(None)
        // On a kept connection that turns out to be closed, curl sends a request again.
        .connection_cache_size(0)
        // For a future that was dropped: curl notices at its own timeout. `send` has one before.
        .timeout(settings.timeout.saturating_add(Duration::from_secs(1)))
        .connect_timeout(settings.connect_timeout);
    let root_file = RootFile::new(&settings.extra_roots).map_err(failed)?;
    if let Some(file) = &root_file {
        client = client.ssl_ca_certificate(CaCertificate::file(&file.0));
    }
    Ok(Http {
        client: surf(client.build().map_err(failed)?),
        backend: Backend::Curl,
        timeout: settings.timeout,
        _root_file: root_file.map(Arc::new),
    })
}

/// Refuses what surf's curl backend cannot do: it waits for the body that a HEAD has not.
pub(crate) fn check(request: &Request) -> Result<(), TransportError> {
    if *request.method() == Method::HEAD {
        return Err(TransportError::Stack("surf's curl backend cannot send HEAD".into()));
    }
    Ok(())
}

/// surf without any middleware: it follows no redirects and logs nothing.
pub(crate) fn surf(client: HttpClient) -> surf::Client {
    surf::Client::with_http_client(IsahcClient::from_client(client))
}

fn failed(error: impl std::error::Error + Send + Sync + 'static) -> TransportError {
    TransportError::Stack(error.into())
}

/// Root certificates in a file, as long as somebody needs it. They are public.
#[derive(Debug)]
pub(crate) struct RootFile(PathBuf);

impl RootFile {
    fn new(roots: &[Vec<u8>]) -> io::Result<Option<Self>> {
        if roots.is_empty() {
            return Ok(None);
        }
        let guess = RandomState::new().build_hasher().finish();
        let path = temp_dir().join(format!("grantflow-roots-{}-{guess:016x}.pem", id()));
        // Nobody else's file is taken for ours.
        let mut file = OpenOptions::new().write(true).create_new(true).open(&path)?;
        let kept = Self(path);
        for root in roots {
            file.write_all(root)?;
            file.write_all(b"\n")?;
        }
        Ok(Some(kept))
    }
}

impl Drop for RootFile {
    fn drop(&mut self) {
        // A file that stays behind is of no use to anybody.
        let _ = remove_file(&self.0);
    }
}
