//! What the authorization server is asked, in the browser's URL or pushed ahead of it.

use super::{AuthorizationUrl, AwaitingCallback, ResponseMode};
use crate::{
    value::{CodeVerifier, Resource, Unguessable},
    wire::percent::{Space, encode_into, encoded_len},
};
use alloc::string::String;

impl AwaitingCallback {
    /// The parameters that differ from flow to flow, in order.
    pub(super) fn parameters(&self, separator: char, mut each: impl FnMut(&str, &str)) {
        each("redirect_uri", self.redirect_uri.as_str());
        if !self.scope.is_empty() {
            each("scope", &self.scope.join(separator));
        }
        for resource in &self.resources {
            each("resource", resource.as_str());
        }
        each("state", self.state.expose());
        if let Some(challenge) = self.verifier.as_ref().map(CodeVerifier::challenge) {
            each("code_challenge", challenge.expose());
            each("code_challenge_method", "S256");
        }
        if let Some(key) = &self.key {
            each("dpop_jkt", key);
        }
        if self.response_mode == ResponseMode::FormPost {
            each("response_mode", "form_post");
        }
        if let Some(nonce) = self.nonce.as_ref().map(Unguessable::expose) {
            each("nonce", nonce);
        }
    }

    /// Writes the URL in one allocation, after the part that all flows of the client share.
    pub(super) fn authorization_url(
        &self,
        shared: &str,
        extra: &str,
        separator: char,
    ) -> AuthorizationUrl {
        let resources = self.resources.iter().map(Resource::as_str);
        let varying = resources.chain([self.redirect_uri.as_str(), self.scope.as_str()]);
        // Beside these there are names, fixed values, and four values of 43 characters.
        let varying = varying.fold(352_usize, |sum, value| {
            sum.saturating_add(encoded_len(value)).saturating_add("&resource=".len())
        });
        let length = shared.len().saturating_add(extra.len()).saturating_add(varying);
        let mut url = String::with_capacity(length);
        url.push_str(shared);
        self.parameters(separator, |name, value| push_pair(&mut url, name, value));
        url.push_str(extra);
        AuthorizationUrl::new(url)
    }
}

/// Adds one pair to a query.
pub(super) fn push_pair(query: &mut String, name: &str, value: &str) {
    query.push('&');
    encode_into(query, name, Space::Percent20);
    query.push('=');
    encode_into(query, value, Space::Percent20);
}
