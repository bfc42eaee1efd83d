//! CloudVault is only worth testing against if it refuses what servers must refuse.

mod authorize;
mod client_auth;
mod faults;
mod interaction;
mod refresh;
mod resources;
mod scene;
mod sockets;
mod token;
