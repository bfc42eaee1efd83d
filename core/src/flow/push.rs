//! Pushing the authorization request ahead of the browser (RFC 9126).

use super::{
    AuthorizationUrl, AwaitingCallback, Flow, Unstarted, authorization_request::push_pair,
};
use crate::{
    error::{ConfigError, Error, ProtocolError},
    exchange::{Attempt, Exchange, Failure, Rejection, Reply, client_request, prove, whole_number},
    value::{Entropy, UnixTime},
    wire::{
        Form, Request, Response,
        percent::{self, encoded_len},
    },
};
use alloc::string::String;
use core::{fmt, time::Duration};
use zeroize::Zeroizing;

const MEMBERS: [&str; 5] = ["error", "error_description", "error_uri", "request_uri", "expires_in"];

impl Flow<Unstarted> {
    /// Starts the login by sending its parameters to the server first, authenticated and out of
    /// the browser's sight. The exchange gives the same pair as
    /// [`redirect`](Self::redirect); the URL holds nothing but a reference, good for one use.
    ///
    /// # Errors
    /// [`ConfigError::Missing`] if the client has no pushed authorization request endpoint, no
    /// authorization endpoint or no redirect URI; [`ConfigError::ResourceRequired`] and
    /// [`ConfigError::PrivateUseRedirect`] as the policy has it.
    pub fn push(self, entropy: Entropy, now: UnixTime) -> Result<Push, Error> {
        let server = self.client.server();
        if server.pushed_authorization_request_endpoint().is_none() {
            return Err(ConfigError::Missing("pushed authorization request endpoint").into());
        }
        let (flow, extra) = self.depart(entropy, now)?;
        Ok(Push { flow, extra, attempt: Attempt::default() })
    }
}

/// A login whose parameters are on their way to the server; [`Flow::push`] makes it.
#[must_use = "nothing is pushed until it is sent"]
pub struct Push {
    flow: Flow<AwaitingCallback>,
    extra: String,
    attempt: Attempt,
}

impl Exchange for Push {
    type Output = (AuthorizationUrl, Flow<AwaitingCallback>);

    fn request(&self, now: UnixTime) -> Result<Request, Error> {
        let client = self.flow.client();
        let config = client.config();
        let endpoint = config.server.pushed_authorization_request_endpoint();
        let endpoint =
            endpoint.ok_or(ConfigError::Missing("pushed authorization request endpoint"))?;
        let mut form = Form::new(&[
            ("response_type", "code"),
            (config.quirks.client_id_param.unwrap_or("client_id"), client.id()),
        ]);
        let separator = config.quirks.separator();
        self.flow.state.parameters(separator, |name, value| {
            form.push(String::from(name), String::from(value));
        });
        for (name, value) in percent::pairs(&self.extra) {
            let decode = |text| percent::decode(text).unwrap_or_default();
            form.push(decode(name), decode(value));
        }
        prove(client, client_request(client, endpoint, form, now)?, &self.attempt, now)
    }

    /// # Errors
    /// [`Failure::Later`] for 429 and 5xx; [`Failure::Over`] for anything else, such as a
    /// parameter that the server refuses.
    fn receive(self, response: &Response, now: UnixTime) -> Result<Self::Output, Failure<Self>> {
        match self.read(response, now) {
            Ok(url) => Ok((url, self.flow)),
            Err(rejection) => {
                Err(rejection
                    .again_or(Rejection::into_failure, self, response, |push| &mut push.attempt))
            }
        }
    }
}

impl Push {
    fn read(&self, response: &Response, now: UnixTime) -> Result<AuthorizationUrl, Rejection> {
        let client = self.flow.client();
        let config = client.config();
        let reply = Reply {
            client,
            response: &client.rewrite(response),
            now,
            secrets: &self.flow.state.secrets(),
        };
        let is_success = |status| status == 201 || (status == 200 && config.quirks.accept_par_200);
        let members = reply.fields(is_success, &MEMBERS)?;
        let reject = |error: ProtocolError| reply.reject(error);
        let request_uri = Zeroizing::new(members.required("request_uri").map_err(reject)?);
        let lifetime =
            match whole_number("expires_in", members.get("expires_in")).map_err(reject)? {
                None => return Err(reject(ProtocolError::Missing("expires_in"))),
                Some(0) => return Err(reject(ProtocolError::Invalid("expires_in"))),
                Some(seconds) => Duration::from_secs(seconds),
            };
        let shared = config.pushed_url.as_deref();
        let shared =
            shared.ok_or_else(|| reply.reject(ConfigError::Missing("authorization endpoint")))?;
        let length = encoded_len(&request_uri).saturating_add("&request_uri=".len());
        let mut url = String::with_capacity(shared.len().saturating_add(length));
        url.push_str(shared);
        push_pair(&mut url, "request_uri", &request_uri);
        Ok(AuthorizationUrl::pushed(url, now.saturating_add(lifetime)))
    }
}

impl fmt::Debug for Push {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Push")
    }
}
