//! Rich authorization requests (RFC 9396), of one type.
//!
//! ```json
//! [{ "type": "photo_access", "albums": ["coast"] }]
//! ```

use serde::{Deserialize, Serialize};

use super::error::ErrorResponse;

/// The types that requests may have.
pub(super) const TYPES: [&str; 1] = ["photo_access"];

/// What a client asks for or has got, object by object.
#[derive(Clone, PartialEq, Eq, Deserialize, Serialize)]
pub(super) struct AuthorizationDetails(Vec<PhotoAccess>);

/// Section 5: an unknown type, field or kind of value is refused.
#[derive(Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct PhotoAccess {
    r#type: Type,
    albums: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
enum Type {
    #[serde(rename = "photo_access")]
    PhotoAccess,
}

impl AuthorizationDetails {
    pub(super) fn parse(text: &str) -> Result<Self, ErrorResponse> {
        let details: Self = serde_json::from_str(text).map_err(|_| {
            invalid("not an array of objects of type photo_access with albums only")
        })?;
        let empty = details.0.is_empty() || details.0.iter().any(|access| access.albums.is_empty());
        if empty { Err(invalid("no object, or one without albums")) } else { Ok(details) }
    }

    /// Whether nothing in `other` goes beyond this.
    pub(super) fn covers(&self, other: &Self) -> bool {
        other.albums().all(|album| self.opens(album))
    }

    /// Whether that album is open.
    pub(super) fn opens(&self, album: &str) -> bool {
        self.albums().any(|open| open == album)
    }

    pub(super) fn albums(&self) -> impl Iterator<Item = &str> {
        self.0.iter().flat_map(|access| &access.albums).map(String::as_str)
    }

    /// What a user grants who would rather not grant everything.
    pub(super) fn narrowed(mut self) -> Self {
        for access in &mut self.0 {
            access.albums.truncate(1);
        }
        self
    }
}

pub(super) fn invalid(words: &'static str) -> ErrorResponse {
    ErrorResponse::new("invalid_authorization_details", words)
}
