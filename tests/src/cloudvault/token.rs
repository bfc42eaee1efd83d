//! The token endpoint (RFC 6749 section 3.2): what every grant has in common.

use http::{Request, Response};
use serde::Serialize;

use super::Context;
use super::access::Access;
use super::authorization_details::AuthorizationDetails;
use super::certificate;
use super::client::RegisteredClient;
use super::client_auth;
use super::confirmation::Confirmation;
use super::dpop;
use super::error::ErrorResponse;
use super::fault::Fault;
use super::grants;
use super::nonce::{self, Role};
use super::params::Params;
use super::reply;
use super::store::{AccessToken, GrantId};

/// A request of a client that has authenticated.
pub(super) struct TokenRequest<'a> {
    pub(super) client: &'a RegisteredClient,
    pub(super) params: &'a Params,
    /// What the request shows that tokens can be bound to.
    pub(super) cnf: &'a Confirmation,
}

impl TokenRequest<'_> {
    pub(super) fn required(
        &self,
        name: &str,
        missing: &'static str,
    ) -> Result<&str, ErrorResponse> {
        self.params.get(name).ok_or_else(|| ErrorResponse::invalid_request(missing))
    }

    /// For grants in which no user has a say.
    pub(super) fn must_be_confidential(&self) -> Result<(), ErrorResponse> {
        if self.client.is_confidential() {
            Ok(())
        } else {
            Err(ErrorResponse::new("unauthorized_client", "not for public clients"))
        }
    }

    /// A refresh token, for clients that use them. That of a public client is bound as its access
    /// token is (RFC 9449 section 5, RFC 8705 section 4).
    pub(super) fn refresh_token(
        &self,
        context: &mut Context<'_>,
        grant: GrantId,
    ) -> Option<String> {
        if !self.client.may_use("refresh_token") {
            return None;
        }
        if !self.client.is_confidential() {
            context.store.grant_mut(grant).cnf = self.cnf.clone();
        }
        let expires_at = context.now + context.config.refresh_token_lifetime.as_secs();
        Some(context.store.issue_refresh_token(grant, expires_at))
    }
}

/// What a grant gives (section 5.1).
#[derive(Serialize)]
pub(super) struct TokenReply {
    access_token: String,
    token_type: &'static str,
    expires_in: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scope: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    authorization_details: Option<AuthorizationDetails>,
    /// RFC 8693 section 2.2.1
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) issued_token_type: Option<&'static str>,
}

impl TokenReply {
    /// A fresh access token of that grant, next to whatever refresh token the grant decided on.
    pub(super) fn issue(
        context: &mut Context<'_>,
        request: &TokenRequest<'_>,
        grant: GrantId,
        access: Access,
        refresh_token: Option<String>,
    ) -> Self {
        let expires_in = context.config.access_token_lifetime.as_secs();
        let scope = (!access.scope.is_empty()).then(|| access.scope.to_string());
        let authorization_details = access.details.clone();
        let access_token = context.store.issue_access_token(AccessToken {
            grant,
            access,
            cnf: request.cnf.clone(),
            issued_at: context.now,
            expires_at: context.now + expires_in,
            revoked: false,
        });
        let token_type = match request.cnf.jkt {
            Some(_) if context.fault != Some(&Fault::DpopDowngrade) => "DPoP",
            _ => "Bearer",
        };
        Self {
            access_token,
            token_type,
            expires_in,
            refresh_token,
            scope,
            authorization_details,
            issued_token_type: None,
        }
    }
}

/// `POST /token`
pub(super) fn token(context: &mut Context<'_>, request: &Request<Vec<u8>>) -> Response<Vec<u8>> {
    if let Some(fault) = context.fault {
        if let Some(refusal) = fault.instead_of_token(Params::from_body(request).as_ref()) {
            return refusal;
        }
    }
    let mut response = match grant(context, request) {
        Ok(granted) => {
            let mut response = reply::json(&granted);
            reply::no_store(&mut response);
            if let Some(fault) = context.fault {
                fault.spoil_token(&mut response);
            }
            response
        }
        Err(error) => {
            let mut response = error.to_response();
            if let Some(fault) = context.fault {
                fault.spoil_refusal(error, &mut response);
            }
            response
        }
    };
    nonce::advertise(context, Role::AuthorizationServer, &mut response);
    response
}

fn grant(
    context: &mut Context<'_>,
    request: &Request<Vec<u8>>,
) -> Result<TokenReply, ErrorResponse> {
    let (client, params) = client_auth::form(context, request)?;
    let jkt = dpop::prove(context, request, Role::AuthorizationServer, None)?;
    if jkt.is_none() && client.dpop_bound_access_tokens {
        let words = "this client has promised proofs with every token request";
        return Err(ErrorResponse::new("invalid_dpop_proof", words));
    }
    let is_bound = client.tls_client_certificate_bound_access_tokens;
    let x5t_s256 = if is_bound { Some(certificate::required(request)?) } else { None };
    let cnf = Confirmation { jkt, x5t_s256 };
    let request = TokenRequest { client: &client, params: &params, cnf: &cnf };
    let grant_type = request.required("grant_type", "grant_type is missing")?;
    let (_, grant) = grants::SUPPORTED
        .iter()
        .find(|(supported, _)| *supported == grant_type)
        .ok_or_else(|| ErrorResponse::new("unsupported_grant_type", "no such grant type here"))?;
    if !client.may_use(grant_type) {
        let words = "this client has not registered for this grant type";
        return Err(ErrorResponse::new("unauthorized_client", words));
    }
    grant(context, &request)
}
