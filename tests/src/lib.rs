//! What proves grantflow.

pub mod cloudvault;
pub mod misuse;
