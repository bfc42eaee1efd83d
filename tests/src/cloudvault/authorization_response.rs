//! The way back to the client (RFC 6749 section 4.1.2, RFC 9207).

use http::Response;
use url::form_urlencoded;

use super::Context;
use super::client::RegisteredClient;
use super::error::ErrorResponse;
use super::pages;
use super::params::Params;
use super::reply;

/// Where the response goes, how, and with which state.
#[derive(Clone)]
pub(super) struct ReplyTo {
    pub(super) redirect_uri: String,
    pub(super) state: Option<String>,
    pub(super) response_mode: ResponseMode,
}

#[derive(Clone, Copy)]
pub(super) enum ResponseMode {
    FormPost,
    Query,
}

impl ReplyTo {
    /// `None` when the redirect URI is missing or not one of that client.
    pub(super) fn read(client: &RegisteredClient, params: &Params) -> Option<Self> {
        let redirect_uri = params
            .get("redirect_uri")
            .filter(|redirect_uri| client.may_redirect_to(redirect_uri))?;
        let response_mode = match params.get("response_mode") {
            Some("form_post") if !params.repeats("response_mode") => ResponseMode::FormPost,
            _ => ResponseMode::Query,
        };
        let state = params.get("state").filter(|_| !params.repeats("state"));
        Some(Self {
            redirect_uri: redirect_uri.to_owned(),
            state: state.map(ToOwned::to_owned),
            response_mode,
        })
    }

    pub(super) fn grant(&self, context: &Context<'_>, code: String) -> Response<Vec<u8>> {
        self.send(context, vec![("code", code)])
    }

    pub(super) fn refuse(&self, context: &Context<'_>, error: ErrorResponse) -> Response<Vec<u8>> {
        let ErrorResponse { error, error_description } = error;
        self.send(
            context,
            vec![("error", error.to_owned()), ("error_description", error_description.to_owned())],
        )
    }

    fn send(
        &self,
        context: &Context<'_>,
        mut params: Vec<(&'static str, String)>,
    ) -> Response<Vec<u8>> {
        params.extend(self.state.clone().map(|state| ("state", state)));
        params.push(("iss", context.config.issuer.clone()));
        if let Some(fault) = context.fault {
            fault.spoil_callback(&mut params);
        }
        match self.response_mode {
            ResponseMode::FormPost => pages::form_post(&self.redirect_uri, &params),
            ResponseMode::Query => reply::see_other(&self.with_query(&params)),
        }
    }

    /// Keeps the redirect URI as it was given, with the query that it may have (section 3.1.2).
    fn with_query(&self, params: &[(&'static str, String)]) -> String {
        let separator = if self.redirect_uri.contains('?') { '&' } else { '?' };
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(params).finish();
        format!("{}{separator}{query}", self.redirect_uri)
    }
}
