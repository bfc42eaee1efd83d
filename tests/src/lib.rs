//! What proves grantflow.
