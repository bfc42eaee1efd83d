//! Clients that sign an assertion (RFC 7523 section 2.2).

use super::login;
use crate::{expect::Done, scenario::Style, trial::Trial};

pub(super) fn secret(trial: &Trial<'_>) -> Done {
    login::whole(trial, "secret_jwt", Style::Jwt, "client_secret_jwt")
}

pub(super) fn key(trial: &Trial<'_>) -> Done {
    login::whole(trial, "key_jwt", Style::Jwt, "private_key_jwt")
}
