//! The three adapters, as one: each case is written once for all of them.

use crate::expect::Trouble;
use grantflow::{Exchange, RunError};
use tokio::runtime::{Builder, Runtime};

pub(crate) enum Adapter {
    Reqwest(grantflow_reqwest::Http, Runtime),
    Surf(Box<grantflow_surf::Http>, Runtime),
    Ureq(grantflow_ureq::Http),
}

impl Adapter {
    pub(crate) fn all() -> Result<[Self; 3], Trouble> {
        let runtime = || Builder::new_current_thread().enable_all().build();
        Ok([
            Self::Reqwest(grantflow_reqwest::Http::new()?, runtime()?),
            Self::Ureq(grantflow_ureq::Http::new()?),
            Self::Surf(Box::new(grantflow_surf::Http::new()?), runtime()?),
        ])
    }

    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Reqwest(..) => "reqwest",
            Self::Surf(..) => "surf",
            Self::Ureq(_) => "ureq",
        }
    }

    /// Takes an exchange to its end.
    pub(crate) fn run<E: Exchange>(&self, exchange: E) -> Result<E::Output, RunError<E>> {
        match self {
            Self::Reqwest(http, runtime) => {
                runtime.block_on(grantflow_reqwest::run(http, exchange))
            }
            Self::Surf(http, runtime) => runtime.block_on(grantflow_surf::run(http, exchange)),
            Self::Ureq(http) => grantflow_ureq::run(http, exchange),
        }
    }
}
