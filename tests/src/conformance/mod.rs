#![doc = include_str!("bind_your_own.md")]

mod answer;
mod any_client;
mod authority;
pub mod cases;
mod child;
mod identity;
mod origin;

use grantflow::{Exchange, Request, Response, RunError, TransportError};
use std::{sync::LazyLock, time::Duration};
use tokio::{
    runtime::{Builder, Runtime},
    sync::oneshot,
};

pub use answer::{Answer, End};
pub use authority::Authority;
pub use identity::Identity;
pub use origin::{Log, Origin, Received};

/// An HTTP stack that is bound to grantflow.
pub trait Adapter: Sized + Send + Sync + 'static {
    /// The name of the module that [`conformance!`](crate::conformance!) makes for it.
    const NAME: &'static str;
    /// Whether a second exchange may use the connection of the first.
    const KEEPS_CONNECTIONS: bool;

    /// A client with a timeout for the whole exchange. It trusts a root certificate, if it is
    /// given one in PEM.
    ///
    /// # Errors
    /// What the stack says.
    fn new(timeout: Duration, extra_root: Option<&str>) -> Result<Self, TransportError>;

    /// Sends one request and gives the reply, whatever its status.
    ///
    /// # Errors
    /// If there is no whole reply.
    fn send(&self, request: Request) -> Result<Response, TransportError>;

    /// Takes an exchange to its end.
    ///
    /// # Errors
    /// As [`grantflow::drive`].
    fn run<E: Exchange>(&self, exchange: E) -> Result<E::Output, RunError<E>>;
}

/// An [`Adapter`] whose sending is a future, which can be dropped.
pub trait AsyncAdapter: Adapter {
    /// Begins to send a request, and drops the future when told. [`drop_when`] does it.
    fn send_and_drop(&self, request: Request, when: oneshot::Receiver<()>);
}

/// Waits for a future, on a runtime that all asynchronous adapters share.
///
/// # Panics
/// If there is no runtime.
pub fn block_on<F: Future>(future: F) -> F::Output {
    static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
        let mut builder = Builder::new_multi_thread();
        builder.worker_threads(2).enable_all().build().expect("a runtime")
    });
    RUNTIME.block_on(future)
}

/// Polls a future until told, and drops it.
///
/// # Panics
/// If the future comes first.
pub fn drop_when<F: Future>(future: F, when: oneshot::Receiver<()>) {
    block_on(async {
        tokio::select! {
            biased;
            _ = when => {}
            _ = future => panic!("a reply came before the future was dropped"),
        }
    });
}

/// Instantiates every case for an adapter: `conformance!(blocking ureq: Ureq)`, or, for an
/// [`AsyncAdapter`], `conformance!(async reqwest: Reqwest)`.
#[macro_export]
macro_rules! conformance {
    (async $name:ident: $adapter:ident) => {
        $crate::conformance!(@module $name, $adapter, [
            dropped: a_dropped_future_ends_the_exchange,
            dropped: after_a_dropped_future_the_next_reply_is_its_own,
        ]);
    };
    (blocking $name:ident: $adapter:ident) => {
        $crate::conformance!(@module $name, $adapter, []);
    };
    (@module $name:ident, $adapter:ident, [$($more_file:ident: $more:ident,)*]) => {
        mod $name {
            use super::$adapter;
            $crate::conformance!(@tests $adapter;
                request: a_request_is_sent_as_it_is,
                request: every_method_is_sent,
                request: a_get_has_no_body,
                request: a_head_has_a_reply_without_body,
                request: an_empty_post_says_so,
                request: length_and_type_of_a_large_body_are_right,
                request: headers_cannot_be_injected,
                reply: every_status_is_a_reply,
                reply: headers_arrive_in_any_case_and_repeated,
                reply: no_header_is_made_up,
                reply: an_empty_body_is_empty,
                reply: a_204_is_a_reply,
                reply: a_chunked_body_arrives,
                reply: a_body_that_ends_with_the_connection_is_whole_or_an_error,
                reply: an_unknown_status_is_no_panic,
                reply: an_odd_header_byte_is_no_panic,
                redirect: redirects_are_replies,
                redirect: redirects_are_replies_on_tls,
                redirect: credentials_do_not_follow_to_another_origin,
                limit: a_body_at_the_limit_arrives,
                limit: a_body_over_the_limit_is_an_error,
                limit: a_chunked_body_over_the_limit_is_an_error,
                limit: a_body_without_length_over_the_limit_is_an_error,
                limit: a_gzip_bomb_does_not_go_off,
                limit: a_slow_header_is_cut_off,
                limit: a_slow_body_is_cut_off,
                limit: a_slow_body_is_cut_off_on_tls,
                fault: a_truncated_body_is_an_error,
                fault: a_truncated_body_is_an_error_on_tls,
                fault: a_truncated_chunked_body_is_an_error,
                fault: a_refused_connection_is_an_error,
                fault: a_reset_in_the_header_is_an_error,
                fault: a_reset_in_the_body_is_an_error,
                fault: what_is_no_http_is_an_error,
                fault: nothing_is_sent_twice,
                fault: nothing_is_sent_twice_on_a_kept_connection,
                fault: errors_show_no_secret,
                tls: a_root_of_the_callers_is_trusted,
                tls: an_unknown_authority_is_refused,
                tls: a_wrong_host_name_is_refused,
                tls: an_expired_certificate_is_refused,
                tls: the_host_name_is_checked_on_each_connection,
                connection: a_connection_is_kept_or_not_as_said,
                connection: cookies_are_not_kept,
                connection: after_a_timeout_the_next_reply_is_its_own,
                connection: after_a_capped_body_the_next_reply_is_its_own,
                environment: proxies_of_the_environment_are_not_used,
                exchange: a_login_a_refresh_and_a_call_run,
                exchange: a_refusal_is_the_protocols_error,
                exchange: a_transport_error_gives_the_exchange_back,
                exchange: run_waits_where_the_protocol_asks_to,
                $($more_file: $more,)*
            );
        }
    };
    (@tests $adapter:ident; $($file:ident: $case:ident,)*) => {
        $(
            #[test]
            fn $case() {
                $crate::conformance::cases::$file::$case::<$adapter>();
            }
        )*
    };
}
