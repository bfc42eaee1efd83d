//! Whole flows against CloudVault, in memory.

mod callbacks;
mod calls;
mod details;
mod exchanges;
mod faults;
mod pending;
mod quirks;
mod refreshing;
mod stepping_up;
mod stored;
