//! The values of the protocol, each checked once, by its constructor.

mod authorization_details;
mod entropy;
mod issuer;
mod pkce;
mod redirect_uri;
mod resource;
mod scope;
mod secret;
mod secure_url;
mod step_ups;
mod unguessable;
mod unix_time;

pub(crate) use authorization_details::authorization_details;
pub use entropy::Entropy;
pub use issuer::{Issuer, IssuerMatch};
pub(crate) use pkce::{CodeVerifier, is_unreserved};
pub use redirect_uri::RedirectUri;
pub use resource::Resource;
pub use scope::Scope;
pub use secret::Secret;
pub(crate) use secret::is_vschar;
pub use secure_url::SecureUrl;
pub(crate) use secure_url::split_host;
pub(crate) use step_ups::StepUps;
pub(crate) use unguessable::Unguessable;
pub use unix_time::UnixTime;
