//! What the browser brought back.

use super::{
    discovery, expected,
    fixture::{Recorded, now},
    party,
    said::Said,
    secrets, sent,
};
use crate::{
    cloudvault,
    vectors::{
        fault::{Fault, equal},
        form::{self, Pairs},
        request::body_pairs,
        stage,
        stored_pending::StoredPending,
    },
};
use grantflow::{
    AuthorizationServer, AwaitingCallback, Callback, CallbackError, Error, ErrorCode, Exchange,
    Flow, ResponseMode,
};

/// How the browser came back.
enum Back {
    Url(String),
    Form(String),
}

/// A callback to a client that knows of its server what the server says of itself, in `metadata`.
pub(super) fn receive(recorded: &Recorded, metadata: Option<&Recorded>) -> Result<(), Fault> {
    let endpoint = recorded.request.endpoint();
    let server = match metadata.and_then(discovery::described) {
        Some(server) => server,
        None => AuthorizationServer::new(endpoint.parse()?)
            .with_authorization_endpoint(endpoint.parse()?),
    };
    let promise = "authorization_response_iss_parameter_supported";
    let has_promised = metadata.is_some_and(|said| said.json().get(promise) == Some(&true.into()));
    let back = Back::of(recorded)?;
    let said = said(&back.pairs(), has_promised);
    expected::check(recorded, &said)?;
    let callback = match back.callback() {
        Ok(callback) => callback,
        // It never came to a flow.
        Err(error) => {
            secrets::check(recorded, &[error.to_string(), format!("{error:?}")])?;
            return said.check(recorded, &error);
        }
    };
    let result = awaiting(recorded, server, &back)?.receive(callback, now());
    let shown = match &result {
        Ok(flow) => vec![format!("{flow:?}")],
        Err(failure) => vec![format!("{failure:?}"), failure.to_string()],
    };
    secrets::check(recorded, &shown)?;
    match result {
        Ok(flow) if said == Said::Yes => {
            let sent = body_pairs(&flow.request(now())?)?;
            let code = back.pairs();
            equal("code", &form::value(&code, "code"), &form::value(&sent, "code"))
        }
        Ok(flow) => Err(Fault::differs("the outcome", said, flow)),
        Err(failure) => {
            // A callback that is not the flow's does not end the login.
            let is_foreign = said == Said::Unusable(CallbackError::StateMissing);
            said.check(recorded, failure.error())?;
            equal("the flow is back", &is_foreign, &failure.into_state().is_some())
        }
    }
}

impl Back {
    /// By a redirect, by a page that opens a URL, or by one that posts a form.
    fn of(recorded: &Recorded) -> Result<Self, Fault> {
        let opened = recorded.json();
        let opened = opened.get("url").and_then(|url| url.as_str());
        if let Some(url) = recorded.header("location").or(opened) {
            return Ok(Self::Url(url.to_owned()));
        }
        let forms = cloudvault::Form::read(recorded.body());
        let form = forms.first().ok_or_else(|| Fault::new("nothing leads back to the client"))?;
        Ok(Self::Form(form.body()))
    }

    fn callback(&self) -> Result<Callback, Error> {
        match self {
            Self::Url(url) => Callback::from_url(url),
            Self::Form(form) => {
                Callback::from_form_post("application/x-www-form-urlencoded", form.as_bytes())
            }
        }
    }

    fn redirect_uri(&self) -> Option<&str> {
        match self {
            Self::Url(url) => url.split(['?', '#']).next(),
            Self::Form(_) => None,
        }
    }

    /// A fragment stays in the browser.
    fn pairs(&self) -> Pairs {
        match self {
            Self::Form(form) => form::pairs(form),
            Self::Url(url) => {
                let sent = url.split_once('#').map_or(url.as_str(), |(sent, _)| sent);
                sent.split_once('?').map(|(_, query)| form::pairs(query)).unwrap_or_default()
            }
        }
    }
}

/// A callback without an `iss` that was promised is none of the server's (RFC 9207 section 2.4).
fn said(back: &Pairs, has_promised_iss: bool) -> Said {
    let param = |name| form::value(back, name);
    match (param("error"), param("code")) {
        _ if param("response").is_some() => Said::Unusable(CallbackError::Unexpected("response")),
        _ if param("state").is_none() => Said::Unusable(CallbackError::StateMissing),
        (error, _) if has_promised_iss && param("iss").is_none() => {
            let unverified = error.map(ErrorCode::from);
            Said::Unusable(CallbackError::IssuerMissing { unverified })
        }
        (Some(code), _) => Said::no(code),
        (None, Some(_)) => Said::Yes,
        (None, None) => Said::Unusable(CallbackError::CodeMissing),
    }
}

/// A flow that was started with the recorded state, at the recorded redirect URI.
fn awaiting(
    recorded: &Recorded,
    server: AuthorizationServer,
    back: &Back,
) -> Result<Flow<AwaitingCallback>, Fault> {
    let asked = recorded.request.params();
    let asked = |name| form::value(&asked, name);
    let uri = asked("redirect_uri").or(back.redirect_uri()).unwrap_or(party::REDIRECT_URI);
    let client = party::builder(recorded, server)?.redirect_uri(uri.parse()?).build()?;
    let mut flow = Flow::new(&client).scope(asked("scope").unwrap_or_default())?;
    if matches!(back, Back::Form(_)) {
        flow = flow.response_mode(ResponseMode::FormPost);
    }
    let (url, awaiting) = flow.redirect(stage::entropy([7; 32]), now())?;
    if recorded.name().starts_with("authorize_success") {
        sent::check_query(recorded, url.as_str())?;
    }
    let pending = StoredPending::new(awaiting);
    let pairs = back.pairs();
    let state = match (asked("state"), asked("response_type")) {
        (Some(state), _) => Some(state),
        // It asked without a state.
        (None, Some(_)) => None,
        // The request was pushed or signed, or all but the end of the way was not recorded.
        (None, None) => form::value(&pairs, "state"),
    };
    let pending = match state {
        Some(state) => pending.with('s', state),
        None => pending,
    };
    Ok(pending.resume(&client)?)
}
