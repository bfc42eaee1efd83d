//! What the cases demand.

use grantflow::{Error, ErrorCode, Exchange, RunError};

/// Whatever ends a case.
pub(crate) type Trouble = Box<dyn std::error::Error>;

/// How a case ends.
pub(crate) type Done = Result<(), Trouble>;

pub(crate) fn ensure(holds: bool, what: &str) -> Done {
    if holds { Ok(()) } else { Err(format!("not so: {what}").into()) }
}

/// The server must refuse, in those words.
pub(crate) fn refused<E: Exchange>(
    result: Result<E::Output, RunError<E>>,
    code: &ErrorCode,
) -> Done {
    match result.as_ref().map_err(RunError::error) {
        Err(Some(Error::Refused(refusal))) if refusal.code() == code => Ok(()),
        Err(Some(other)) => Err(format!("expected {}: {other}", code.as_str()).into()),
        Err(None) => result.map(|_| ()).map_err(|error| error.to_string().into()),
        Ok(_) => Err(format!("expected {}, but it came through", code.as_str()).into()),
    }
}

/// The resource server must turn the call away with that status.
pub(crate) fn turned_away<E: Exchange>(
    result: Result<E::Output, RunError<E>>,
    status: u16,
) -> Done {
    match result.as_ref().map_err(RunError::error) {
        Err(Some(Error::Challenged(challenged))) if challenged.status() == status => Ok(()),
        Err(Some(other)) => Err(format!("expected {status}: {other}").into()),
        Err(None) => result.map(|_| ()).map_err(|error| error.to_string().into()),
        Ok(_) => Err(format!("expected {status}, but it came through").into()),
    }
}
