//! The steps of a flow come in one order.

/// A flow whose browser was never sent away has nothing to exchange.
///
/// ```compile_fail,E0599
/// # use grantflow::*;
/// # fn program(flow: Flow<Unstarted>, code: Flow<CodeReceived>, now: UnixTime) -> Result<(), Error> {
/// let request = flow.request(now)?;
/// # Ok(()) }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(flow: Flow<Unstarted>, code: Flow<CodeReceived>, now: UnixTime) -> Result<(), Error> {
/// let request = code.request(now)?;
/// # Ok(()) }
/// ```
pub mod an_unstarted_flow_has_no_code_to_exchange {}

/// A code is exchanged only after `state` and `iss` of its callback held.
///
/// ```compile_fail,E0277
/// # use grantflow::*;
/// # fn program(awaiting: Flow<AwaitingCallback>, callback: Callback, now: UnixTime) -> Result<(), Error> {
/// fn send(exchange: impl Exchange, now: UnixTime) -> Result<Request, Error> {
///     exchange.request(now)
/// }
/// let request = send(awaiting, now)?;
/// # Ok(()) }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(awaiting: Flow<AwaitingCallback>, callback: Callback, now: UnixTime) -> Result<(), Error> {
/// fn send(exchange: impl Exchange, now: UnixTime) -> Result<Request, Error> {
///     exchange.request(now)
/// }
/// let request = send(awaiting.receive(callback, now)?, now)?;
/// # Ok(()) }
/// ```
pub mod a_code_is_exchanged_after_its_callback_was_verified {}

/// A callback is no way to begin: a flow that was not started takes none.
///
/// ```compile_fail,E0599
/// # use grantflow::*;
/// # fn program(flow: Flow<Unstarted>, awaiting: Flow<AwaitingCallback>, callback: Callback, now: UnixTime) -> Result<(), Error> {
/// let code = flow.receive(callback, now)?;
/// # Ok(()) }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(flow: Flow<Unstarted>, awaiting: Flow<AwaitingCallback>, callback: Callback, now: UnixTime) -> Result<(), Error> {
/// let code = awaiting.receive(callback, now)?;
/// # Ok(()) }
/// ```
pub mod a_callback_needs_a_start {}

/// A flow that has its code takes no second callback.
///
/// ```compile_fail,E0308
/// # use grantflow::*;
/// # fn program(code: Flow<CodeReceived>, callback: Callback, response: &Response, now: UnixTime) -> Result<(), Error> {
/// let flow = code.receive(callback, now)?;
/// # Ok(()) }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(code: Flow<CodeReceived>, callback: Callback, response: &Response, now: UnixTime) -> Result<(), Error> {
/// let flow = code.receive(response, now)?;
/// # Ok(()) }
/// ```
pub mod a_callback_is_taken_once {}

/// A flow that has its tokens takes no callback that would put others in their place.
///
/// ```compile_fail,E0599
/// # use grantflow::*;
/// # fn program(flow: Flow<Authorized>, awaiting: Flow<AwaitingCallback>, callback: Callback, now: UnixTime) -> Result<(), Error> {
/// let code = flow.receive(callback, now)?;
/// # Ok(()) }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(flow: Flow<Authorized>, awaiting: Flow<AwaitingCallback>, callback: Callback, now: UnixTime) -> Result<(), Error> {
/// let code = awaiting.receive(callback, now)?;
/// # Ok(()) }
/// ```
pub mod a_finished_flow_takes_no_callback {}

/// A resource is called only with tokens at hand.
///
/// ```compile_fail,E0599
/// # use grantflow::*;
/// # fn program(code: Flow<CodeReceived>, response: &Response, now: UnixTime, request: Request) -> Result<(), Error> {
/// let call = code.call(request)?;
/// # Ok(()) }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(code: Flow<CodeReceived>, response: &Response, now: UnixTime, request: Request) -> Result<(), Error> {
/// let call = code.receive(response, now)?.call(request)?;
/// # Ok(()) }
/// ```
pub mod no_call_before_the_tokens_are_there {}

/// Only a flow with tokens can be refreshed.
///
/// ```compile_fail,E0599
/// # use grantflow::*;
/// # fn program(code: Flow<CodeReceived>, response: &Response, now: UnixTime) -> Result<(), Error> {
/// let refresh = code.refresh()?;
/// # Ok(()) }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(code: Flow<CodeReceived>, response: &Response, now: UnixTime) -> Result<(), Error> {
/// let refresh = code.receive(response, now)?.refresh()?;
/// # Ok(()) }
/// ```
pub mod no_refresh_before_the_tokens_are_there {}

