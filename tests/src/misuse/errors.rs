//! What went wrong is not overlooked.

/// A program that sorts errors says what becomes of those to come.
///
/// ```compile_fail,E0004
/// # use grantflow::*;
/// # fn program(error: Error) {
/// let ours = match error {
///     Error::Config(_) | Error::Stored(_) => true,
///     Error::Callback(_) | Error::Refused(_) => false,
///     Error::Challenged(_) | Error::Protocol(_) => false,
/// };
/// # }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(error: Error) {
/// let ours = match error {
///     Error::Config(_) | Error::Stored(_) => true,
///     _ => false,
/// };
/// # }
/// ```
pub mod an_error_may_be_a_new_one {}

/// A program that sorts error codes says what becomes of a server's own.
///
/// ```compile_fail,E0004
/// # use grantflow::*;
/// # fn program(code: ErrorCode) {
/// let again = match code {
///     ErrorCode::InvalidGrant => true,
/// };
/// # }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(code: ErrorCode) {
/// let again = match code {
///     ErrorCode::InvalidGrant => true,
///     _ => false,
/// };
/// # }
/// ```
pub mod an_error_code_may_be_a_new_one {}

/// A program that handles a failure forgets none of its three kinds.
///
/// ```compile_fail,E0004
/// # use grantflow::*;
/// # fn program(failure: Failure<Flow<CodeReceived>>) {
/// let left = match failure {
///     Failure::Over(_) => None,
///     Failure::Later { state, .. } => Some(state),
/// };
/// # }
/// ```
///
/// ```
/// # use grantflow::*;
/// # fn program(failure: Failure<Flow<CodeReceived>>) {
/// let left = match failure {
///     Failure::Over(_) => None,
///     Failure::Later { state, .. } | Failure::Again { state, .. } => Some(state),
/// };
/// # }
/// ```
pub mod a_failure_is_one_of_three {}
