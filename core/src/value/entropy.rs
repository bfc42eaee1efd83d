//! Randomness as a value, spent by the step that needs it.

#[cfg(feature = "getrandom")]
use crate::error::{ConfigError, Error};
use core::fmt;
use zeroize::{Zeroize, ZeroizeOnDrop};

/// The randomness of one login: 96 octets, spent whole by the step that takes it.
///
/// It is not `Clone`, so that no two flows can share a value:
///
/// ```compile_fail,E0382
/// # use grantflow::*;
/// # fn two(client: &Client, entropy: Entropy, now: UnixTime) -> Result<(), Error> {
/// let one = Flow::new(client).redirect(entropy, now)?;
/// let two = Flow::new(client).redirect(entropy, now)?; // use of moved value
/// # Ok(()) }
/// ```
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct Entropy([[u8; 32]; 3]);

impl Entropy {
    /// How many octets one login takes.
    pub const LEN: usize = 96;

    /// Asks the operating system, once.
    ///
    /// # Errors
    /// [`ConfigError::Entropy`] if the system has no randomness to give.
    #[cfg(feature = "getrandom")]
    pub fn from_os() -> Result<Self, Error> {
        let mut entropy = Self([[0; 32]; 3]);
        getrandom::fill(entropy.0.as_flattened_mut()).map_err(|_| ConfigError::Entropy)?;
        Ok(entropy)
    }

    /// Takes octets from elsewhere: a hardware generator, or a test's fixed ones.
    ///
    /// Octets 0 to 31 become the `code_verifier`, 32 to 63 the `state`, 64 to 95 the `nonce`.
    /// They must come from a cryptographic generator and be used once.
    #[must_use]
    pub fn from_bytes(octets: [u8; Self::LEN]) -> Self {
        let mut entropy = Self([[0; 32]; 3]);
        entropy.0.as_flattened_mut().copy_from_slice(&octets);
        entropy
    }

    pub(crate) fn verifier(&self) -> &[u8; 32] {
        let [verifier, _, _] = &self.0;
        verifier
    }

    pub(crate) fn state(&self) -> &[u8; 32] {
        let [_, state, _] = &self.0;
        state
    }

    pub(crate) fn nonce(&self) -> &[u8; 32] {
        let [_, _, nonce] = &self.0;
        nonce
    }
}

impl fmt::Debug for Entropy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Entropy")
    }
}
