//! Around the code flow, too: what is pushed, polled, given back, asked or discovered.

/// A pushed login waits for nothing before the server has taken it (RFC 9126 section 2.2).
///
/// ```compile_fail,E0308
/// # use grantflow::*;
/// # fn program(flow: Flow<Unstarted>, entropy: Entropy, response: &Response, now: UnixTime) -> Result<(), Error> {
/// let awaiting: Flow<AwaitingCallback> = flow.push(entropy, now)?;
/// # Ok(()) }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(flow: Flow<Unstarted>, entropy: Entropy, response: &Response, now: UnixTime) -> Result<(), Error> {
/// let (url, awaiting): (_, Flow<AwaitingCallback>) = flow.push(entropy, now)?.receive(response, now)?;
/// # Ok(()) }
/// ```
pub mod a_pushed_login_waits_after_the_reply {}

/// A push takes one reply: a reference is good for one browser (RFC 9126 section 4).
///
/// ```compile_fail,E0382
/// # use grantflow::*;
/// # fn program(push: Push, response: &Response, now: UnixTime) -> Result<(), Error> {
/// let one = push.receive(response, now)?;
/// let two = push.receive(response, now)?;
/// # Ok(()) }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(push: Push, response: &Response, now: UnixTime) -> Result<(), Error> {
/// let one = push.receive(response, now)?;
/// # Ok(()) }
/// ```
pub mod a_push_is_settled_once {}

/// A push has no copy that could be settled too.
///
/// ```compile_fail,E0599
/// # use grantflow::*;
/// # fn program(push: Push) -> Result<(), Error> {
/// let copy = push.clone();
/// # Ok(()) }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(push: Push) -> Result<(), Error> {
/// let moved = push;
/// # Ok(()) }
/// ```
pub mod a_push_has_no_copy {}

/// A login that was pushed does not start a second time by the browser.
///
/// ```compile_fail,E0382
/// # use grantflow::*;
/// # fn program(client: &Client, flow: Flow<Unstarted>, one: Entropy, two: Entropy, now: UnixTime) -> Result<(), Error> {
/// let push = flow.push(one, now)?;
/// let redirect = flow.redirect(two, now)?;
/// # Ok(()) }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(client: &Client, flow: Flow<Unstarted>, one: Entropy, two: Entropy, now: UnixTime) -> Result<(), Error> {
/// let push = flow.push(one, now)?;
/// let redirect = Flow::new(client).redirect(two, now)?;
/// # Ok(()) }
/// ```
pub mod a_login_is_pushed_or_not {}

/// A device has nothing to show before the server has given it a code (RFC 8628 section 3.2).
///
/// ```compile_fail,E0599
/// # use grantflow::*;
/// # fn program(device: DeviceAuthorization, response: &Response, now: UnixTime) -> Result<(), Error> {
/// let code = device.user_code();
/// # Ok(()) }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(device: DeviceAuthorization, response: &Response, now: UnixTime) -> Result<(), Error> {
/// let poll = device.receive(response, now)?;
/// let code = poll.user_code();
/// # Ok(()) }
/// ```
pub mod a_device_shows_nothing_before_it_has_a_code {}

/// A code for the user is not taken for tokens.
///
/// ```compile_fail,E0308
/// # use grantflow::*;
/// # fn program(device: DeviceAuthorization, response: &Response, now: UnixTime) -> Result<(), Error> {
/// let flow: Flow<Authorized> = device.receive(response, now)?;
/// # Ok(()) }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(device: DeviceAuthorization, response: &Response, now: UnixTime) -> Result<(), Error> {
/// let poll: DevicePoll = device.receive(response, now)?;
/// # Ok(()) }
/// ```
pub mod a_device_has_no_tokens_before_its_user_decided {}

/// A device that has its tokens does not poll any more (RFC 8628 section 3.5).
///
/// ```compile_fail,E0382
/// # use grantflow::*;
/// # fn program(poll: DevicePoll, response: &Response, now: UnixTime) -> Result<(), Error> {
/// let flow = poll.receive(response, now)?;
/// let request = poll.request(now)?;
/// # Ok(()) }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(poll: DevicePoll, response: &Response, now: UnixTime) -> Result<(), Error> {
/// let request = poll.request(now)?;
/// let flow = poll.receive(response, now)?;
/// # Ok(()) }
/// ```
pub mod a_device_does_not_poll_after_the_end {}

/// A device does not poll faster than it was told (RFC 8628 section 3.5).
///
/// ```compile_fail,E0616
/// # use grantflow::*;
/// # fn program(mut poll: DevicePoll) -> Result<(), Error> {
/// poll.interval = 1;
/// # Ok(()) }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(mut poll: DevicePoll) -> Result<(), Error> {
/// let interval = poll.interval();
/// # Ok(()) }
/// ```
pub mod a_device_keeps_its_interval {}

