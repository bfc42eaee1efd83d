//! The cases, each written once for all servers and adapters.
//!
//! What the types forbid is done as an application could do it that keeps things too long: by way
//! of the stored form of a pending flow, and of tokens.

mod assertion;
mod challenge;
mod code;
mod denial;
mod device;
mod discovery;
mod dpop;
mod introspection;
mod issuer;
mod login;
mod machine;
mod par;
mod refresh;
mod registration;
mod resource;
mod resource_indicators;
mod revocation;

use crate::{expect::Done, trial::Trial};

pub(crate) struct Case {
    /// What a scenario calls it.
    pub(crate) name: &'static str,
    /// What the table calls it.
    pub(crate) title: &'static str,
    pub(crate) run: fn(&Trial<'_>) -> Done,
}

const fn case(name: &'static str, title: &'static str, run: fn(&Trial<'_>) -> Done) -> Case {
    Case { name, title, run }
}

pub(crate) const CASES: [Case; 31] = [
    case("discovery", "discovery", discovery::metadata),
    case("basic", "login, client_secret_basic", login::basic),
    case("post", "login, client_secret_post", login::post),
    case("public", "login, public client", login::public),
    case("odd", "login, odd id and secret", login::odd),
    case("spaced", "login, spaces in id, secret", login::spaced),
    case("secret_jwt", "login, client_secret_jwt", assertion::secret),
    case("key_jwt", "login, private_key_jwt", assertion::key),
    case("denial", "denied consent", denial::denied),
    case("issuer", "iss right, swapped, removed", issuer::compared),
    case("reused_code", "reused code", code::reused),
    case("wrong_verifier", "wrong verifier", code::wrong_verifier),
    case("wrong_secret", "wrong secret", code::wrong_secret),
    case("refresh", "refresh with rotation", refresh::rotated),
    case("refresh_revoked", "refresh of a revoked token", refresh::revoked),
    case("revocation", "revocation", revocation::ends_access),
    case("introspection", "introspection", introspection::good_and_bad),
    case("good_token", "resource, good token", resource::good_token),
    case("bad_token", "resource, bad token", resource::bad_token),
    case("challenge", "from a challenge to issuer", challenge::leads_to_the_server),
    case("resource", "resource indicators", resource_indicators::known_and_unknown),
    case("par", "PAR", par::pushed),
    case("dpop_token", "DPoP nonce, token endpoint", dpop::token_endpoint),
    case("dpop_resource", "DPoP nonce, resource", dpop::resource),
    case("dpop_par", "DPoP nonce, PAR", dpop::pushed),
    case("dpop_refresh", "DPoP refresh", dpop::refresh),
    case("device", "device flow", device::allowed),
    case("device_denied", "device flow, denied", device::denied),
    case("machine", "client credentials", machine::client_credentials),
    case("registration", "registration, managed", registration::managed),
    case("registered", "login, registered client", registration::login),
];
