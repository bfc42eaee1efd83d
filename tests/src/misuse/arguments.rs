//! What a step takes is not mistaken for something else.

/// Milliseconds are not taken for seconds: a time is a `UnixTime`.
///
/// ```compile_fail,E0308
/// # use grantflow::*;
/// # fn program(awaiting: Flow<AwaitingCallback>, callback: Callback) -> Result<(), Error> {
/// let code = awaiting.receive(callback, 1_700_000_000_000)?;
/// # Ok(()) }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(awaiting: Flow<AwaitingCallback>, callback: Callback) -> Result<(), Error> {
/// let code = awaiting.receive(callback, UnixTime::from_secs(1_700_000_000))?;
/// # Ok(()) }
/// ```
pub mod a_time_is_no_number {}

/// A flow that waits for the browser takes no reply of a server.
///
/// ```compile_fail,E0308
/// # use grantflow::*;
/// # fn program(awaiting: Flow<AwaitingCallback>, response: &Response, callback: Callback, now: UnixTime) -> Result<(), Error> {
/// let code = awaiting.receive(response, now)?;
/// # Ok(()) }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(awaiting: Flow<AwaitingCallback>, response: &Response, callback: Callback, now: UnixTime) -> Result<(), Error> {
/// let code = awaiting.receive(callback, now)?;
/// # Ok(()) }
/// ```
pub mod a_callback_is_no_reply {}

/// A resource's answer is not taken for tokens.
///
/// ```compile_fail,E0308
/// # use grantflow::*;
/// # fn program(call: Call, refresh: Refresh, response: &Response, now: UnixTime) -> Result<(), Error> {
/// let flow: Flow<Authorized> = call.receive(response, now)?;
/// # Ok(()) }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(call: Call, refresh: Refresh, response: &Response, now: UnixTime) -> Result<(), Error> {
/// let flow: Flow<Authorized> = refresh.receive(response, now)?;
/// # Ok(()) }
/// ```
pub mod a_call_grants_nothing {}

/// A callback that may have failed is not taken for a code.
///
/// ```compile_fail,E0308
/// # use grantflow::*;
/// # fn program(awaiting: Flow<AwaitingCallback>, callback: Callback, now: UnixTime) -> Result<(), Error> {
/// let code: Flow<CodeReceived> = awaiting.receive(callback, now);
/// # Ok(()) }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(awaiting: Flow<AwaitingCallback>, callback: Callback, now: UnixTime) -> Result<(), Error> {
/// let code: Flow<CodeReceived> = awaiting.receive(callback, now)?;
/// # Ok(()) }
/// ```
pub mod a_failure_is_not_a_code {}

/// A pending flow is not taken up without saying for which browser (login CSRF).
///
/// ```compile_fail,E0061
/// # use grantflow::*;
/// # fn program(client: &Client, pending: &Pending, binding: &SessionBinding) -> Result<(), Error> {
/// let awaiting = Flow::resume(client, pending)?;
/// # Ok(()) }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(client: &Client, pending: &Pending, binding: &SessionBinding) -> Result<(), Error> {
/// let awaiting = Flow::resume(client, pending, binding)?;
/// # Ok(()) }
/// ```
pub mod a_flow_wakes_up_in_a_browser_session {}

/// A pending flow is bound to a session by a digest and not by any text.
///
/// ```compile_fail,E0308
/// # use grantflow::*;
/// # fn program(awaiting: Flow<AwaitingCallback>) {
/// let pending = awaiting.suspend("session id");
/// # }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(awaiting: Flow<AwaitingCallback>) {
/// let pending = awaiting.suspend(&SessionBinding::new("session id"));
/// # }
/// ```
pub mod a_session_is_no_text {}

/// A login does not start without randomness.
///
/// ```compile_fail,E0061
/// # use grantflow::*;
/// # fn program(flow: Flow<Unstarted>, entropy: Entropy, now: UnixTime) -> Result<(), Error> {
/// let (url, awaiting) = flow.redirect(now)?;
/// # Ok(()) }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(flow: Flow<Unstarted>, entropy: Entropy, now: UnixTime) -> Result<(), Error> {
/// let (url, awaiting) = flow.redirect(entropy, now)?;
/// # Ok(()) }
/// ```
pub mod a_start_takes_randomness {}

/// A server's text does not reach a page or a log unescaped by coercion.
///
/// ```compile_fail,E0308
/// # use grantflow::*;
/// # fn program(text: &ServerText) {
/// let shown: &str = text;
/// # }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(text: &ServerText) {
/// let shown: &str = &text.to_string();
/// # }
/// ```
pub mod a_servers_text_is_no_text {}
