//! surf over async-h1 and rustls: the client, and what its replies lack.

use crate::{Backend, Http};
use grantflow::{HttpSettings, TransportError};
use http_client::{Config, h1::H1Client};
use rustls::ClientConfig;
use std::sync::Arc;
use surf::http::{Response, headers};

pub(crate) fn build(settings: &HttpSettings) -> Result<Http, TransportError> {
    // With keep-alive, a connection goes back to the pool in whatever state it is: after a dropped
    // future the next user gets the reply of the last one. And it is reused for any host name.
    // Its own timeout ends with the header; `send` has one for all.
    let mut config = Config::new().set_http_keep_alive(false).set_timeout(None);
    if !settings.extra_roots.is_empty() {
        let mut tls = ClientConfig::new();
        for root in &settings.extra_roots {
            match tls.root_store.add_pem_file(&mut root.as_slice()) {
                Ok((1.., 0)) => {}
                _ => return Err(TransportError::Stack("a root is no certificate".into())),
            }
        }
        config = config.set_tls_config(Some(Arc::new(tls)));
    }
    let Ok(client) = H1Client::try_from(config);
    Ok(Http {
        client: surf::Client::with_http_client(client),
        backend: Backend::H1,
        timeout: settings.timeout,
        #[cfg(feature = "curl-client")]
        _root_file: None,
    })
}

/// Refuses a body that async-h1 has thrown away, and removes the date that it has made up and the
/// body that a HEAD has not.
pub(crate) fn mend(reply: &mut Response, is_head: bool) -> Result<(), TransportError> {
    let is_framed = [headers::CONTENT_LENGTH, headers::TRANSFER_ENCODING]
        .into_iter()
        .any(|name| reply.header(name).is_some());
    let is_bodiless = is_head || [204, 304].contains(&u16::from(reply.status()));
    if !is_framed && !is_bodiless {
        return Err(TransportError::Stack(UNFRAMED.into()));
    }
    if is_head {
        reply.take_body();
    }
    if reply.header(headers::DATE).is_some_and(|date| date.as_str().contains('\n')) {
        reply.remove_header(headers::DATE);
    }
    Ok(())
}

const UNFRAMED: &str =
    "the reply does not say how long it is, and surf's h1 backend cannot read it";
