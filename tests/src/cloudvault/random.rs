//! Values that nobody can guess: codes, tokens, session ids, anti-forgery tokens.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// 256 random bits as 43 characters that need no escaping anywhere.
pub(super) fn unguessable() -> String {
    let mut bytes = [0; 32];
    fill(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// What a person can type: 20^8 codes, without vowels and thus without words
/// (RFC 8628 section 6.1).
pub(super) fn user_code() -> String {
    const LETTERS: &[u8; 20] = b"BCDFGHJKLMNPQRSTVWXZ";
    let mut bytes = [0; 8];
    fill(&mut bytes);
    let mut code: String =
        bytes.iter().map(|byte| char::from(LETTERS[usize::from(*byte) % 20])).collect();
    code.insert(4, '-');
    code
}

fn fill(bytes: &mut [u8]) {
    getrandom::fill(bytes).expect("the system has randomness");
}
