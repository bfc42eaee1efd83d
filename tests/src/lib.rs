//! What proves grantflow.

pub mod cloudvault;
