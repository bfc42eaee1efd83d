//! The resource API: a person's photos, albums and name.

use http::{Request, Response, StatusCode};
use serde_json::json;

use super::Context;
use super::gate;
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

/// `GET /photos`, all of them by scope, or those of some albums by `authorization_details`.
pub(super) fn photos(context: &mut Context<'_>, request: &Request<Vec<u8>>) -> Response<Vec<u8>> {
    gate::answer(context, request, |context, caller| {
        let details = match caller.must_have_scope("read_photos") {
            Ok(()) => None,
            Err(challenge) => Some(caller.access.details.as_ref().ok_or(challenge)?),
        };
        let open = |photo: &&Photo| details.is_none_or(|details| details.opens(&photo.album));
        let photos = caller.user.photos.iter().filter(open);
        let photos: Vec<_> = photos
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
        Ok(json!({ "photos": photos }))
    })
}

/// `GET /albums`
pub(super) fn albums(context: &mut Context<'_>, request: &Request<Vec<u8>>) -> Response<Vec<u8>> {
    gate::answer(context, request, |_, caller| {
        caller.must_have_scope("list_albums")?;
        let user = &caller.user;
        let albums: Vec<_> = user
            .albums
            .iter()
            .map(|album| {
                let photos = user.photos.iter().filter(|photo| photo.album == album.id);
                json!({ "id": album.id, "title": album.title, "photos": photos.count() })
            })
            .collect();
        Ok(json!({ "albums": albums }))
    })
}

/// `GET /me`
pub(super) fn me(context: &mut Context<'_>, request: &Request<Vec<u8>>) -> Response<Vec<u8>> {
    gate::answer(context, request, |_, caller| {
        Ok(json!({ "sub": caller.user.subject, "name": caller.user.name }))
    })
}

/// `GET /vaulted`, after a strong sign-in a short time ago (RFC 9470).
pub(super) fn vaulted(context: &mut Context<'_>, request: &Request<Vec<u8>>) -> Response<Vec<u8>> {
    gate::answer(context, request, |context, caller| {
        let max_age = context.config.vaulted_max_age.as_secs();
        caller.must_have_signed_in(max_age, context)?;
        Ok(json!({ "vaulted": "the negatives" }))
    })
}

/// `GET /photos/{id}.svg`, for everyone: an `<img>` sends no token.
pub(super) fn svg(context: &mut Context<'_>, request: &Request<Vec<u8>>) -> Response<Vec<u8>> {
    let id = request.uri().path().rsplit('/').next().and_then(|name| name.strip_suffix(".svg"));
    let mut photos = context.config.users.iter().flat_map(|user| &user.photos);
    match photos.find(|photo| Some(photo.id.as_str()) == id) {
        Some(photo) => reply::body(StatusCode::OK, "image/svg+xml", photo.svg().into_bytes()),
        None => reply::not_found(),
    }
}
