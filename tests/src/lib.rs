//! What proves grantflow.

pub mod cloudvault;
pub mod conformance;
pub mod freed;
pub mod jws;
pub mod misuse;
pub mod programs;
pub mod recorded;
pub mod scenario;
pub mod secrets;
pub mod vectors;

/// The code that the pages of the project show.
#[cfg(doctest)]
mod pages {
    #[doc = include_str!("../../README.md")]
    struct Project;

    #[doc = include_str!("../../adapters/reqwest/README.md")]
    struct Reqwest;

    #[doc = include_str!("../../adapters/ureq/README.md")]
    struct Ureq;
}