/// There are no tokens to look at before the exchange.
///
/// ```compile_fail,E0599
/// # use grantflow::*;
/// # fn program(awaiting: Flow<AwaitingCallback>, flow: Flow<Authorized>) {
/// let tokens = awaiting.tokens();
/// # }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(awaiting: Flow<AwaitingCallback>, flow: Flow<Authorized>) {
/// let tokens = flow.tokens();
/// # }
/// ```
pub mod no_tokens_before_the_exchange {}

/// Only granted tokens can be stored.
///
/// ```compile_fail,E0599
/// # use grantflow::*;
/// # fn program(code: Flow<CodeReceived>, flow: Flow<Authorized>) {
/// let stored = code.store();
/// # }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(code: Flow<CodeReceived>, flow: Flow<Authorized>) {
/// let stored = flow.store();
/// # }
/// ```
pub mod nothing_to_store_before_the_exchange {}

/// A flow is suspended while the browser is away, and not with its code at hand.
///
/// ```compile_fail,E0599
/// # use grantflow::*;
/// # fn program(awaiting: Flow<AwaitingCallback>, code: Flow<CodeReceived>, binding: &SessionBinding) {
/// let pending = code.suspend(binding);
/// # }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(awaiting: Flow<AwaitingCallback>, code: Flow<CodeReceived>, binding: &SessionBinding) {
/// let pending = awaiting.suspend(binding);
/// # }
/// ```
pub mod a_code_is_not_put_to_sleep {}

/// A finished flow cannot be suspended: its tokens are stored, by another verb.
///
/// ```compile_fail,E0599
/// # use grantflow::*;
/// # fn program(flow: Flow<Authorized>, binding: &SessionBinding) {
/// let kept = flow.suspend(binding);
/// # }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(flow: Flow<Authorized>, binding: &SessionBinding) {
/// let kept = flow.store();
/// # }
/// ```
pub mod a_finished_flow_is_not_put_to_sleep {}

/// What was asked for is fixed once the browser left.
///
/// ```compile_fail,E0599
/// # use grantflow::*;
/// # fn program(flow: Flow<Unstarted>, awaiting: Flow<AwaitingCallback>) -> Result<(), Error> {
/// let flow = awaiting.scope("admin")?;
/// # Ok(()) }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(flow: Flow<Unstarted>, awaiting: Flow<AwaitingCallback>) -> Result<(), Error> {
/// let flow = flow.scope("admin")?;
/// # Ok(()) }
/// ```
pub mod a_started_flow_asks_for_nothing_more {}

/// A flow sends the browser away once.
///
/// ```compile_fail,E0599
/// # use grantflow::*;
/// # fn program(flow: Flow<Unstarted>, awaiting: Flow<AwaitingCallback>, entropy: Entropy, now: UnixTime) -> Result<(), Error> {
/// let (url, awaiting) = awaiting.redirect(entropy, now)?;
/// # Ok(()) }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(flow: Flow<Unstarted>, awaiting: Flow<AwaitingCallback>, entropy: Entropy, now: UnixTime) -> Result<(), Error> {
/// let (url, awaiting) = flow.redirect(entropy, now)?;
/// # Ok(()) }
/// ```
pub mod a_browser_is_sent_away_once {}

/// A step-up begins with tokens that were not enough (RFC 9470 section 4).
///
/// ```compile_fail,E0599
/// # use grantflow::*;
/// # fn program(code: Flow<CodeReceived>, challenged: &Challenged, now: UnixTime) -> Result<(), Error> {
/// let login = code.step_up(challenged, now)?;
/// # Ok(()) }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(flow: Flow<Authorized>, challenged: &Challenged, now: UnixTime) -> Result<(), Error> {
/// let login = flow.step_up(challenged, now)?;
/// # Ok(()) }
/// ```
pub mod a_step_up_needs_tokens {}

/// A step-up is a login like any other: no call is made before its callback (RFC 9470 section 4).
///
/// ```compile_fail,E0599
/// # use grantflow::*;
/// # fn program(flow: Flow<Authorized>, challenged: &Challenged, request: Request, now: UnixTime) -> Result<(), Error> {
/// let call = flow.step_up(challenged, now)?.call(request)?;
/// # Ok(()) }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(flow: Flow<Authorized>, challenged: &Challenged, request: Request, now: UnixTime) -> Result<(), Error> {
/// let login: Flow<Unstarted> = flow.step_up(challenged, now)?;
/// let call = flow.call(request)?;
/// # Ok(()) }
/// ```
pub mod a_step_up_is_another_login {}
