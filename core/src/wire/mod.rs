//! What goes over the wire: requests, replies and the forms, JSON and headers that they are made of.

mod form;
mod headers;
#[cfg(feature = "http")]
mod http;
pub(crate) mod json;
mod media_type;
mod method;
pub(crate) mod percent;
mod request;
mod response;
mod retry_after;

pub use form::Form;
pub(crate) use media_type::MediaType;
pub use method::Method;
pub use request::Request;
pub use response::Response;
