//! Private keys stay private, and no request is proved twice by the same randomness.

/// A public key is made of its public members, never of a text that may hold more.
///
/// ```compile_fail,E0423
/// # use grantflow::*;
/// # fn program(x: &[u8], y: &[u8]) {
/// let jwk = PublicJwk(r#"{"kty":"EC","d":"AA"}"#.into());
/// # }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(x: &[u8], y: &[u8]) {
/// let jwk = PublicJwk::ec("P-256", x, y);
/// # }
/// ```
pub mod a_public_key_has_no_private_member {}

/// A public key is not parsed from what may be a private one.
///
/// ```compile_fail,E0277
/// # use grantflow::*;
/// # fn program(text: &str) -> Result<(), Error> {
/// let jwk: PublicJwk = text.parse()?;
/// # Ok(()) }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(text: &str) -> Result<(), Error> {
/// let jwk: PublicJwk = Es256Key::from_jwk(text)?.public_jwk().clone();
/// # Ok(()) }
/// ```
pub mod a_public_key_is_not_parsed {}

/// A private key reaches no log by `{}`.
///
/// ```compile_fail,E0277
/// # use grantflow::*;
/// # fn program(key: &Es256Key) {
/// let text = format!("{key}");
/// # }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(key: &Es256Key) {
/// let text = format!("{}", key.to_jwk().expose());
/// # }
/// ```
pub mod a_private_key_is_not_printed {}

/// A private key is not serialised along with whatever holds it.
///
/// ```compile_fail,E0277
/// # use grantflow::*;
/// # fn program(key: &Es256Key) {
/// let json = serde_json::to_string(key);
/// # }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(key: &Es256Key) {
/// let json = serde_json::to_string(key.to_jwk().expose());
/// # }
/// ```
pub mod a_private_key_is_not_serialised {}

/// A private key on its way to storage does not pass for a text by coercion.
///
/// ```compile_fail,E0308
/// # use grantflow::*;
/// # fn program(key: &Es256Key) {
/// let text: String = key.to_jwk();
/// # }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(key: &Es256Key) {
/// let text: Secret = key.to_jwk();
/// # }
/// ```
pub mod a_private_key_in_storage_is_a_secret {}

/// The inside of a private key is not read.
///
/// ```compile_fail,E0616
/// # use grantflow::*;
/// # fn program(key: &Es256Key) {
/// let inside = &key.key;
/// # }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(key: &Es256Key) {
/// let inside = key.public_jwk();
/// # }
/// ```
pub mod a_private_key_is_opaque {}

/// The randomness of a key makes that key only, and no `jti`.
///
/// ```compile_fail,E0382
/// # use grantflow::*;
/// # use std::sync::Arc;
/// # fn program(client: &Client, entropy: Entropy, other: Entropy) -> Result<(), Error> {
/// let key = Es256Key::generate(entropy)?;
/// let client = client.bound_to(Arc::new(key), entropy);
/// # Ok(()) }
/// ```
///
/// ```
/// # use grantflow::*;
/// # use std::sync::Arc;
/// # fn program(client: &Client, entropy: Entropy, other: Entropy) -> Result<(), Error> {
/// let key = Es256Key::generate(entropy)?;
/// let client = client.bound_to(Arc::new(key), other);
/// # Ok(()) }
/// ```
pub mod the_randomness_of_a_key_is_spent {}

/// Assertions are not switched on without randomness for their `jti`.
///
/// ```compile_fail,E0061
/// # use grantflow::*;
/// # fn program(secret: Secret, entropy: Entropy) {
/// let auth = ClientAuth::secret_jwt(secret);
/// # }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(secret: Secret, entropy: Entropy) {
/// let auth = ClientAuth::secret_jwt(secret, entropy);
/// # }
/// ```
pub mod an_assertion_needs_randomness {}
