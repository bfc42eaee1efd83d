//! The resource API: a person's photos, albums and name.

use http::{Request, Response, StatusCode};
use serde_json::json;

use super::Context;
use super::bearer;
use super::pages::escape;
use super::reply;

/// An album.
#[derive(Clone, Debug)]
pub struct Album {
    /// What photos refer to it by.
    pub id: String,
    /// What its owner calls it.
    pub title: String,
}

impl Album {
    /// An album.
    #[must_use]
    pub fn new(id: &str, title: &str) -> Self {
        Self { id: id.to_owned(), title: title.to_owned() }
    }
}

/// A photo, which this server paints rather than stores.
#[derive(Clone, Debug)]
pub struct Photo {
    /// Its name in `/photos/{id}.svg`.
    pub id: String,
    /// The album that it is in.
    pub album: String,
    /// What its owner calls it.
    pub title: String,
    /// The day it was taken, as `YYYY-MM-DD`.
    pub taken: String,
    /// The colour of its sky, in degrees of hue.
    pub hue: u16,
}

impl Photo {
    /// A photo.
    #[must_use]
    pub fn new(id: &str, album: &str, title: &str, taken: &str, hue: u16) -> Self {
        Self {
            id: id.to_owned(),
            album: album.to_owned(),
            title: title.to_owned(),
            taken: taken.to_owned(),
            hue,
        }
    }

    fn svg(&self) -> String {
        let title = escape(&self.title);
        let sky = self.hue;
        let land = (self.hue + 150) % 360;
        format!(
            r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 400" role="img">
<title>{title}</title>
<defs><linearGradient id="sky" x1="0" y1="0" x2="0" y2="1">
<stop offset="0" stop-color="hsl({sky} 60% 55%)"/>
<stop offset="1" stop-color="hsl({sky} 70% 88%)"/>
</linearGradient></defs>
<rect width="600" height="400" fill="url(#sky)"/>
<circle cx="440" cy="110" r="42" fill="hsl({sky} 90% 95%)"/>
<path d="M0 290 Q120 190 250 270 T600 230 V400 H0Z" fill="hsl({land} 25% 45%)"/>
<path d="M0 340 Q200 260 360 330 T600 310 V400 H0Z" fill="hsl({land} 30% 30%)"/>
</svg>
"##
        )
    }
}

/// `GET /photos`
pub(super) fn photos(context: &mut Context<'_>, request: &Request<Vec<u8>>) -> Response<Vec<u8>> {
    let user = match bearer::authorize(context, request, Some("read_photos")) {
        Ok(user) => user,
        Err(challenge) => return challenge.to_response(),
    };
    let photos: Vec<_> = user
        .photos
        .iter()
        .map(|photo| {
            json!({
                "id": photo.id,
                "album": photo.album,
                "title": photo.title,
                "taken": photo.taken,
                "url": format!("{}/photos/{}.svg", context.config.issuer, photo.id),
            })
        })
        .collect();
    private(&json!({ "photos": photos }))
}

/// `GET /albums`
pub(super) fn albums(context: &mut Context<'_>, request: &Request<Vec<u8>>) -> Response<Vec<u8>> {
    let user = match bearer::authorize(context, request, Some("list_albums")) {
        Ok(user) => user,
        Err(challenge) => return challenge.to_response(),
    };
    let albums: Vec<_> = user
        .albums
        .iter()
        .map(|album| {
            let photos = user.photos.iter().filter(|photo| photo.album == album.id);
            json!({ "id": album.id, "title": album.title, "photos": photos.count() })
        })
        .collect();
    private(&json!({ "albums": albums }))
}

/// `GET /me`
pub(super) fn me(context: &mut Context<'_>, request: &Request<Vec<u8>>) -> Response<Vec<u8>> {
    match bearer::authorize(context, request, None) {
        Ok(user) => private(&json!({ "sub": user.subject, "name": user.name })),
        Err(challenge) => challenge.to_response(),
    }
}

/// `GET /photos/{id}.svg`, for everyone: an `<img>` sends no token.
pub(super) fn svg(context: &mut Context<'_>, request: &Request<Vec<u8>>) -> Response<Vec<u8>> {
    let id =
        request.uri().path().strip_prefix("/photos/").and_then(|name| name.strip_suffix(".svg"));
    let mut photos = context.config.users.iter().flat_map(|user| &user.photos);
    match photos.find(|photo| Some(photo.id.as_str()) == id) {
        Some(photo) => reply::body(StatusCode::OK, "image/svg+xml", photo.svg().into_bytes()),
        None => reply::not_found(),
    }
}

fn private(value: &serde_json::Value) -> Response<Vec<u8>> {
    let mut response = reply::json(value);
    reply::no_store(&mut response);
    response
}
