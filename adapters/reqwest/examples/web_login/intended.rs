//! Forms that our own pages showed.

use crate::{app::App, trouble::Kind, visit::Visit};
use axum::{
    extract::{Form, FromRequest, FromRequestParts, Request},
    response::Response,
};
use grantflow::Secret;
use serde::Deserialize;
use std::sync::Arc;

/// A visit by a form that one of our own pages showed to this browser.
pub(crate) struct Intended(pub(crate) Visit);

#[derive(Deserialize)]
struct Sent {
    token: String,
}

impl FromRequest<Arc<App>> for Intended {
    type Rejection = Response;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let Ok(visit) = Visit::from_request_parts(&mut parts, app).await;
        match Form::<Sent>::from_request(Request::from_parts(parts, body), app).await {
            Ok(Form(Sent { token })) if is_same(&token, visit.form_token()) => Ok(Self(visit)),
            _ => Err(app.trouble(visit, &Kind::OldPage.into())),
        }
    }
}

/// `Secret` compares in constant time.
fn is_same(given: &str, own: &str) -> bool {
    Secret::new(given) == Secret::new(own)
}
