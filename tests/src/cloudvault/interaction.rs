//! The conversation with the user: sign in, then say yes or no.

use std::collections::HashMap;

use http::{Request, Response};
use subtle::ConstantTimeEq as _;

use super::Context;
use super::authentication::{Authentication, BASIC, STRONG};
use super::authorize::{AuthorizationRequest, Outcome};
use super::device;
use super::error::ErrorResponse;
use super::pages;
use super::params::Params;
use super::random::unguessable;
use super::reply;
use super::session::{Session, set_cookie};
use super::store::Grant;

const LIFETIME: u64 = 600;

/// Authorization requests that wait for their user, by interaction id.
#[derive(Default)]
pub(super) struct Interactions(HashMap<String, Interaction>);

struct Interaction {
    session_id: String,
    request: AuthorizationRequest,
    expires_at: u64,
    /// Whether the user has signed in on the way.
    signed_in: bool,
}

impl Interactions {
    fn find(&self, id: &str, session_id: &str, now: u64) -> Option<&Interaction> {
        let interaction = self.0.get(id)?;
        let live = interaction.session_id == session_id && now < interaction.expires_at;
        live.then_some(interaction)
    }

    fn signed_in(&mut self, id: &str) {
        if let Some(interaction) = self.0.get_mut(id) {
            interaction.signed_in = true;
        }
    }

    /// Signing in gives the browser a new session: every open tab moves along.
    fn move_to(&mut self, old_session: &str, new_session: &str) {
        for interaction in self.0.values_mut() {
            if interaction.session_id == old_session {
                new_session.clone_into(&mut interaction.session_id);
            }
        }
    }
}

/// Keeps the authorization request and shows its user the first page.
pub(super) fn begin(
    context: &mut Context<'_>,
    http_request: &Request<Vec<u8>>,
    request: AuthorizationRequest,
) -> Response<Vec<u8>> {
    let id = unguessable();
    let mut interaction = Interaction {
        session_id: String::new(),
        request,
        expires_at: context.now + LIFETIME,
        signed_in: false,
    };
    let page = match context.sessions.find(http_request) {
        Some((session_id, session)) => {
            session_id.clone_into(&mut interaction.session_id);
            next_page(context, session, &id, &interaction)
        }
        None => {
            let (session_id, session) = context.sessions.open(None);
            let demand = &interaction.request.demand;
            let mut page = pages::login(&id, &session.csrf, demand, false);
            set_cookie(&mut page, &session_id, &context.config.issuer);
            interaction.session_id = session_id;
            page
        }
    };
    context.interactions.0.insert(id, interaction);
    page
}

/// `POST /login`
pub(super) fn login(context: &mut Context<'_>, request: &Request<Vec<u8>>) -> Response<Vec<u8>> {
    let Some(sent) = SentForm::read(context, request) else {
        return again(context, request);
    };
    let username = sent.params.get("username").unwrap_or_default();
    let password = sent.params.get("password").unwrap_or_default();
    let user = context.config.users.iter().find(|user| {
        user.username == username && password.as_bytes().ct_eq(user.password.as_bytes()).into()
    });
    let demand = &sent.request.demand;
    let passcode = sent.params.get("passcode");
    let authentication = user.and_then(|user| {
        let acr = match passcode {
            None => BASIC,
            Some(passcode) if passcode.as_bytes().ct_eq(user.passcode.as_bytes()).into() => STRONG,
            Some(_) => return None,
        };
        Some(Authentication { subject: user.subject.clone(), acr, auth_time: context.now })
    });
    let Some(authentication) = authentication.filter(|by| by.is_strong_enough(demand.acr)) else {
        return pages::login(&sent.interaction_id, &sent.csrf, demand, true);
    };
    // A new id, so that whoever planted the old one is not signed in as well.
    let (session_id, _) = context.sessions.open(Some(authentication));
    context.interactions.signed_in(&sent.interaction_id);
    context.interactions.move_to(&sent.session_id, &session_id);
    context.sessions.close(&sent.session_id);
    let mut response = to_consent(&sent.interaction_id);
    set_cookie(&mut response, &session_id, &context.config.issuer);
    response
}

