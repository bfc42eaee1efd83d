//! PrintMyPics in two processes (the example `web_cluster`) behind a load balancer, with a real
//! Redis between them, in front of CloudVault.
//!
//! It needs `redis-server` (Debian: redis-server), so it is run by name:
//! `cargo test -p grantflow-tests --test cluster`.

mod balancer;
mod forward;
mod gate;
mod logins;
mod person;
mod redis;
mod refreshes;
mod scene;
mod secrets;
mod store;
