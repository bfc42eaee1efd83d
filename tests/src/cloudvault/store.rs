//! What users have granted, and the codes and tokens that stand for it.

use std::collections::HashMap;

use super::access::Access;
use super::authentication::Authentication;
use super::confirmation::Confirmation;
use super::random::unguessable;

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
    /// `None` when the client acts for itself.
    pub(super) subject: Option<String>,
    pub(super) access: Access,
    /// How the user signed in, when it was here.
    pub(super) authentication: Option<Authentication>,
    /// What its refresh tokens are bound to.
    pub(super) cnf: Confirmation,
    revoked: bool,
}

impl Grant {
    /// By a user who signed in here.
    pub(super) fn by(authentication: Authentication, client_id: String, access: Access) -> Self {
        let subject = Some(authentication.subject.clone());
        Self { authentication: Some(authentication), ..Self::new(client_id, subject, access) }
    }

    pub(super) fn new(client_id: String, subject: Option<String>, access: Access) -> Self {
        let cnf = Confirmation::default();
        Self { client_id, subject, access, authentication: None, cnf, revoked: false }
    }
}

#[derive(Clone, Copy)]
pub(super) struct GrantId(usize);

/// What a code is bound to besides its grant.
#[derive(Clone)]
pub(super) struct CodeBinding {
    pub(super) redirect_uri: String,
    pub(super) code_challenge: String,
    /// The thumbprint of the key that has to redeem it (RFC 9449 section 10).
    pub(super) dpop_jkt: Option<String>,
}

struct Code {
    grant: GrantId,
    binding: CodeBinding,
    expires_at: u64,
    redeemed: bool,
}

/// What an access token stands for.
pub(super) struct AccessToken {
    pub(super) grant: GrantId,
    pub(super) access: Access,
    pub(super) cnf: Confirmation,
    /// Seconds since 1970.
    pub(super) issued_at: u64,
    /// Seconds since 1970.
    pub(super) expires_at: u64,
    /// Set by the store.
    pub(super) revoked: bool,
}

/// What a refresh token stands for: its whole grant.
pub(super) struct RefreshToken {
    grant: GrantId,
    /// Seconds since 1970.
    pub(super) expires_at: u64,
    replaced: bool,
}

impl Store {
    pub(super) fn grant(&self, GrantId(index): GrantId) -> &Grant {
        &self.grants[index]
    }

    pub(super) fn grant_mut(&mut self, GrantId(index): GrantId) -> &mut Grant {
        &mut self.grants[index]
    }

    pub(super) fn add_grant(&mut self, grant: Grant) -> GrantId {
        self.grants.push(grant);
        GrantId(self.grants.len() - 1)
    }

    /// Takes back whatever that client has got.
    pub(super) fn revoke_grants_to(&mut self, client_id: &str) {
        for grant in self.grants.iter_mut().filter(|grant| grant.client_id == client_id) {
            grant.revoked = true;
        }
    }

    pub(super) fn issue_code(
        &mut self,
        grant: Grant,
        binding: CodeBinding,
        expires_at: u64,
    ) -> String {
        let code = unguessable();
        let grant = self.add_grant(grant);
        self.codes.insert(code.clone(), Code { grant, binding, expires_at, redeemed: false });
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

    pub(super) fn issue_access_token(&mut self, access_token: AccessToken) -> String {
        let token = unguessable();
        self.access_tokens.insert(token.clone(), access_token);
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

    /// What an access token stands for that is valid now.
    pub(super) fn access_token(&self, token: &str, now: u64) -> Option<(&Grant, &AccessToken)> {
        let token = self.access_tokens.get(token)?;
        let grant = self.grant(token.grant);
        let live = !grant.revoked && !token.revoked && now < token.expires_at;
        live.then_some((grant, token))
    }

    /// What a refresh token stands for that is valid now.
    pub(super) fn refresh_token(&self, token: &str, now: u64) -> Option<(&Grant, &RefreshToken)> {
        let token = self.refresh_tokens.get(token)?;
        let grant = self.grant(token.grant);
        let live = !grant.revoked && !token.replaced && now < token.expires_at;
        live.then_some((grant, token))
    }

    /// Takes a token back (RFC 7009 section 2.1). A refresh token takes its whole grant along.
    /// A token that nobody knows is as good as revoked.
    pub(super) fn revoke(&mut self, token: &str, client_id: &str) -> Result<(), &'static str> {
        let access_token = self.access_tokens.get_mut(token);
        let grant = match (&access_token, self.refresh_tokens.get(token)) {
            (Some(access_token), _) => access_token.grant,
            (None, Some(refresh_token)) => refresh_token.grant,
            (None, None) => return Ok(()),
        };
        let GrantId(index) = grant;
        let grant = &mut self.grants[index];
        if grant.client_id != client_id {
            return Err("the token was issued to another client");
        }
        match access_token {
            Some(access_token) => access_token.revoked = true,
            None => grant.revoked = true,
        }
        Ok(())
    }
}
