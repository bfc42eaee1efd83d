//! Devices without a browser: the user types a code elsewhere (RFC 8628).

use super::{Authorized, Flow};
use crate::{
    client::Client,
    error::{ConfigError, Error, ErrorCode, ProtocolError, Said, ServerText},
    exchange::{
        Asked, Attempt, Exchange, Failure, Rejection, Reply, client_request, read_tokens,
        token_request, whole_number,
    },
    value::{Resource, Scope, Secret, SecureUrl, UnixTime},
    wire::{Form, Request, Response},
};
use alloc::{boxed::Box, vec::Vec};
use core::{fmt, time::Duration};

const MEMBERS: [&str; 10] = [
    "error",
    "error_description",
    "error_uri",
    "device_code",
    "user_code",
    "verification_uri",
    "verification_url",
    "verification_uri_complete",
    "expires_in",
    "interval",
];
/// The interval where the server says none (RFC 8628 section 3.2), and what `slow_down` adds.
const INTERVAL: u64 = 5;
/// No server makes the device wait longer between two polls.
const LONGEST: u64 = 3600;

impl Client {
    /// Begins the login of a device that has no browser.
    ///
    /// # Errors
    /// [`ConfigError::Missing`] if the server has no device authorization endpoint.
    pub fn device(&self) -> Result<DeviceAuthorization, Error> {
        let endpoint = self.server().device_authorization_endpoint();
        let endpoint = endpoint.ok_or(ConfigError::Missing("device authorization endpoint"))?;
        Ok(DeviceAuthorization {
            endpoint: endpoint.clone(),
            client: self.clone(),
            scope: Scope::default(),
            resources: Vec::new(),
        })
    }
}

/// A device's request for a code; [`Client::device`] makes it (RFC 8628 section 3.1).
#[derive(Clone, Debug)]
#[must_use = "nothing is asked until it is sent"]
pub struct DeviceAuthorization {
    client: Client,
    endpoint: SecureUrl,
    scope: Scope,
    resources: Vec<Resource>,
}

impl DeviceAuthorization {
    /// Sets what to ask for: scope tokens with spaces between them.
    ///
    /// # Errors
    /// [`ConfigError::Scope`] for a character that no scope has.
    pub fn scope(mut self, scope: &str) -> Result<Self, Error> {
        self.scope = Scope::parse(scope)?;
        Ok(self)
    }

    /// Names what the tokens are to be used for (RFC 8707). May be given several times.
    pub fn resource(mut self, resource: Resource) -> Self {
        self.resources.push(resource);
        self
    }
}

impl Exchange for DeviceAuthorization {
    type Output = DevicePoll;

    fn request(&self, now: UnixTime) -> Result<Request, Error> {
        let config = self.client.config();
        config.policy.check_resources(&self.resources)?;
        let client_id = config.quirks.client_id_param.unwrap_or("client_id");
        let mut form = Form::new(&[(client_id, self.client.id())]);
        form.push_scope(&self.scope, config.quirks.separator());
        form.push_resources(&self.resources);
        client_request(&self.client, &self.endpoint, form, now)
    }

    /// # Errors
    /// [`Failure::Later`] for 429 and 5xx, [`Failure::Over`] for anything else.
    fn receive(self, response: &Response, now: UnixTime) -> Result<DevicePoll, Failure<Self>> {
        self.read(response, now).map_err(|rejection| rejection.into_failure(self))
    }
}

impl DeviceAuthorization {
    fn read(&self, response: &Response, now: UnixTime) -> Result<DevicePoll, Rejection> {
        let reply = Reply {
            client: &self.client,
            response: &self.client.rewrite(response),
            now,
            secrets: &[],
        };
        let members = reply.fields(|status| status == 200, &MEMBERS)?;
        let read = || {
            let uri = match members.url("verification_uri")? {
                Some(uri) => Some(uri),
                // Google's name for it.
                None => members.url("verification_url")?,
            };
            let lifetime = whole_number("expires_in", members.get("expires_in"))?;
            let lifetime = lifetime.ok_or(ProtocolError::Missing("expires_in"))?;
            let interval = whole_number("interval", members.get("interval"))?;
            Ok(DevicePoll {
                client: self.client.clone(),
                device_code: members.required("device_code")?.into(),
                user_code: members.required("user_code")?.into(),
                verification_uri: uri.ok_or(ProtocolError::Missing("verification_uri"))?,
                verification_uri_complete: members.url("verification_uri_complete")?,
                expires_at: now.saturating_add(Duration::from_secs(lifetime)),
                interval: interval.unwrap_or(INTERVAL).clamp(1, LONGEST),
                scope: self.scope.clone(),
                resources: self.resources.clone(),
                attempt: Attempt::default(),
            })
        };
        read().map_err(|error: ProtocolError| reply.reject(error))
    }
}

