//! What a resource server answers with 401 or 403 (RFC 9110 section 11.6.1).

use crate::{
    error::{Challenge, Challenged},
    value::SecureUrl,
    wire::Response,
};

impl Challenged {
    /// Reads the challenges of a reply, for calls that carried no token: a 401 may tell where to
    /// get one (RFC 9728 section 5.1). `None` for any status but 401 and 403.
    /// [`Call`](crate::Call) reads them by itself.
    ///
    /// ```
    /// # use grantflow::*;
    /// # let url = "https://api.example/.well-known/oauth-protected-resource/photos";
    /// # let challenge = format!("Bearer resource_metadata=\"{url}\"");
    /// # let response = Response::new(401, [("www-authenticate", challenge)], "");
    /// let photos: Resource = "https://api.example/photos".parse()?;
    /// let challenged = Challenged::from_response(&response).expect("a 401");
    /// let discover = DiscoverResource::from_challenge(challenged.of("bearer").unwrap(), photos);
    /// assert_eq!(discover.unwrap().request(UnixTime::from_secs(0))?.url().as_str(), url);
    /// # Ok::<(), Error>(())
    /// ```
    #[must_use]
    pub fn from_response(response: &Response) -> Option<Self> {
        let status = response.status();
        if status != 401 && status != 403 {
            return None;
        }
        let challenges = Challenge::parse(response.headers_named("www-authenticate"));
        let mut challenges = challenges.unwrap_or_default();
        challenges.retain(is_usable);
        Some(Self::new(status, challenges))
    }
}

/// A challenge with a URL that is no [`SecureUrl`] would lead the client astray (RFC 9728 section
/// 7.7).
fn is_usable(challenge: &Challenge) -> bool {
    ["error_uri", "resource_metadata"]
        .into_iter()
        .all(|name| challenge.param(name).is_none_or(|url| SecureUrl::parse(url.as_str()).is_ok()))
}
