//! The way back to the client (RFC 6749 section 4.1.2, RFC 9207).

use http::Response;
use url::form_urlencoded;

use super::Context;
use super::error::ErrorResponse;
use super::pages;
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