/// A device that waits for its user. Show [`user_code`](Self::user_code) and
/// [`verification_uri`](Self::verification_uri), then run it: it polls until the user has decided.
#[derive(Clone)]
#[must_use = "nobody asks for the user's decision until it is sent"]
pub struct DevicePoll {
    client: Client,
    device_code: Secret,
    user_code: ServerText,
    verification_uri: SecureUrl,
    verification_uri_complete: Option<SecureUrl>,
    expires_at: UnixTime,
    /// Seconds between two polls.
    interval: u64,
    scope: Scope,
    resources: Vec<Resource>,
    attempt: Attempt,
}

impl DevicePoll {
    /// The code that the user types in.
    #[must_use]
    pub fn user_code(&self) -> &ServerText {
        &self.user_code
    }

    /// Where the user types it in.
    #[must_use]
    pub fn verification_uri(&self) -> &SecureUrl {
        &self.verification_uri
    }

    /// The same with the code inside, for a QR code; show the plain one too (RFC 8628 section
    /// 3.3.1).
    #[must_use]
    pub fn verification_uri_complete(&self) -> Option<&SecureUrl> {
        self.verification_uri_complete.as_ref()
    }

    /// Until when the user may decide.
    #[must_use]
    pub fn expires_at(&self) -> UnixTime {
        self.expires_at
    }

    /// How long to wait between two polls: 1 second to 1 hour.
    #[must_use]
    pub fn interval(&self) -> Duration {
        Duration::from_secs(self.interval)
    }

    /// Goes on after the interval, unless the code ends before.
    fn again(mut self, error: Error, now: UnixTime) -> Failure<Self> {
        // The next poll is another request, which may be asked for a nonce in its turn.
        self.attempt = Attempt::default();
        let wait = self.interval();
        if now.saturating_add(wait) < self.expires_at {
            return Failure::Again { state: Box::new(self), wait, error };
        }
        Failure::over(Said {
            code: ErrorCode::ExpiredToken,
            description: None,
            uri: None,
            status: None,
            retry_after: None,
        })
    }
}

impl Exchange for DevicePoll {
    type Output = Flow<Authorized>;

    fn request(&self, now: UnixTime) -> Result<Request, Error> {
        let form = Form::new(&[
            ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"),
            ("device_code", self.device_code.expose()),
        ]);
        token_request(&self.client, form, &self.resources, &self.attempt, now)
    }

    /// # Errors
    /// [`Failure::Again`] while the user has not decided, with the time to wait; `slow_down` makes
    /// it five seconds longer for good (RFC 8628 section 3.5). [`Failure::Later`] for 429 and
    /// 5xx. [`Failure::Over`] when the user refused, the code ended, or anything else went wrong.
    fn receive(
        mut self,
        response: &Response,
        now: UnixTime,
    ) -> Result<Flow<Authorized>, Failure<Self>> {
        let reply = Reply {
            client: &self.client,
            response: &self.client.rewrite(response),
            now,
            secrets: &[self.device_code.expose()],
        };
        let asked = Asked {
            requested: &self.scope,
            implied: &self.scope,
            resources: &self.resources,
            consented: None,
            refresh_token: None,
        };
        let rejection = match read_tokens(&reply, &asked) {
            Ok(tokens) => {
                let state = Authorized::without_browser(tokens);
                return Ok(Flow { client: self.client, state });
            }
            Err(rejection) => rejection,
        };
        match rejection.error.code() {
            Some(ErrorCode::AuthorizationPending) => Err(self.again(rejection.error, now)),
            Some(ErrorCode::SlowDown) => {
                self.interval = self.interval.saturating_add(INTERVAL).min(LONGEST);
                Err(self.again(rejection.error, now))
            }
            _ => Err(rejection
                .again_or(Rejection::into_failure, self, response, |poll| &mut poll.attempt)),
        }
    }
}

impl fmt::Debug for DevicePoll {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DevicePoll")
            .field("user_code", &self.user_code)
            .field("verification_uri", &self.verification_uri)
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}
