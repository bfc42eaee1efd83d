//! Devices without a browser (RFC 8628): they show a code, their user types it elsewhere.

use std::collections::HashMap;

use http::{Request, Response};
use serde_json::json;

use super::Context;
use super::access::Access;
use super::authentication::Demand;
use super::authorize::{AuthorizationRequest, Outcome};
use super::client_auth;
use super::error::ErrorResponse;
use super::interaction;
use super::pages;
use super::params::Params;
use super::random::{unguessable, user_code};
use super::reply;
use super::session::set_cookie;
use super::store::{Grant, GrantId};

/// The name of the grant.
pub(super) const GRANT_TYPE: &str = "urn:ietf:params:oauth:grant-type:device_code";

/// Seconds that a device has to wait longer after each poll that came too early (section 3.5).
const SLOW_DOWN: u64 = 5;

/// The devices that have asked, by device code.
#[derive(Default)]
pub(super) struct Devices(HashMap<String, Device>);

struct Device {
    client_id: String,
    user_code: String,
    access: Access,
    expires_at: u64,
    interval: u64,
    last_poll: Option<u64>,
    decision: Decision,
}

#[derive(Clone, Copy)]
enum Decision {
    Pending,
    Allowed(GrantId),
    Denied,
    Redeemed,
}

/// `POST /device_authorization`
pub(super) fn authorize(
    context: &mut Context<'_>,
    request: &Request<Vec<u8>>,
) -> Response<Vec<u8>> {
    match begin(context, request) {
        Ok(reply) => {
            let mut response = reply::json(&reply);
            reply::no_store(&mut response);
            response
        }
        Err(error) => error.to_response(),
    }
}

fn begin(
    context: &mut Context<'_>,
    request: &Request<Vec<u8>>,
) -> Result<serde_json::Value, ErrorResponse> {
    let (client, params) = client_auth::form(context, request)?;
    if !client.may_use(GRANT_TYPE) {
        return Err(ErrorResponse::new("unauthorized_client", "no device codes for this client"));
    }
    let access = Access::requested(context.config, &params)?;
    let (device_code, user_code) = (unguessable(), user_code());
    let expires_in = context.config.device_code_lifetime.as_secs();
    let interval = context.config.device_poll_interval.as_secs();
    let verification_uri = format!("{}/device", context.config.issuer);
    let reply = json!({
        "device_code": device_code,
        "user_code": user_code,
        "verification_uri": verification_uri,
        "verification_uri_complete": format!("{verification_uri}?user_code={user_code}"),
        "expires_in": expires_in,
        "interval": interval,
    });
    let device = Device {
        client_id: client.client_id,
        user_code,
        access,
        expires_at: context.now + expires_in,
        interval,
        last_poll: None,
        decision: Decision::Pending,
    };
    context.devices.0.insert(device_code, device);
    Ok(reply)
}

/// `GET /device`. A code that comes with the address is shown, and waits for the user to compare
/// it (section 5.4).
pub(super) fn page(context: &mut Context<'_>, request: &Request<Vec<u8>>) -> Response<Vec<u8>> {
    let params = Params::from_query(request);
    let user_code = params.get("user_code").unwrap_or_default();
    if let Some((_, session)) = context.sessions.find(request) {
        return pages::device(&session.csrf, user_code, false);
    }
    let (session_id, session) = context.sessions.open(None);
    let mut response = pages::device(&session.csrf, user_code, false);
    set_cookie(&mut response, &session_id, &context.config.issuer);
    response
}

/// `POST /device`
pub(super) fn enter(context: &mut Context<'_>, request: &Request<Vec<u8>>) -> Response<Vec<u8>> {
    let params = Params::from_body(request).filter(|params| !params.repeat_any());
    let session = context.sessions.find(request);
    let (Some(params), Some((_, session))) = (params, session) else {
        return pages::stale(STALE);
    };
    let Some(csrf) = params.get("csrf").filter(|csrf| session.sent(csrf)) else {
        return pages::stale(STALE);
    };
    let typed = params.get("user_code").unwrap_or_default();
    let now = context.now;
    match context.devices.waiting(typed, now) {
        Some(device) => {
            let request_of_device = AuthorizationRequest {
                client_id: device.client_id.clone(),
                access: device.access.clone(),
                demand: Demand::default(),
                outcome: Outcome::Device { user_code: device.user_code.clone() },
            };
            interaction::begin(context, request, request_of_device)
        }
        None => pages::device(csrf, typed, true),
    }
}

const STALE: &str = "Open it again, and type the code that your device shows.";

/// Keeps what the user said, with a grant if it was a yes.
pub(super) fn decide(
    context: &mut Context<'_>,
    user_code: &str,
    grant: Option<Grant>,
) -> Response<Vec<u8>> {
    let Some(device) = context.devices.waiting(user_code, context.now) else {
        return pages::error("The code of your device is used or too old.");
    };
    device.decision = match grant {
        Some(grant) => Decision::Allowed(context.store.add_grant(grant)),
        None => Decision::Denied,
    };
    pages::back_to_device("Go back to your device.")
}

impl Devices {
    /// The device that shows that code and has no answer yet.
    fn waiting(&mut self, typed: &str, now: u64) -> Option<&mut Device> {
        let typed = letters(typed);
        self.0.values_mut().find(|device| {
            letters(&device.user_code) == typed
                && now < device.expires_at
                && matches!(device.decision, Decision::Pending)
        })
    }

    /// What a poll gets: the grant once, or the reason why not (section 3.5).
    pub(super) fn poll(
        &mut self,
        device_code: &str,
        client_id: &str,
        now: u64,
    ) -> Result<GrantId, ErrorResponse> {
        let device =
            self.0.get_mut(device_code).filter(|device| device.client_id == client_id).ok_or_else(
                || ErrorResponse::invalid_grant("no such device code of this client"),
            )?;
        if let Decision::Redeemed = device.decision {
            return Err(ErrorResponse::invalid_grant("the device code has been used"));
        }
        if now >= device.expires_at {
            return Err(ErrorResponse::new("expired_token", "the device code has expired"));
        }
        if device.last_poll.replace(now).is_some_and(|last| now < last + device.interval) {
            device.interval += SLOW_DOWN;
            return Err(ErrorResponse::new("slow_down", "five seconds more between two polls"));
        }
        match device.decision {
            Decision::Allowed(grant) => {
                device.decision = Decision::Redeemed;
                Ok(grant)
            }
            Decision::Denied => Err(ErrorResponse::new("access_denied", "the user said no")),
            Decision::Pending | Decision::Redeemed => {
                Err(ErrorResponse::new("authorization_pending", "the user has not decided yet"))
            }
        }
    }
}

/// Case and punctuation are the typist's business (section 6.1).
fn letters(user_code: &str) -> String {
    let letters = user_code.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|letter| letter.to_ascii_uppercase()).collect()
}
