//! The authorization-code flow, state by state (RFC 6749 section 4.1).

mod authorization_request;
mod authorization_url;
mod authorized;
mod awaiting_callback;
mod code_received;
mod device;
mod grant;
mod pending;
mod push;
mod refresh;
mod response_mode;
mod revoke;
mod session_binding;
mod start;
mod step_up;
mod unstarted;

use crate::client::Client;
use core::fmt;

pub use authorization_url::AuthorizationUrl;
pub use authorized::Authorized;
pub use awaiting_callback::AwaitingCallback;
pub use code_received::CodeReceived;
pub use device::{DeviceAuthorization, DevicePoll};
pub use grant::Grant;
pub use pending::Pending;
pub use push::Push;
pub use refresh::Refresh;
pub use response_mode::ResponseMode;
pub use revoke::Revoke;
pub use session_binding::SessionBinding;
pub use start::Start;
pub use unstarted::Unstarted;

/// A login on its way, in one of four states: [`Unstarted`], [`AwaitingCallback`],
/// [`CodeReceived`], [`Authorized`].
///
/// The [crate page](crate) shows the way from one to the next.
///
/// A state holds exactly the data that it may use, and a step consumes it: what is out of order
/// does not compile. The exchange of the code is made by [`Exchange`](crate::Exchange), which
/// only `Flow<CodeReceived>` implements.
#[must_use = "a flow does nothing until its next step is taken"]
pub struct Flow<S: State> {
    client: Client,
    state: S,
}

/// A state of a [`Flow`]: [`Unstarted`], [`AwaitingCallback`], [`CodeReceived`] or [`Authorized`].
pub trait State: sealed::Sealed {
    /// The state's name, for `Debug`.
    #[doc(hidden)]
    const NAME: &'static str;
}

impl State for Unstarted {
    const NAME: &'static str = "Unstarted";
}

impl State for AwaitingCallback {
    const NAME: &'static str = "AwaitingCallback";
}

impl State for CodeReceived {
    const NAME: &'static str = "CodeReceived";
}

impl State for Authorized {
    const NAME: &'static str = "Authorized";
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Unstarted {}
    impl Sealed for super::AwaitingCallback {}
    impl Sealed for super::CodeReceived {}
    impl Sealed for super::Authorized {}
}

impl<S: State> Flow<S> {
    /// The client that the flow is of.
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.client
    }
}

/// Shows the state's name and nothing that it holds.
impl<S: State> fmt::Debug for Flow<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Flow<{}>", S::NAME)
    }
}
