//! Runs grantflow exchanges over reqwest.
#![forbid(unsafe_code)]
