//! What a step makes cannot be made by hand.

/// `state` is made from randomness and cannot be set.
///
/// ```compile_fail,E0599
/// # use grantflow::*;
/// # fn program(flow: Flow<Unstarted>) -> Result<(), Error> {
/// let flow = flow.state("fixed")?;
/// # Ok(()) }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(flow: Flow<Unstarted>) -> Result<(), Error> {
/// let flow = flow.scope("fixed")?;
/// # Ok(()) }
/// ```
pub mod state_is_not_chosen {}

/// A flow with a code comes from a verified callback.
///
/// ```compile_fail,E0599
/// # use grantflow::*;
/// # fn program(awaiting: Flow<AwaitingCallback>, state: AwaitingCallback, callback: Callback, now: UnixTime) -> Result<(), Error> {
/// let code = CodeReceived::new(state, callback);
/// # Ok(()) }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(awaiting: Flow<AwaitingCallback>, state: AwaitingCallback, callback: Callback, now: UnixTime) -> Result<(), Error> {
/// let code = awaiting.receive(callback, now)?;
/// # Ok(()) }
/// ```
pub mod a_code_is_not_made_up {}

/// A flow is not put together from a client and a state.
///
/// ```compile_fail,E0451
/// # use grantflow::*;
/// # fn program(client: Client, state: Unstarted) {
/// let flow = Flow { client, state };
/// # }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(client: Client, state: Unstarted) {
/// let flow = Flow::new(&client);
/// # }
/// ```
pub mod a_flow_is_not_put_together {}

/// A pending flow comes from a flow that was suspended.
///
/// ```compile_fail,E0451
/// # use grantflow::*;
/// # fn program(flow: Flow<AwaitingCallback>, awaiting: AwaitingCallback, client: std::sync::Arc<str>, binding: SessionBinding) {
/// let pending = Pending { binding, client, awaiting };
/// # }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(flow: Flow<AwaitingCallback>, awaiting: AwaitingCallback, client: std::sync::Arc<str>, binding: SessionBinding) {
/// let pending = flow.suspend(&binding);
/// # }
/// ```
pub mod a_pending_flow_is_not_put_together {}

/// The authorization URL comes with `state` and PKCE inside.
///
/// ```compile_fail,E0423
/// # use grantflow::*;
/// # fn program(flow: Flow<Unstarted>, entropy: Entropy, now: UnixTime) -> Result<(), Error> {
/// let url = AuthorizationUrl("https://as.example/authorize".into());
/// # Ok(()) }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(flow: Flow<Unstarted>, entropy: Entropy, now: UnixTime) -> Result<(), Error> {
/// let (url, awaiting) = flow.redirect(entropy, now)?;
/// # Ok(()) }
/// ```
pub mod an_authorization_url_is_not_written_by_hand {}

/// The states of a flow are these four.
///
/// ```compile_fail,E0277
/// # use grantflow::*;
/// # fn program() {
/// struct Mine;
/// trait MyState {
///     const NAME: &'static str;
/// }
/// impl State for Mine {
///     const NAME: &'static str = "Mine";
/// }
/// # }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program() {
/// struct Mine;
/// trait MyState {
///     const NAME: &'static str;
/// }
/// impl MyState for Mine {
///     const NAME: &'static str = "Mine";
/// }
/// # }
/// ```
pub mod no_state_of_ones_own {}

/// There is no flow in any other state.
///
/// ```compile_fail,E0277
/// # use grantflow::*;
/// # fn program() {
/// struct Mine;
/// fn show(flow: &Flow<Mine>) {}
/// # }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program() {
/// struct Mine;
/// fn show(flow: &Flow<Unstarted>) {}
/// # }
/// ```
pub mod no_flow_in_a_state_of_ones_own {}

/// A call gets its token from a flow.
///
/// ```compile_fail,E0451
/// # use grantflow::*;
/// # fn program(flow: Flow<Authorized>, call: Call, request: Request) -> Result<(), Error> {
/// let call = Call { request, ..call };
/// # Ok(()) }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(flow: Flow<Authorized>, call: Call, request: Request) -> Result<(), Error> {
/// let call = flow.call(request)?;
/// # Ok(()) }
/// ```
pub mod a_call_is_not_put_together {}

/// Tokens come from a server, or are imported by a word that says so.
///
/// ```compile_fail,E0624
/// # use grantflow::*;
/// # fn program(client: &Client, tokens: &Tokens) -> Result<(), Error> {
/// let stored = StoredTokens::new("id", tokens);
/// # Ok(()) }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(client: &Client, tokens: &Tokens) -> Result<(), Error> {
/// let stored = StoredTokens::import("at", TokenType::Bearer)?;
/// # Ok(()) }
/// ```
pub mod tokens_are_not_put_together {}

/// A request that carries a credential is not turned to another host.
///
/// ```compile_fail,E0616
/// # use grantflow::*;
/// # fn program(call: &Call, now: UnixTime, url: SecureUrl) -> Result<(), Error> {
/// let mut request = call.request(now)?;
/// request.url = url;
/// # Ok(()) }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(call: &Call, now: UnixTime, url: SecureUrl) -> Result<(), Error> {
/// let mut request = call.request(now)?;
/// let sent_to = request.url();
/// # Ok(()) }
/// ```
pub mod a_request_keeps_its_url {}

/// A call's request is fixed once the token is attached.
///
/// ```compile_fail,E0599
/// # use grantflow::*;
/// # fn program(flow: Flow<Authorized>, request: Request) -> Result<(), Error> {
/// let call = flow.call(request)?.with_body("other");
/// # Ok(()) }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(flow: Flow<Authorized>, request: Request) -> Result<(), Error> {
/// let call = flow.call(request.with_body("other"))?;
/// # Ok(()) }
/// ```
pub mod a_call_keeps_its_request {}

/// The body that an exchange made is not written into.
///
/// ```compile_fail,E0594
/// # use grantflow::*;
/// # fn program(code: Flow<CodeReceived>, now: UnixTime) -> Result<(), Error> {
/// let mut request = code.request(now)?;
/// request.body()[0] = b'x';
/// # Ok(()) }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(code: Flow<CodeReceived>, now: UnixTime) -> Result<(), Error> {
/// let mut request = code.request(now)?;
/// let first = request.body()[0];
/// # Ok(()) }
/// ```
pub mod a_body_is_not_written_into {}

/// The tokens of a flow change by a refresh and not by assignment.
///
/// ```compile_fail,E0616
/// # use grantflow::*;
/// # fn program(flow: Flow<Authorized>, other: Secret) {
/// flow.tokens().access_token = other;
/// # }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(flow: Flow<Authorized>, other: Secret) {
/// let token = flow.tokens().access_token();
/// # }
/// ```
pub mod a_token_is_not_swapped {}
