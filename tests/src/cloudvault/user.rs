//! Who owns the photos.

use super::photos::{Album, Photo};

/// A person with photos.
#[derive(Clone, Debug)]
pub struct User {
    /// The stable identifier, `sub` in what `/me` says.
    pub subject: String,
    /// What the person types to sign in.
    pub username: String,
    /// What the person keeps secret.
    pub password: String,
    /// What the person reads off a device when the password alone is not enough.
    pub passcode: String,
    /// The name shown on pages.
    pub name: String,
    /// The person's albums.
    pub albums: Vec<Album>,
    /// The person's photos. Their ids are unique across the server's users.
    pub photos: Vec<Photo>,
}

impl User {
    /// Somebody without photos.
    pub(super) fn nobody(subject: String, name: String) -> Self {
        Self {
            subject,
            username: String::new(),
            password: String::new(),
            passcode: String::new(),
            name,
            albums: Vec::new(),
            photos: Vec::new(),
        }
    }

    /// The demo user: `alice`, `wonderland`, `271828`.
    #[must_use]
    pub fn alice() -> Self {
        Self {
            subject: "248289761001".to_owned(),
            username: "alice".to_owned(),
            password: "wonderland".to_owned(),
            passcode: "271828".to_owned(),
            name: "Alice Liddell".to_owned(),
            albums: vec![
                Album::new("coast", "A week on the coast"),
                Album::new("hills", "Up in the hills"),
            ],
            photos: vec![
                Photo::new("low-tide", "coast", "Low tide", "2026-06-02", 196),
                Photo::new("harbour", "coast", "Harbour before rain", "2026-06-03", 218),
                Photo::new("dunes", "coast", "Path through the dunes", "2026-06-05", 42),
                Photo::new("first-snow", "hills", "First snow", "2025-11-21", 204),
                Photo::new("alpenglow", "hills", "Alpenglow", "2025-11-22", 12),
                Photo::new("meadow", "hills", "Meadow in May", "2026-05-17", 96),
            ],
        }
    }
}