/// `GET /consent`
pub(super) fn consent_page(
    context: &mut Context<'_>,
    request: &Request<Vec<u8>>,
) -> Response<Vec<u8>> {
    let params = Params::from_query(request);
    let id = params.get("interaction").unwrap_or_default();
    let found = context.sessions.find(request).and_then(|(session_id, session)| {
        let pending = context.interactions.find(id, session_id, context.now)?;
        Some((session, pending))
    });
    match found {
        Some((session, pending)) => next_page(context, session, id, pending),
        None => pages::stale(STALE),
    }
}

/// `POST /consent`
pub(super) fn consent(context: &mut Context<'_>, request: &Request<Vec<u8>>) -> Response<Vec<u8>> {
    let Some(sent) = SentForm::read(context, request) else {
        return again(context, request);
    };
    let Some(authentication) = sent.authentication.clone().filter(|by| sent.is_met(by, context))
    else {
        return pages::stale(STALE);
    };
    let allowed = match sent.params.get("decision") {
        Some("allow") => true,
        Some("deny") => false,
        _ => return pages::error("The form says neither yes nor no."),
    };
    context.interactions.0.remove(&sent.interaction_id);
    let AuthorizationRequest { client_id, access, outcome, .. } = sent.request;
    let grant =
        allowed.then(|| Grant::by(authentication, client_id, access.granted(context.config)));
    match (outcome, grant) {
        (Outcome::Device { user_code }, grant) => device::decide(context, &user_code, grant),
        (Outcome::Code { reply_to, binding }, Some(grant)) => {
            let expires_at = context.now + context.config.code_lifetime.as_secs();
            let code = context.store.issue_code(grant, binding, expires_at);
            reply_to.grant(context, code)
        }
        (Outcome::Code { reply_to, .. }, None) => {
            let error = ErrorResponse::new("access_denied", "the user said no");
            reply_to.refuse(context, error)
        }
    }
}

/// A form that is not taken. If it is so because the user has signed in in another tab, which
/// changed the session and moved this tab along, they meet the page as it is now.
fn again(context: &Context<'_>, request: &Request<Vec<u8>>) -> Response<Vec<u8>> {
    let params = Params::from_body(request);
    let id = params.as_ref().and_then(|params| params.get("interaction")).unwrap_or_default();
    let found = context.sessions.find(request).filter(|(session_id, session)| {
        let is_open = context.interactions.find(id, session_id, context.now).is_some();
        session.authentication.is_some() && is_open
    });
    match found {
        Some(_) => to_consent(id),
        None => pages::stale(STALE),
    }
}

fn to_consent(id: &str) -> Response<Vec<u8>> {
    reply::see_other(&format!("consent?interaction={id}"))
}

const STALE: &str = "You have answered already, or it was open for too long. If you still want to \
    connect, go back to the app and start again.";

fn next_page(
    context: &Context<'_>,
    session: &Session,
    id: &str,
    interaction: &Interaction,
) -> Response<Vec<u8>> {
    let request = &interaction.request;
    let enough =
        |by: &&Authentication| request.demand.is_met(by, interaction.signed_in, context.now);
    let user = session.authentication.as_ref().filter(enough);
    let user = user.and_then(|by| context.config.find_user(&by.subject));
    let client = context.find_client(&request.client_id);
    match (user, client) {
        (Some(user), Some(client)) => pages::consent(id, &session.csrf, user, &client, request),
        _ => pages::login(id, &session.csrf, &request.demand, false),
    }
}

/// A form that came from our own page, in the browser that we showed it to.
struct SentForm {
    params: Params,
    interaction_id: String,
    session_id: String,
    csrf: String,
    authentication: Option<Authentication>,
    signed_in: bool,
    request: AuthorizationRequest,
}

impl SentForm {
    fn read(context: &Context<'_>, request: &Request<Vec<u8>>) -> Option<Self> {
        let params = Params::from_body(request).filter(|params| !params.repeat_any())?;
        let (session_id, session) = context.sessions.find(request)?;
        let csrf = params.get("csrf").filter(|csrf| session.sent(csrf))?;
        let interaction_id = params.get("interaction")?;
        let pending = context.interactions.find(interaction_id, session_id, context.now)?;
        Some(Self {
            interaction_id: interaction_id.to_owned(),
            session_id: session_id.to_owned(),
            csrf: csrf.to_owned(),
            authentication: session.authentication.clone(),
            signed_in: pending.signed_in,
            request: pending.request.clone(),
            params,
        })
    }

    fn is_met(&self, by: &Authentication, context: &Context<'_>) -> bool {
        self.request.demand.is_met(by, self.signed_in, context.now)
    }
}
