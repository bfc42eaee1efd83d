//! What is spent is gone.

/// A code is exchanged once (RFC 6749 section 4.1.2).
///
/// ```compile_fail,E0382
/// # use grantflow::*;
/// # fn program(code: Flow<CodeReceived>, response: &Response, now: UnixTime) -> Result<(), Error> {
/// let flow = code.receive(response, now)?;
/// let flow = code.receive(response, now)?;
/// # Ok(()) }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(code: Flow<CodeReceived>, response: &Response, now: UnixTime) -> Result<(), Error> {
/// let flow = code.receive(response, now)?;
/// # Ok(()) }
/// ```
pub mod a_code_is_used_once {}

/// A flow with a code has no copy that could be exchanged too.
///
/// ```compile_fail,E0599
/// # use grantflow::*;
/// # fn program(code: Flow<CodeReceived>) {
/// let copy = code.clone();
/// # }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(code: Flow<CodeReceived>) {
/// let moved = code;
/// # }
/// ```
pub mod a_code_has_no_copy {}

/// A flow that waits has no copy that could take the callback a second time.
///
/// ```compile_fail,E0599
/// # use grantflow::*;
/// # fn program(awaiting: Flow<AwaitingCallback>) {
/// let copy = awaiting.clone();
/// # }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(awaiting: Flow<AwaitingCallback>) {
/// let moved = awaiting;
/// # }
/// ```
pub mod a_waiting_flow_has_no_copy {}

/// A flow with tokens has no copy that could be refreshed at the same time.
///
/// ```compile_fail,E0599
/// # use grantflow::*;
/// # fn program(flow: Flow<Authorized>) {
/// let copy = flow.clone();
/// # }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(flow: Flow<Authorized>) {
/// let stored = flow.store().clone();
/// # }
/// ```
pub mod a_finished_flow_has_no_copy {}

/// A flow starts one login, so no two share `state` or `code_verifier`.
///
/// ```compile_fail,E0382
/// # use grantflow::*;
/// # fn program(flow: Flow<Unstarted>, client: &Client, one: Entropy, two: Entropy, now: UnixTime) -> Result<(), Error> {
/// let first = flow.redirect(one, now)?;
/// let second = flow.redirect(two, now)?;
/// # Ok(()) }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(flow: Flow<Unstarted>, client: &Client, one: Entropy, two: Entropy, now: UnixTime) -> Result<(), Error> {
/// let first = flow.redirect(one, now)?;
/// let second = Flow::new(client).redirect(two, now)?;
/// # Ok(()) }
/// ```
pub mod a_flow_starts_one_login {}

/// Randomness is used for one login.
///
/// ```compile_fail,E0382
/// # use grantflow::*;
/// # fn program(client: &Client, entropy: Entropy, other: Entropy, now: UnixTime) -> Result<(), Error> {
/// let one = Flow::new(client).redirect(entropy, now)?;
/// let two = Flow::new(client).redirect(entropy, now)?;
/// # Ok(()) }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(client: &Client, entropy: Entropy, other: Entropy, now: UnixTime) -> Result<(), Error> {
/// let one = Flow::new(client).redirect(entropy, now)?;
/// let two = Flow::new(client).redirect(other, now)?;
/// # Ok(()) }
/// ```
pub mod entropy_is_spent_once {}

/// Randomness cannot be copied.
///
/// ```compile_fail,E0599
/// # use grantflow::*;
/// # fn program(entropy: Entropy) {
/// let copy = entropy.clone();
/// # }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(entropy: Entropy) {
/// let moved = entropy;
/// # }
/// ```
pub mod entropy_has_no_copy {}

/// A second callback finds no flow that waits for it.
///
/// ```compile_fail,E0382
/// # use grantflow::*;
/// # fn program(awaiting: Flow<AwaitingCallback>, callback: Callback, now: UnixTime) -> Result<(), Error> {
/// let code = awaiting.receive(callback.clone(), now)?;
/// let code = awaiting.receive(callback, now)?;
/// # Ok(()) }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(awaiting: Flow<AwaitingCallback>, callback: Callback, now: UnixTime) -> Result<(), Error> {
/// let code = awaiting.receive(callback, now)?;
/// # Ok(()) }
/// ```
pub mod a_waiting_flow_takes_one_callback {}

/// A suspended flow is not at the same time awake in memory.
///
/// ```compile_fail,E0382
/// # use grantflow::*;
/// # fn program(client: &Client, awaiting: Flow<AwaitingCallback>, binding: &SessionBinding, callback: Callback, now: UnixTime) -> Result<(), Error> {
/// let pending = awaiting.suspend(binding);
/// let code = awaiting.receive(callback, now)?;
/// # Ok(()) }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(client: &Client, awaiting: Flow<AwaitingCallback>, binding: &SessionBinding, callback: Callback, now: UnixTime) -> Result<(), Error> {
/// let pending = awaiting.suspend(binding);
/// let code = Flow::resume(client, &pending, binding)?.receive(callback, now)?;
/// # Ok(()) }
/// ```
pub mod a_sleeping_flow_is_not_awake_too {}

/// While tokens are refreshed, the old ones are not in use.
///
/// ```compile_fail,E0382
/// # use grantflow::*;
/// # fn program(flow: Flow<Authorized>, request: Request) -> Result<(), Error> {
/// let refresh = flow.refresh()?;
/// let call = flow.call(request)?;
/// # Ok(()) }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(flow: Flow<Authorized>, request: Request) -> Result<(), Error> {
/// let refresh = flow.refresh()?;
/// let call = refresh.into_flow().call(request)?;
/// # Ok(()) }
/// ```
pub mod old_tokens_are_gone_while_they_are_refreshed {}

/// No two refreshes of one token are on their way: the server may take the second for theft.
///
/// ```compile_fail,E0382
/// # use grantflow::*;
/// # fn program(flow: Flow<Authorized>, response: &Response, now: UnixTime) -> Result<(), Error> {
/// let one = flow.refresh()?;
/// let two = flow.refresh()?;
/// # Ok(()) }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(flow: Flow<Authorized>, response: &Response, now: UnixTime) -> Result<(), Error> {
/// let one = flow.refresh()?;
/// let two = one.receive(response, now)?.refresh()?;
/// # Ok(()) }
/// ```
pub mod a_flow_is_refreshed_by_one_request_at_a_time {}

/// A refresh takes one reply.
///
/// ```compile_fail,E0382
/// # use grantflow::*;
/// # fn program(refresh: Refresh, response: &Response, now: UnixTime) -> Result<(), Error> {
/// let flow = refresh.receive(response, now)?;
/// let flow = refresh.receive(response, now)?;
/// # Ok(()) }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(refresh: Refresh, response: &Response, now: UnixTime) -> Result<(), Error> {
/// let flow = refresh.receive(response, now)?;
/// # Ok(()) }
/// ```
pub mod a_refresh_is_settled_once {}
