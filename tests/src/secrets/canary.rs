//! One text for each secret, found nowhere else.

use grantflow::Entropy;

/// The client's secret.
pub const CLIENT_SECRET: &str = "canary-client-secret-Vd5Qm8";
/// The client's id and secret, as the Basic header has them.
pub const BASIC: &str = "Y2FuYXJ5LWFwcDpjYW5hcnktY2xpZW50LXNlY3JldC1WZDVRbTg=";
/// The credential of a custom client authentication.
pub const CUSTOM: &str = "canary-custom-credential-Xe2Lb9";
/// The id of the browser's session.
pub const SESSION: &str = "canary-session-id-Nw7Tr4";
/// The authorization code.
pub const CODE: &str = "canary-code-Gh6Yp1";
/// The first access token.
pub const ACCESS_TOKEN: &str = "canary-access-token-Kc3Zd5";
/// The first refresh token.
pub const REFRESH_TOKEN: &str = "canary-refresh-token-Bf8Wj2";
/// The access token after a refresh.
pub const NEXT_ACCESS_TOKEN: &str = "canary-next-access-token-Ru9Mx6";
/// The refresh token after a refresh.
pub const NEXT_REFRESH_TOKEN: &str = "canary-next-refresh-token-Ta4Hs7";
/// The device code.
pub const DEVICE_CODE: &str = "canary-device-code-Pv1Ek3";
/// The reference to a pushed request.
pub const REQUEST_URI: &str = "canary-request-uri-Lq6Bn8";
/// A JWT that is traded for a token.
pub const ASSERTION: &str = "canary-assertion-Jy5Fc2";
/// A token that is traded for another.
pub const SUBJECT_TOKEN: &str = "canary-subject-token-Dz7Gv4";
/// A token that is asked about.
pub const ASKED_TOKEN: &str = "canary-asked-token-Ho3Wt9";
/// The token that lets a client register.
pub const INITIAL_TOKEN: &str = "canary-initial-token-Sm8Pk5";
/// The token that lets a registered client manage itself.
pub const REGISTRATION_TOKEN: &str = "canary-registration-token-Ui2Rx6";
/// The secret of a registered client.
pub const REGISTERED_SECRET: &str = "canary-registered-secret-Ec9Jd1";

/// The octets that become the `code_verifier`.
pub const VERIFIER_OCTETS: &str = "the octets of the code verifier!";
/// The `code_verifier`.
pub const VERIFIER: &str = "dGhlIG9jdGV0cyBvZiB0aGUgY29kZSB2ZXJpZmllciE";
/// The octets that become the `state`.
pub const STATE_OCTETS: &str = "the octets of the login's state!";
/// The `state`.
pub const STATE: &str = "dGhlIG9jdGV0cyBvZiB0aGUgbG9naW4ncyBzdGF0ZSE";
/// The octets that become the `nonce`.
pub const NONCE_OCTETS: &str = "the octets of the login's nonce!";
/// The `nonce`.
pub const NONCE: &str = "dGhlIG9jdGV0cyBvZiB0aGUgbG9naW4ncyBub25jZSE";

/// The octets of the private key.
pub const PRIVATE_KEY_OCTETS: &str = "the octets of the private key...";
/// The same from the last to the first, as a little-endian machine computes with them.
pub const PRIVATE_KEY_REVERSED: &str = "...yek etavirp eht fo stetco eht";
/// The private key as its JWK has it.
pub const PRIVATE_KEY: &str = "dGhlIG9jdGV0cyBvZiB0aGUgcHJpdmF0ZSBrZXkuLi4";
/// The octets of the signature that the tour's own key makes.
pub const SIGNATURE_OCTETS: &str =
    "the octets of a signature, which no key would ever have made...";
/// The end of every proof and assertion of the tour's own key.
pub const SIGNATURE: &str =
    "dGhlIG9jdGV0cyBvZiBhIHNpZ25hdHVyZSwgd2hpY2ggbm8ga2V5IHdvdWxkIGV2ZXIgaGF2ZSBtYWRlLi4u";

/// All of them.
pub const ALL: [&str; 28] = [
    CLIENT_SECRET,
    BASIC,
    CUSTOM,
    SESSION,
    CODE,
    ACCESS_TOKEN,
    REFRESH_TOKEN,
    NEXT_ACCESS_TOKEN,
    NEXT_REFRESH_TOKEN,
    DEVICE_CODE,
    REQUEST_URI,
    ASSERTION,
    SUBJECT_TOKEN,
    ASKED_TOKEN,
    INITIAL_TOKEN,
    REGISTRATION_TOKEN,
    REGISTERED_SECRET,
    VERIFIER_OCTETS,
    VERIFIER,
    STATE_OCTETS,
    STATE,
    NONCE_OCTETS,
    NONCE,
    PRIVATE_KEY_OCTETS,
    PRIVATE_KEY_REVERSED,
    PRIVATE_KEY,
    SIGNATURE_OCTETS,
    SIGNATURE,
];

/// The randomness of a login whose values are the canaries.
#[must_use]
pub fn login_entropy() -> Entropy {
    entropy([VERIFIER_OCTETS, STATE_OCTETS, NONCE_OCTETS])
}

/// The randomness of a key that is the canary.
#[must_use]
pub fn key_entropy() -> Entropy {
    entropy([PRIVATE_KEY_OCTETS; 3])
}

fn entropy(parts: [&str; 3]) -> Entropy {
    let mut octets = [0; Entropy::LEN];
    for (to, from) in octets.chunks_exact_mut(32).zip(parts) {
        to.copy_from_slice(from.as_bytes());
    }
    Entropy::from_bytes(octets)
}
