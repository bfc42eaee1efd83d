//! What proves grantflow.

pub mod cloudvault;
pub mod conformance;
pub mod freed;
pub mod heap;
pub mod jws;
pub mod misuse;
pub mod scenario;
pub mod secrets;
pub mod vectors;
