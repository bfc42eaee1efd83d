//! What proves grantflow.

pub mod cloudvault;
pub mod heap;
pub mod scenario;
