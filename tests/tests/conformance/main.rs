//! Every adapter, and an HTTP stack bound by hand, keep the same contract.

#[path = "../../examples/bind_hyper.rs"]
mod bind_hyper;
mod foreign;
mod stacks;

use grantflow_tests::conformance;
use stacks::{HyperByHand, Reqwest, ReqwestBlocking, SurfCurl, SurfH1, Ureq};

conformance!(async hyper: HyperByHand);
conformance!(async reqwest: Reqwest);
conformance!(blocking reqwest_blocking: ReqwestBlocking);
conformance!(async surf_curl: SurfCurl);
conformance!(async surf_h1: SurfH1);
conformance!(blocking ureq: Ureq);
