//! The newest nonce of each server (RFC 9449 section 8.2), shared by all clones of a client.
//!
//! A lost nonce costs one more round trip and nothing else, so the cells are simple: a server
//! keeps the cell that it has, a new one takes an empty cell or else the place of its name's hash,
//! and a writer who finds a cell taken leaves it. A cell is a
//! text in atomics with a version before and after it; a reader who sees two versions has read
//! nothing.

use alloc::{string::String, vec::Vec};
use core::sync::atomic::{
    AtomicU8, AtomicU32,
    Ordering::{Acquire, Relaxed, Release},
    fence,
};

/// How many resource servers are told apart, beside the authorization server.
const RESOURCES: usize = 3;
/// The longest name and nonce that are kept, together.
const OCTETS: usize = 320;

/// The name of the authorization server, whose nonces no resource server shares.
pub(crate) const AUTHORIZATION_SERVER: &str = "";

pub(crate) struct Nonces {
    authorization_server: Cell,
    resources: [Cell; RESOURCES],
}

struct Cell {
    /// Even while nobody writes.
    version: AtomicU32,
    length: AtomicU32,
    octets: [AtomicU8; OCTETS],
}

impl Nonces {
    pub(crate) fn new() -> Self {
        Self { authorization_server: Cell::new(), resources: [const { Cell::new() }; RESOURCES] }
    }

    /// The newest nonce of a server, as far as it is known.
    pub(crate) fn get(&self, server: &str) -> Option<String> {
        self.cell(server)?.nonce_of(server)
    }

    pub(crate) fn set(&self, server: &str, nonce: &str) {
        if let Some(cell) = self.cell(server) {
            cell.write([server, " ", nonce].concat().as_bytes());
        }
    }

    fn cell(&self, server: &str) -> Option<&Cell> {
        if server == AUTHORIZATION_SERVER {
            return Some(&self.authorization_server);
        }
        let is_own = |cell: &&Cell| cell.nonce_of(server).is_some();
        let is_empty = |cell: &&Cell| cell.length.load(Relaxed) == 0;
        let cells = || self.resources.iter();
        if let Some(cell) = cells().find(is_own).or_else(|| cells().find(is_empty)) {
            return Some(cell);
        }
        let sum =
            server.bytes().fold(0_usize, |sum, byte| sum.wrapping_mul(31) ^ usize::from(byte));
        self.resources.get(sum.checked_rem(RESOURCES)?)
    }
}

impl Cell {
    const fn new() -> Self {
        Self {
            version: AtomicU32::new(0),
            length: AtomicU32::new(0),
            octets: [const { AtomicU8::new(0) }; OCTETS],
        }
    }

    /// The nonce, if it is that server's.
    fn nonce_of(&self, server: &str) -> Option<String> {
        self.read()?.strip_prefix(server)?.strip_prefix(' ').map(String::from)
    }

    fn read(&self) -> Option<String> {
        let before = self.version.load(Acquire);
        let length = usize::try_from(self.length.load(Relaxed)).ok()?;
        let octets = self.octets.iter().take(length).map(|octet| octet.load(Relaxed));
        let octets: Vec<u8> = octets.collect();
        fence(Acquire);
        let is_whole = before & 1 == 0 && self.version.load(Relaxed) == before;
        if is_whole { String::from_utf8(octets).ok() } else { None }
    }

    fn write(&self, text: &[u8]) {
        let Ok(length) = u32::try_from(text.len()) else { return };
        let before = self.version.load(Relaxed);
        let taken = before | 1;
        let is_free = before != taken && text.len() <= OCTETS;
        if !is_free || self.version.compare_exchange(before, taken, Acquire, Relaxed).is_err() {
            return;
        }
        fence(Release);
        self.length.store(length, Relaxed);
        for (octet, byte) in self.octets.iter().zip(text) {
            octet.store(*byte, Relaxed);
        }
        self.version.store(taken.wrapping_add(1), Release);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_server_has_its_own_nonce_and_the_newest_counts() {
        let nonces = Nonces::new();
        assert_eq!(nonces.get(AUTHORIZATION_SERVER), None);
        nonces.set(AUTHORIZATION_SERVER, "a1");
        nonces.set("https://one.example", "r1");
        nonces.set("https://one.example", "r2");
        assert_eq!(nonces.get(AUTHORIZATION_SERVER).as_deref(), Some("a1"));
        assert_eq!(nonces.get("https://one.example").as_deref(), Some("r2"));
        for port in 0..100 {
            assert_eq!(nonces.get(&alloc::format!("https://one.example:{port}")), None);
        }
    }

    #[test]
    fn no_server_drives_another_out_while_there_is_room() {
        for seed in 0..50 {
            let nonces = Nonces::new();
            let server = |number| alloc::format!("https://s{}.example", seed * 10 + number);
            (0..RESOURCES).for_each(|number| nonces.set(&server(number), &server(number)));
            (0..RESOURCES).for_each(|number| {
                assert_eq!(nonces.get(&server(number)), Some(server(number)));
            });
            nonces.set(&server(RESOURCES), "newest");
            assert_eq!(nonces.get(&server(RESOURCES)).as_deref(), Some("newest"));
        }
    }

    #[test]
    fn what_is_too_long_is_not_kept() {
        let nonces = Nonces::new();
        nonces.set(AUTHORIZATION_SERVER, &"n".repeat(OCTETS - 1));
        assert!(nonces.get(AUTHORIZATION_SERVER).is_some());
        nonces.set(AUTHORIZATION_SERVER, "short");
        nonces.set(AUTHORIZATION_SERVER, &"n".repeat(OCTETS));
        assert_eq!(nonces.get(AUTHORIZATION_SERVER).as_deref(), Some("short"));
    }

    #[test]
    fn a_reader_never_sees_half_a_nonce() {
        let nonces = Nonces::new();
        let written = ["a".repeat(100), "b".repeat(200)];
        std::thread::scope(|scope| {
            for text in &written {
                scope.spawn(|| (0..2000).for_each(|_| nonces.set("https://one.example", text)));
            }
            for _ in 0..2000 {
                if let Some(read) = nonces.get("https://one.example") {
                    assert!(written.contains(&read), "{read}");
                }
            }
        });
    }
}
