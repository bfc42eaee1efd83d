//! The application: what its pages share, and its routes.

use crate::{
    pages, routes,
    settings::{CALLBACK, Settings},
    trouble::Trouble,
    visit::{Keeper, Visit},
};
use axum::{
    Router,
    extract::State,
    http::{HeaderName, HeaderValue, header},
    middleware,
    response::{Html, IntoResponse, Response},
    routing::{get, post},
};
use grantflow::SecureUrl;
use grantflow_reqwest::Http;
use std::{fmt, io, net::TcpListener, sync::Arc};

pub(crate) struct App {
    pub(crate) settings: Settings,
    pub(crate) http: Http,
    pub(crate) keeper: Keeper,
    content_security_policy: HeaderValue,
    is_verbose: bool,
}

impl App {
    pub(crate) fn new(settings: Settings, http: Http, keeper: Keeper, is_verbose: bool) -> Self {
        let policy = content_security_policy(&settings);
        Self {
            content_security_policy: HeaderValue::try_from(policy).expect("origins are ASCII"),
            http,
            is_verbose,
            keeper,
            settings,
        }
    }

    pub(crate) async fn serve(self, listener: TcpListener) -> io::Result<()> {
        listener.set_nonblocking(true)?;
        axum::serve(tokio::net::TcpListener::from_std(listener)?, self.router()).await
    }

    fn router(self) -> Router {
        let app = Arc::new(self);
        Router::new()
            .route("/", get(routes::home))
            .route("/login", post(routes::login))
            .route(CALLBACK, get(routes::callback))
            .route("/profile", get(routes::profile))
            .route("/refresh", post(routes::refresh))
            .route("/disconnect", post(routes::disconnect))
            .route("/style.css", get(routes::style))
            .fallback(routes::not_found)
            .layer(middleware::map_response_with_state(app.clone(), harden))
            .with_state(app)
    }

    /// The page that tells what went wrong.
    pub(crate) fn trouble(&self, visit: Visit, trouble: &Trouble) -> Response {
        let words = trouble.kind.words(&self.settings.server_name);
        let detail = trouble.detail.as_deref();
        self.step(format_args!("{:?}, because: {}", words.title, detail.unwrap_or("-")));
        let page = pages::trouble(&words, detail, visit.form_token());
        visit.answer(self, (words.status, Html(page)))
    }

    /// Prints a step of the flow, if asked to.
    pub(crate) fn step(&self, text: fmt::Arguments<'_>) {
        if self.is_verbose {
            println!("  app      {text}");
        }
    }

    /// Whether a browser sees us at another host. Behind a proxy that is the proxy's business.
    pub(crate) fn is_elsewhere(&self, host: &str) -> bool {
        self.settings.base_url.strip_prefix("http://").is_some_and(|own| own != host)
    }

    pub(crate) fn is_https(&self) -> bool {
        self.settings.base_url.starts_with("https:")
    }
}

fn content_security_policy(settings: &Settings) -> String {
    let origin = |url: &SecureUrl| url.as_url().origin().ascii_serialization();
    let images = origin(&settings.resource);
    // Browsers hold the redirects that follow a form against form-action too. A server on the
    // internet may pass the user on to further ones.
    let login = match settings.client.server().authorization_endpoint() {
        Some(url) if url.as_url().scheme() == "http" => origin(url),
        _ => "https:".to_owned(),
    };
    format!(
        "default-src 'none'; style-src 'self'; img-src {images}; form-action 'self' {login}; \
         base-uri 'none'; frame-ancestors 'none'"
    )
}

/// What every reply tells the browser.
async fn harden(State(app): State<Arc<App>>, reply: Response) -> impl IntoResponse {
    let fixed = |name: HeaderName, value| (name, HeaderValue::from_static(value));
    let headers = [
        fixed(header::CACHE_CONTROL, "no-store"),
        fixed(header::REFERRER_POLICY, "no-referrer"),
        fixed(header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        fixed(header::X_FRAME_OPTIONS, "DENY"),
        (header::CONTENT_SECURITY_POLICY, app.content_security_policy.clone()),
    ];
    (headers, reply)
}
