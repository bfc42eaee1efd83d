//! Panics in surf's backends, as errors.

use grantflow::TransportError;
use std::{
    future::{Future, poll_fn},
    panic::{AssertUnwindSafe, catch_unwind},
    pin::pin,
    task::Poll,
};

/// Polls a future, and gives an error if it panics: surf does on a header byte beyond ASCII, and
/// with curl on a status that http-types does not know.
///
/// What the future borrows is shared with others, yet whole after a panic: a request is the only
/// thing that it changes, and that is gone.
pub(crate) async fn no_panic<T>(
    future: impl Future<Output = Result<T, TransportError>>,
) -> Result<T, TransportError> {
    let mut future = pin!(future);
    poll_fn(|context| {
        let polled = catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context)));
        polled.unwrap_or_else(|_| Poll::Ready(Err(TransportError::Stack(PANIC.into()))))
    })
    .await
}

const PANIC: &str = "surf panicked: a status or a header that it does not know";
