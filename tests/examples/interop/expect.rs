//! What the cases demand.

use grantflow::{ErrorCode, Exchange, RunError};
use std::{error::Error, iter::successors};

/// Whatever ends a case.
pub(crate) type Trouble = Box<dyn Error>;

/// How a case ends.
pub(crate) type Done = Result<(), Trouble>;

pub(crate) fn ensure(holds: bool, what: &str) -> Done {
    if holds { Ok(()) } else { Err(format!("not so: {what}").into()) }
}

/// An error with its causes, which HTTP stacks keep to themselves otherwise.
pub(crate) fn told(error: &dyn Error) -> Trouble {
    let causes = successors(error.source(), |&cause| cause.source());
    causes.fold(error.to_string(), |text, cause| format!("{text}: {cause}")).into()
}

/// The server must refuse, in those words.
pub(crate) fn refused<E: Exchange>(
    result: Result<E::Output, RunError<E>>,
    code: &ErrorCode,
) -> Done {
    match result.as_ref().map_err(RunError::error) {
        Err(Some(grantflow::Error::Refused(refusal))) if refusal.code() == code => Ok(()),
        Err(Some(other)) => Err(format!("expected {}: {other}", code.as_str()).into()),
        Err(None) => result.map(|_| ()).map_err(|error| told(&error)),
        Ok(_) => Err(format!("expected {}, but it came through", code.as_str()).into()),
    }
}

/// The resource server must turn the call away with that status.
pub(crate) fn turned_away<E: Exchange>(
    result: Result<E::Output, RunError<E>>,
    status: u16,
) -> Done {
    match result.as_ref().map_err(RunError::error) {
        Err(Some(grantflow::Error::Challenged(challenged))) if challenged.status() == status => {
            Ok(())
        }
        Err(Some(other)) => Err(format!("expected {status}: {other}").into()),
        Err(None) => result.map(|_| ()).map_err(|error| told(&error)),
        Ok(_) => Err(format!("expected {status}, but it came through").into()),
    }
}
