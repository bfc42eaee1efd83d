//! What a token opens: by scope, at which resources (RFC 8707), in which detail (RFC 9396).

use super::authorization_details::{self, AuthorizationDetails};
use super::config::Config;
use super::error::ErrorResponse;
use super::params::Params;
use super::scope::Scope;

/// What a client asks for, or may do.
#[derive(Clone)]
pub(super) struct Access {
    pub(super) scope: Scope,
    /// Never empty: without a word from the client it is the whole API.
    pub(super) resources: Vec<String>,
    pub(super) details: Option<AuthorizationDetails>,
}

impl Access {
    /// What a request asks for. Without any wish it gets the default scope, with details alone it
    /// gets no scope.
    pub(super) fn requested(config: &Config, params: &Params) -> Result<Self, ErrorResponse> {
        let details =
            params.get("authorization_details").map(AuthorizationDetails::parse).transpose()?;
        let scope = match params.get("scope") {
            None if details.is_some() => Scope::default(),
            None => Scope::default_scope(),
            Some(text) => Scope::parse(text)
                .ok_or_else(|| ErrorResponse::invalid_scope("a scope that nobody knows"))?,
        };
        let mut resources: Vec<_> = params.all("resource").map(ToOwned::to_owned).collect();
        if !resources.iter().all(|resource| config.is_resource(resource)) {
            return Err(invalid_target("a resource that nobody knows"));
        }
        if resources.is_empty() {
            resources.push(config.issuer.clone());
        }
        Ok(Self { scope, resources, details })
    }

    /// The same at fewer resources and in less detail, as a token request may want it
    /// (RFC 8707 section 2.2, RFC 9396 section 6).
    pub(super) fn narrowed(&self, params: &Params) -> Result<Self, ErrorResponse> {
        let mut access = self.clone();
        let asked: Vec<_> = params.all("resource").map(ToOwned::to_owned).collect();
        if !asked.iter().all(|resource| self.resources.contains(resource)) {
            return Err(invalid_target("a resource beyond the grant"));
        }
        if !asked.is_empty() {
            access.resources = asked;
        }
        if let Some(text) = params.get("authorization_details") {
            let asked = AuthorizationDetails::parse(text)?;
            if !self.details.as_ref().is_some_and(|granted| granted.covers(&asked)) {
                return Err(authorization_details::invalid("more than the user granted"));
            }
            access.details = Some(asked);
        }
        Ok(access)
    }

    /// The same with less scope as well (RFC 6749 section 6).
    pub(super) fn narrowed_in_scope(&self, params: &Params) -> Result<Self, ErrorResponse> {
        let mut access = self.narrowed(params)?;
        if let Some(text) = params.get("scope") {
            access.scope = Scope::parse(text)
                .filter(|asked| asked.is_subset(&self.scope))
                .ok_or_else(|| ErrorResponse::invalid_scope("more than the user granted"))?;
        }
        Ok(access)
    }

    /// What the user grants of this.
    pub(super) fn granted(mut self, config: &Config) -> Self {
        if config.narrow_authorization_details {
            self.details = self.details.map(AuthorizationDetails::narrowed);
        }
        self
    }
}

fn invalid_target(words: &'static str) -> ErrorResponse {
    ErrorResponse::new("invalid_target", words)
}
