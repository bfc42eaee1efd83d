//! What holds for any input: one function for each invariant, called by a property with made
//! input, by a fuzz target with found input, and with every seed of its corpus. A broken invariant
//! panics.

pub mod callback;
pub mod device_reply;
pub mod error_reply;
pub mod flow;
pub mod form;
pub mod heap;
pub mod hostile;
pub mod introspection_reply;
mod json;
pub mod json_members;
pub mod par_reply;
pub mod pending_text;
pub mod registration_reply;
mod reply;
pub mod resource_metadata;
mod said;
pub mod scene;
pub mod secrets;
pub mod server_metadata;
pub mod stored_tokens;
pub mod token_reply;
pub mod urls;
pub mod www_authenticate;

/// A fuzz target.
pub struct Target {
    /// Its name: that of its file, its corpus and its dictionary.
    pub name: &'static str,
    /// What must hold for any input; it panics if it does not.
    pub check: fn(&[u8]),
}

/// All fuzz targets.
pub const TARGETS: [Target; 16] = [
    Target { name: "callback", check: callback::check },
    Target { name: "device_reply", check: device_reply::check },
    Target { name: "error_reply", check: error_reply::check },
    Target { name: "flow", check: flow::check },
    Target { name: "form", check: form::check },
    Target { name: "introspection_reply", check: introspection_reply::check },
    Target { name: "json_members", check: json_members::check },
    Target { name: "par_reply", check: par_reply::check },
    Target { name: "pending_text", check: pending_text::check },
    Target { name: "registration_reply", check: registration_reply::check },
    Target { name: "resource_metadata", check: resource_metadata::check },
    Target { name: "server_metadata", check: server_metadata::check },
    Target { name: "stored_tokens", check: stored_tokens::check },
    Target { name: "token_reply", check: token_reply::check },
    Target { name: "urls", check: urls::check },
    Target { name: "www_authenticate", check: www_authenticate::check },
];
