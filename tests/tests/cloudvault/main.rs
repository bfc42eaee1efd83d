//! CloudVault is only worth testing against if it refuses what servers must refuse.

mod authorize;
mod faults;
mod interaction;
mod resources;
mod scene;
mod sockets;
mod token;
