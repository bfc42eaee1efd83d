//! From a resource's demand to another login (RFC 9470).

use super::{Authorized, Flow, Unstarted};
use crate::{
    error::{Challenge, Challenged, Error, ErrorCode, ProtocolError},
    value::{Scope, UnixTime},
};

impl Flow<Authorized> {
    /// Begins the login that a resource server demands: a stronger or more recent sign-in (RFC 9470
    /// section 3), or more scope (RFC 6750 section 3.1).
    ///
    /// It asks for what this flow asked for and the challenge's scope beyond that, for the same
    /// resources, with the challenge's `acr_values` and `max_age`; set whatever else your logins
    /// have. This flow stays as it is, should the user think better of it.
    ///
    /// A resource may never be content. After
    /// [`Policy::step_up_limit`](crate::Policy::step_up_limit) step-ups within an hour, one from
    /// the other, there is no further one; the count is kept in what is stored.
    ///
    /// ```
    /// # use grantflow::*;
    /// # let client = Client::public(AuthorizationServer::new("https://as.example/t".parse()?), "id").build()?;
    /// # let tokens = StoredTokens::import("at", TokenType::Bearer)?.with_scope("photos".parse()?);
    /// # let flow = Flow::restore(&client, tokens)?;
    /// # let now = UnixTime::from_secs(0);
    /// # let headers = [("www-authenticate", r#"Bearer error="insufficient_user_authentication", max_age="5""#)];
    /// # let response = Response::new(401, headers, "");
    /// let call = flow.call(Request::get("https://api.example/vault".parse()?))?;
    /// match call.receive(&response, now) {
    ///     Ok(reply) => { /* the door is open */ }
    ///     Err(Failure::Over(Error::Challenged(challenged))) => {
    ///         let login: Flow<Unstarted> = flow.step_up(&challenged, now)?;
    ///         // login.start(entropy, now)
    ///     }
    ///     Err(failure) => return Err(failure.into()),
    /// }
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Challenged`] if the challenge is not one that another login meets,
    /// [`ProtocolError::Invalid`] if its `scope`, `acr_values` or `max_age` cannot be asked for,
    /// [`ProtocolError::StepUpLoop`] if it is one too many.
    pub fn step_up(
        &self,
        challenged: &Challenged,
        now: UnixTime,
    ) -> Result<Flow<Unstarted>, Error> {
        let is_demand = |challenge: &&Challenge| {
            let error = challenge.error();
            error == Some(ErrorCode::InsufficientUserAuthentication)
                || error == Some(ErrorCode::InsufficientScope)
        };
        let demand = challenged.challenges().iter().find(is_demand);
        let demand = demand.ok_or_else(|| Error::from(challenged.clone()))?;
        let limit = self.client.policy().step_up_limit;
        let step_ups = self.state.step_ups.one_more(limit, now);

        let tokens = self.tokens();
        let mut login = Flow::new(&self.client);
        login.state.step_ups = step_ups.ok_or(ProtocolError::StepUpLoop)?;
        login.state.resources = tokens.resources().to_vec();
        let more = Scope::parse(text(demand, "scope").unwrap_or_default());
        let scope = more.and_then(|more| tokens.requested_scope().union(&more));
        login.state.scope = scope.map_err(|_| ProtocolError::Invalid("scope"))?;
        if let Some(acr_values) = text(demand, "acr_values") {
            if acr_values.trim_ascii().is_empty() {
                return Err(ProtocolError::Invalid("acr_values").into());
            }
            login = login.add("acr_values", acr_values)?;
        }
        if let Some(max_age) = text(demand, "max_age") {
            if max_age.is_empty() || !max_age.bytes().all(|byte| byte.is_ascii_digit()) {
                return Err(ProtocolError::Invalid("max_age").into());
            }
            login = login.add("max_age", max_age)?;
        }
        Ok(login)
    }
}

fn text<'a>(challenge: &'a Challenge, name: &str) -> Option<&'a str> {
    Some(challenge.param(name)?.as_str())
}
