//! From a resource to the authorization servers that it trusts (RFC 9728).

use super::{Exchange, Failure, document};
use crate::{
    client::ResourceMetadata,
    error::{Challenge, Error},
    value::{Resource, SecureUrl, UnixTime, split_host},
    wire::{Request, Response},
};
use alloc::format;

/// Asks a protected resource for its metadata.
///
/// ```
/// # use grantflow::*;
/// let discover = DiscoverResource::new("https://api.example/photos".parse()?)?;
/// let request = discover.request(UnixTime::from_secs(0))?;
/// assert_eq!(
///     request.url().as_str(),
///     "https://api.example/.well-known/oauth-protected-resource/photos"
/// );
/// # Ok::<(), Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "nothing is discovered until it is sent"]
pub struct DiscoverResource {
    resource: Resource,
    url: SecureUrl,
    /// Where to ask if there is nothing at `url`: the document of the whole host.
    whole_host: Option<(Resource, SecureUrl)>,
}

impl DiscoverResource {
    /// Asks at the well-known URL of the resource, then at that of its whole host (RFC 9728
    /// section 3.1).
    ///
    /// # Errors
    /// [`ConfigError::Url`](crate::ConfigError::Url) if the resource is no [`SecureUrl`].
    pub fn new(resource: Resource) -> Result<Self, Error> {
        SecureUrl::parse(resource.as_str())?;
        let (host, rest) = split_host(resource.as_str());
        // A slash directly after the host is not repeated (RFC 9728 section 3.1).
        let bare = rest.strip_prefix('/').filter(|rest| rest.is_empty() || rest.starts_with('?'));
        let url = well_known(host, bare.unwrap_or(rest))?;
        let whole_host = match rest {
            "" | "/" => None,
            _ => Some((Resource::parse(host)?, well_known(host, "")?)),
        };
        Ok(Self { resource, url, whole_host })
    }

    /// Asks at the URL that a challenge names; `None` if it names none. The document must
    /// describe the very URL that was called (RFC 9728 section 3.3).
    #[must_use]
    pub fn from_challenge(challenge: &Challenge, called: Resource) -> Option<Self> {
        let url = SecureUrl::parse(challenge.param("resource_metadata")?.as_str()).ok()?;
        Some(Self { resource: called, url, whole_host: None })
    }
}

impl Exchange for DiscoverResource {
    type Output = ResourceMetadata;

    fn request(&self, _now: UnixTime) -> Result<Request, Error> {
        document::get(self.url.clone())
    }

    /// # Errors
    /// [`Failure::Again`] with the whole host's URL where the server answers 4xx,
    /// [`Failure::Later`] for 429 and 5xx, [`Failure::Over`] for a document that must not be used.
    fn receive(self, response: &Response, now: UnixTime) -> Result<Self::Output, Failure<Self>> {
        match document::body(response, now) {
            Ok(body) => {
                ResourceMetadata::from_document(body, &self.resource).map_err(Failure::over)
            }
            Err(rejection) => {
                let next = self.whole_host.clone();
                let next = next.map(|(resource, url)| Self { resource, url, whole_host: None });
                Err(document::go_on(rejection, self, next))
            }
        }
    }
}

fn well_known(host: &str, rest: &str) -> Result<SecureUrl, Error> {
    SecureUrl::parse(&format!("{host}/.well-known/oauth-protected-resource{rest}"))
}
