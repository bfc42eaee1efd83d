//! What users have granted, and the codes and tokens that stand for it.

use std::collections::HashMap;

use super::random::unguessable;
use super::scope::Scope;

/// Everything that the token endpoint and the resource API look up.
#[derive(Default)]
pub(super) struct Store {
    grants: Vec<Grant>,
    codes: HashMap<String, Code>,
    access_tokens: HashMap<String, AccessToken>,
    refresh_tokens: HashMap<String, RefreshToken>,
}

/// What a user allowed a client to do. Every token descends from one grant and dies with it.
pub(super) struct Grant {
    pub(super) client_id: String,
    pub(super) subject: String,
    pub(super) scope: Scope,
    revoked: bool,
}

impl Grant {
    pub(super) fn new(client_id: String, subject: String, scope: Scope) -> Self {
        Self { client_id, subject, scope, revoked: false }
    }
}

#[derive(Clone, Copy)]
pub(super) struct GrantId(usize);

/// What a code is bound to besides its grant.
#[derive(Clone)]
pub(super) struct CodeBinding {
    pub(super) redirect_uri: String,
    pub(super) code_challenge: String,
}

struct Code {
    grant: GrantId,
    binding: CodeBinding,
    expires_at: u64,
    redeemed: bool,
}

struct AccessToken {
    grant: GrantId,
    scope: Scope,
    expires_at: u64,
}

struct RefreshToken {
    grant: GrantId,
    expires_at: u64,
    replaced: bool,
}

impl Store {
    pub(super) fn grant(&self, GrantId(index): GrantId) -> &Grant {
        &self.grants[index]
    }

    pub(super) fn issue_code(
        &mut self,
        grant: Grant,
        binding: CodeBinding,
        expires_at: u64,
    ) -> String {
        let code = unguessable();
        self.codes.insert(
            code.clone(),
            Code { grant: GrantId(self.grants.len()), binding, expires_at, redeemed: false },
        );
        self.grants.push(grant);
        code
    }

    /// Spends the code, whatever its client does wrong next, so that nobody can try twice.
    /// A second try takes back what the first one got (RFC 6749 section 4.1.2).
    pub(super) fn redeem_code(
        &mut self,
        code: &str,
        client_id: &str,
        now: u64,
    ) -> Result<(GrantId, CodeBinding), &'static str> {
        let code = self.codes.get_mut(code).ok_or("no such code")?;
        let GrantId(index) = code.grant;
        let grant = &mut self.grants[index];
        if grant.client_id != client_id {
            return Err("the code was issued to another client");
        }
        if code.redeemed {
            grant.revoked = true;
            return Err("the code has been used, what it gave is revoked");
        }
        code.redeemed = true;
        if now >= code.expires_at {
            return Err("the code has expired");
        }
        Ok((code.grant, code.binding.clone()))
    }

    pub(super) fn issue_access_token(
        &mut self,
        grant: GrantId,
        scope: Scope,
        expires_at: u64,
    ) -> String {
        let token = unguessable();
        self.access_tokens.insert(token.clone(), AccessToken { grant, scope, expires_at });
        token
    }

    pub(super) fn issue_refresh_token(&mut self, grant: GrantId, expires_at: u64) -> String {
        let token = unguessable();
        self.refresh_tokens
            .insert(token.clone(), RefreshToken { grant, expires_at, replaced: false });
        token
    }

    /// Checks a refresh token. One that has been replaced is in two hands, and nobody knows which
    /// is the thief's: the whole family is revoked (RFC 9700 section 4.14.2).
    pub(super) fn check_refresh_token(
        &mut self,
        token: &str,
        client_id: &str,
        now: u64,
    ) -> Result<GrantId, &'static str> {
        let token = self.refresh_tokens.get(token).ok_or("no such refresh token")?;
        let GrantId(index) = token.grant;
        let grant = &mut self.grants[index];
        if grant.client_id != client_id {
            return Err("the refresh token was issued to another client");
        }
        if token.replaced {
            grant.revoked = true;
            return Err("the refresh token has been replaced, its family is revoked");
        }
        if grant.revoked {
            return Err("the grant is revoked");
        }
        if now >= token.expires_at {
            return Err("the refresh token has expired");
        }
        Ok(token.grant)
    }

    /// Marks a refresh token as replaced and issues the next of its family.
    pub(super) fn rotate_refresh_token(&mut self, token: &str, expires_at: u64) -> Option<String> {
        let token = self.refresh_tokens.get_mut(token)?;
        token.replaced = true;
        let grant = token.grant;
        Some(self.issue_refresh_token(grant, expires_at))
    }

    /// The grant and the scope behind an access token that is valid now.
    pub(super) fn access_token(&self, token: &str, now: u64) -> Option<(&Grant, &Scope)> {
        let token = self.access_tokens.get(token)?;
        let grant = self.grant(token.grant);
        (!grant.revoked && now < token.expires_at).then_some((grant, &token.scope))
    }
}
