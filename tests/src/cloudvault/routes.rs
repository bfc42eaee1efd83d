//! Which endpoint answers which request: a line in [`ROUTES`] each.

use http::{Method, Request, Response};

use super::{
    Context, authorize, device, interaction, introspection, metadata, pages, par, photos,
    registration, reply, resource_metadata, revocation, token,
};

type Endpoint = fn(&mut Context<'_>, &Request<Vec<u8>>) -> Response<Vec<u8>>;

const ROUTES: [(&str, &str, Endpoint); 21] = [
    ("GET", "/authorize", authorize::authorize),
    ("GET", "/consent", interaction::consent_page),
    ("POST", "/consent", interaction::consent),
    ("POST", "/login", interaction::login),
    ("POST", "/token", token::token),
    ("POST", "/par", par::push),
    ("POST", "/device_authorization", device::authorize),
    ("GET", "/device", device::page),
    ("POST", "/device", device::enter),
    ("POST", "/revoke", revocation::revoke),
    ("POST", "/introspect", introspection::introspect),
    ("POST", "/register", registration::register),
    ("GET", "/register/{id}", registration::read),
    ("PUT", "/register/{id}", registration::update),
    ("DELETE", "/register/{id}", registration::delete),
    ("GET", "/photos", photos::photos),
    ("GET", "/photos/{id}.svg", photos::svg),
    ("GET", "/albums", photos::albums),
    ("GET", "/me", photos::me),
    ("GET", "/vaulted", photos::vaulted),
    ("GET", "/style.css", pages::style),
];

/// The response to a request, whatever it asks for.
pub(super) fn route(context: &mut Context<'_>, request: &Request<Vec<u8>>) -> Response<Vec<u8>> {
    let path = request.uri().path();
    let get = request.method() == Method::GET;
    if get && path == metadata::path(context.config) {
        return metadata::metadata(context, request);
    }
    if get && resource_metadata::resource(context.config, path).is_some() {
        return resource_metadata::metadata(context, request);
    }
    // Everything else is below the issuer, whose path may not be empty.
    let (_, base_path) = context.config.origin_and_path();
    let path = match path.strip_prefix(base_path) {
        Some(path) if path.starts_with("/photos/") => "/photos/{id}.svg",
        Some(path) if path.starts_with("/register/") => "/register/{id}",
        Some(path) => path,
        None => return reply::not_found(),
    };
    let mut allowed = Vec::new();
    for (method, route, endpoint) in ROUTES {
        if route == path {
            if method == request.method().as_str() {
                return endpoint(context, request);
            }
            allowed.push(method);
        }
    }
    if allowed.is_empty() {
        return reply::not_found();
    }
    reply::method_not_allowed(&allowed.join(", "))
}
