//! Secrets stay where they are.

/// A secret reaches no log by `{}`; whoever wants it writes `expose`.
///
/// ```compile_fail,E0277
/// # use grantflow::*;
/// # fn program(secret: &Secret) {
/// let text = format!("{secret}");
/// # }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(secret: &Secret) {
/// let text = format!("{}", secret.expose());
/// # }
/// ```
pub mod a_secret_is_not_printed {}

/// A secret is not serialised along with whatever holds it.
///
/// ```compile_fail,E0277
/// # use grantflow::*;
/// # fn program(secret: &Secret) {
/// let json = serde_json::to_string(secret);
/// # }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(secret: &Secret) {
/// let json = serde_json::to_string(secret.expose());
/// # }
/// ```
pub mod a_secret_is_not_serialised {}

/// A secret does not pass for a text by coercion.
///
/// ```compile_fail,E0308
/// # use grantflow::*;
/// # fn program(secret: &Secret) {
/// let text: &str = secret;
/// # }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(secret: &Secret) {
/// let text: &str = secret.expose();
/// # }
/// ```
pub mod a_secret_is_not_a_text {}

/// A secret is compared in constant time, hence with another secret only.
///
/// ```compile_fail,E0308
/// # use grantflow::*;
/// # fn program(secret: &Secret) {
/// let equal = *secret == "gX1fBat3bV";
/// # }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(secret: &Secret) {
/// let equal = *secret == Secret::from("gX1fBat3bV");
/// # }
/// ```
pub mod a_secret_is_compared_with_a_secret {}

/// Tokens are serialised by explicit choice, in a form that can be taken up again.
///
/// ```compile_fail,E0277
/// # use grantflow::*;
/// # fn program(flow: Flow<Authorized>) {
/// let json = serde_json::to_string(flow.tokens());
/// # }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(flow: Flow<Authorized>) {
/// let json = serde_json::to_string(&flow.store());
/// # }
/// ```
pub mod tokens_are_not_serialised_in_passing {}

/// A flow with its code is not serialised; what sleeps is a `Pending`.
///
/// ```compile_fail,E0277
/// # use grantflow::*;
/// # fn program(code: Flow<CodeReceived>, pending: &Pending) {
/// let json = serde_json::to_string(&code);
/// # }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(code: Flow<CodeReceived>, pending: &Pending) {
/// let json = serde_json::to_string(pending);
/// # }
/// ```
pub mod a_flow_is_not_serialised {}

/// The authorization URL, which holds `state`, reaches no log by `{}`.
///
/// ```compile_fail,E0277
/// # use grantflow::*;
/// # fn program(url: &AuthorizationUrl) {
/// let text = format!("{url}");
/// # }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(url: &AuthorizationUrl) {
/// let text = format!("{}", url.as_str());
/// # }
/// ```
pub mod the_url_with_state_is_not_printed {}

/// A pending flow, which holds the verifier, reaches no log by `{}`.
///
/// ```compile_fail,E0277
/// # use grantflow::*;
/// # fn program(pending: &Pending) {
/// let text = format!("{pending}");
/// # }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(pending: &Pending) {
/// let text = format!("{pending:?}");
/// # }
/// ```
pub mod a_pending_flow_is_not_printed {}

/// What a pending flow holds is for `resume` alone.
///
/// ```compile_fail,E0616
/// # use grantflow::*;
/// # fn program(client: &Client, pending: &Pending, binding: &SessionBinding) -> Result<(), Error> {
/// let awaiting = pending.awaiting.clone();
/// # Ok(()) }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(client: &Client, pending: &Pending, binding: &SessionBinding) -> Result<(), Error> {
/// let awaiting = Flow::resume(client, pending, binding)?;
/// # Ok(()) }
/// ```
pub mod a_pending_flow_is_opaque {}

/// The `code_verifier` goes to the token endpoint and nowhere else.
///
/// ```compile_fail,E0624
/// # use grantflow::*;
/// # fn program(code: Flow<CodeReceived>) {
/// let value = code.verifier();
/// # }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(code: Flow<CodeReceived>) {
/// let value = code.iss();
/// # }
/// ```
pub mod the_verifier_is_not_read {}

/// The code goes to the token endpoint and nowhere else.
///
/// ```compile_fail,E0624
/// # use grantflow::*;
/// # fn program(code: Flow<CodeReceived>) {
/// let value = code.code();
/// # }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(code: Flow<CodeReceived>) {
/// let value = code.iss();
/// # }
/// ```
pub mod the_code_is_not_read {}

/// `state` is compared by the flow and not by the program.
///
/// ```compile_fail,E0616
/// # use grantflow::*;
/// # fn program(awaiting: Flow<AwaitingCallback>) {
/// let state = &awaiting.state;
/// # }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(awaiting: Flow<AwaitingCallback>) {
/// let client = awaiting.client();
/// # }
/// ```
pub mod the_state_is_not_read {}

/// Nothing of a callback is used before `state` and `iss` held.
///
/// ```compile_fail,E0624
/// # use grantflow::*;
/// # fn program(awaiting: Flow<AwaitingCallback>, callback: Callback, now: UnixTime) -> Result<(), Error> {
/// let extra: Vec<_> = callback.iter().collect();
/// # Ok(()) }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(awaiting: Flow<AwaitingCallback>, callback: Callback, now: UnixTime) -> Result<(), Error> {
/// let code = awaiting.receive(callback, now)?;
/// let extra: Vec<_> = code.extra().collect();
/// # Ok(()) }
/// ```
pub mod a_callback_is_not_read_before_it_is_verified {}

/// The randomness of a login is not looked at.
///
/// ```compile_fail,E0616
/// # use grantflow::*;
/// # fn program(entropy: Entropy) {
/// let shown = entropy.0;
/// # }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(entropy: Entropy) {
/// let shown = Entropy::LEN;
/// # }
/// ```
pub mod the_octets_of_entropy_are_not_read {}
