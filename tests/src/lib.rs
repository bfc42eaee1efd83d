//! What proves grantflow.

pub mod cloudvault;
pub mod conformance;
pub mod heap;
pub mod jws;
pub mod misuse;
pub mod programs;
pub mod scenario;
pub mod vectors;