/// The device code is shown to nobody; what the user types in is another one.
///
/// ```compile_fail,E0599
/// # use grantflow::*;
/// # fn program(poll: DevicePoll) -> Result<(), Error> {
/// let code = poll.device_code();
/// # Ok(()) }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(poll: DevicePoll) -> Result<(), Error> {
/// let code = poll.user_code();
/// # Ok(()) }
/// ```
pub mod a_device_code_is_not_read {}

/// Tokens that are given back are not used again (RFC 7009 section 2).
///
/// ```compile_fail,E0382
/// # use grantflow::*;
/// # fn program(flow: Flow<Authorized>, request: Request) -> Result<(), Error> {
/// let revoke = flow.revoke()?;
/// let call = flow.call(request)?;
/// # Ok(()) }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(flow: Flow<Authorized>, request: Request) -> Result<(), Error> {
/// let call = flow.call(request)?;
/// let revoke = flow.revoke()?;
/// # Ok(()) }
/// ```
pub mod tokens_that_are_given_back_are_not_used {}

/// Nor are they refreshed or given back twice.
///
/// ```compile_fail,E0382
/// # use grantflow::*;
/// # fn program(flow: Flow<Authorized>, response: &Response, now: UnixTime) -> Result<(), Error> {
/// let revoke = flow.revoke()?;
/// let refresh = flow.refresh()?;
/// # Ok(()) }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(flow: Flow<Authorized>, response: &Response, now: UnixTime) -> Result<(), Error> {
/// let refresh = flow.refresh()?;
/// let revoke = refresh.receive(response, now)?.revoke()?;
/// # Ok(()) }
/// ```
pub mod tokens_that_are_given_back_are_not_refreshed {}

/// A token that is not good has no claims (RFC 7662 section 2.2).
///
/// ```compile_fail,E0599
/// # use grantflow::*;
/// # fn program(answer: Introspection) -> Result<(), Error> {
/// let claims: serde_json::Value = answer.claims().unwrap_or_default();
/// # Ok(()) }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(answer: Introspection) -> Result<(), Error> {
/// if let Introspection::Active(token) = answer {
///     let claims: serde_json::Value = token.claims().unwrap_or_default();
/// }
/// # Ok(()) }
/// ```
pub mod a_token_that_is_not_good_has_no_claims {}

/// A good token is what a server says, and has no constructor.
///
/// ```compile_fail,E0451
/// # use grantflow::*;
/// # fn program(answer: Introspection, response: Response) -> Result<(), Error> {
/// let token = ActiveToken { expires_at: None, response };
/// # Ok(()) }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(answer: Introspection, response: Response) -> Result<(), Error> {
/// let Introspection::Active(token) = answer else { return Ok(()) };
/// # Ok(()) }
/// ```
pub mod a_good_token_is_not_made_up {}

/// An issuer is not a server before it was asked and its document compared (RFC 8414 section 3.3).
///
/// ```compile_fail,E0308
/// # use grantflow::*;
/// # fn program(discover: Discover, response: &Response, now: UnixTime) -> Result<(), Error> {
/// let client = Client::public(discover, "id");
/// # Ok(()) }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(discover: Discover, response: &Response, now: UnixTime) -> Result<(), Error> {
/// let client = Client::public(discover.receive(response, now)?, "id");
/// # Ok(()) }
/// ```
pub mod an_issuer_is_asked_before_its_server_is_used {}

/// What a resource says of itself is not put together (RFC 9728 section 3.3).
///
/// ```compile_fail,E0616
/// # use grantflow::*;
/// # fn program(mut metadata: ResourceMetadata, other: Issuer) -> Result<(), Error> {
/// metadata.authorization_servers.push(other);
/// # Ok(()) }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(mut metadata: ResourceMetadata, other: Issuer) -> Result<(), Error> {
/// let servers = metadata.authorization_servers();
/// # Ok(()) }
/// ```
pub mod a_resource_describes_itself {}

/// A login that begins as the server wants may have to be pushed first: there is no URL before
/// that is looked at (RFC 9126 section 5).
///
/// ```compile_fail,E0308
/// # use grantflow::*;
/// # fn program(flow: Flow<Unstarted>, entropy: Entropy, now: UnixTime) -> Result<(), Error> {
/// let (url, awaiting) = flow.start(entropy, now)?;
/// # Ok(()) }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(flow: Flow<Unstarted>, entropy: Entropy, response: &Response, now: UnixTime) -> Result<(), Error> {
/// let (url, awaiting) = match flow.start(entropy, now)? {
///     Start::Redirect(url, awaiting) => (url, awaiting),
///     Start::Push(push) => push.receive(response, now)?,
/// };
/// # Ok(()) }
/// ```
pub mod a_start_may_be_a_push {}
