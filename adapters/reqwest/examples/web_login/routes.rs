//! What each address answers.

use crate::{
    app::App,
    intended::Intended,
    pages,
    trouble::{Kind, Trouble},
    visit::Visit,
};
use axum::{
    extract::State,
    http::{HeaderMap, Uri, header},
    response::{Html, IntoResponse, Redirect, Response},
};
use std::sync::Arc;

/// `GET /`
pub(crate) async fn home(
    State(app): State<Arc<App>>,
    mut visit: Visit,
    headers: HeaderMap,
    uri: Uri,
) -> Response {
    // Who begins at `localhost` would come back to `127.0.0.1` without a cookie.
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    if host.is_some_and(|host| app.is_elsewhere(host)) {
        return Redirect::to(&app.settings.base_url).into_response();
    }
    let page = match visit.tokens().await {
        Ok(Some(_)) => pages::connected(&app.settings, visit.form_token()),
        Ok(None) => {
            let has_disconnected = uri.query() == Some(DISCONNECTED);
            pages::home(&app.settings, has_disconnected, visit.form_token())
        }
        Err(trouble) => return app.trouble(visit, &trouble),
    };
    visit.answer(&app, Html(page))
}

/// `POST /login`: off to the server. 303 makes a GET of the POST.
pub(crate) async fn login(State(app): State<Arc<App>>, Intended(mut visit): Intended) -> Response {
    match app.begin_login(&mut visit).await {
        Ok(url) => visit.answer(&app, Redirect::to(url.as_str())),
        Err(trouble) => app.trouble(visit, &trouble),
    }
}

/// `GET /callback`: the browser is back. The redirect takes the code out of its address bar.
pub(crate) async fn callback(State(app): State<Arc<App>>, mut visit: Visit, uri: Uri) -> Response {
    let target = uri.path_and_query().map_or("", |target| target.as_str());
    let result = app.finish_login(&mut visit, target).await;
    go_to_photos(&app, visit, result)
}

/// `GET /profile`: the photos.
pub(crate) async fn profile(State(app): State<Arc<App>>, mut visit: Visit) -> Response {
    match app.fetch(&mut visit).await {
        Ok(None) => visit.answer(&app, Redirect::to("/")),
        Ok(Some(profile)) => {
            let page = pages::profile(&app.settings, &profile, visit.form_token());
            visit.answer(&app, Html(page))
        }
        Err(trouble) => app.trouble(visit, &trouble),
    }
}

/// `POST /refresh`: new tokens, whether they are needed or not.
pub(crate) async fn refresh(
    State(app): State<Arc<App>>,
    Intended(mut visit): Intended,
) -> Response {
    let result = app.refresh(&mut visit).await.map(|_| ());
    go_to_photos(&app, visit, result)
}

/// `POST /disconnect`: the tokens are forgotten.
pub(crate) async fn disconnect(
    State(app): State<Arc<App>>,
    Intended(mut visit): Intended,
) -> Response {
    match visit.renew(&app.settings.client).await {
        Ok(()) => visit.answer(&app, Redirect::to(&format!("/?{DISCONNECTED}"))),
        Err(trouble) => app.trouble(visit, &trouble),
    }
}

const DISCONNECTED: &str = "disconnected";

/// `GET /style.css`
pub(crate) async fn style() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], include_str!("style.css"))
}

/// Any other address.
pub(crate) async fn not_found(State(app): State<Arc<App>>, visit: Visit) -> Response {
    app.trouble(visit, &Kind::NotFound.into())
}

fn go_to_photos(app: &App, visit: Visit, result: Result<(), Trouble>) -> Response {
    match result {
        Ok(()) => visit.answer(app, Redirect::to("/profile")),
        Err(trouble) => app.trouble(visit, &trouble),
    }
}
