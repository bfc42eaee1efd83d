//! The stacks under test, as the suite wants them.

use crate::bind_hyper;
use grantflow::{Exchange, Request, Response, RunError, TransportError};
use grantflow_reqwest::{self as reqwest, blocking as reqwest_blocking};
use grantflow_surf::{self as surf, Backend};
use grantflow_tests::conformance::{Adapter, AsyncAdapter, block_on, drop_when};
use grantflow_ureq as ureq;
use std::{convert::identity, time::Duration};
use tokio::sync::oneshot;

/// An adapter: the name of its module, the crate, how its builder begins, whether it keeps
/// connections, and what waits for its replies.
macro_rules! adapter {
    ($adapter:ident($module:literal), $stack:ident, $builder:expr, $keeps:literal, $wait:ident) => {
        pub(crate) struct $adapter($stack::Http);

        impl Adapter for $adapter {
            const NAME: &'static str = $module;
            const KEEPS_CONNECTIONS: bool = $keeps;

            fn new(timeout: Duration, extra_root: Option<&str>) -> Result<Self, TransportError> {
                let mut builder = $builder.timeout(timeout);
                if let Some(pem) = extra_root {
                    builder = builder.extra_root_pem(pem);
                }
                builder.build().map(Self)
            }

            fn send(&self, request: Request) -> Result<Response, TransportError> {
                $wait($stack::send(&self.0, request))
            }

            fn run<E: Exchange>(&self, exchange: E) -> Result<E::Output, RunError<E>> {
                $wait($stack::run(&self.0, exchange))
            }
        }
    };
}

macro_rules! async_adapter {
    ($adapter:ident($module:literal), $stack:ident, $builder:expr, $keeps:literal) => {
        adapter!($adapter($module), $stack, $builder, $keeps, block_on);

        impl AsyncAdapter for $adapter {
            fn send_and_drop(&self, request: Request, when: oneshot::Receiver<()>) {
                drop_when($stack::send(&self.0, request), when);
            }
        }
    };
}

async_adapter!(HyperByHand("hyper"), bind_hyper, bind_hyper::Http::builder(), false);
async_adapter!(Reqwest("reqwest"), reqwest, reqwest::Http::builder(), true);
async_adapter!(SurfCurl("surf_curl"), surf, surf::Http::builder_with(Backend::Curl), false);
async_adapter!(SurfH1("surf_h1"), surf, surf::Http::builder_with(Backend::H1), false);

adapter!(
    ReqwestBlocking("reqwest_blocking"),
    reqwest_blocking,
    reqwest_blocking::Http::builder(),
    true,
    identity
);
adapter!(Ureq("ureq"), ureq, ureq::Http::builder(), true, identity);
