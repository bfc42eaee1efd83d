//! Input of any size that is made to cost: what a hostile server would send.

/// The parts of an input: one that begins it, one that is repeated, one that ends it. `{n}` in the
/// repeated one is its number.
pub struct Family {
    /// The target that it is for.
    pub target: &'static str,
    start: &'static str,
    filling: &'static str,
    end: &'static str,
}

impl Family {
    /// An input of about so many octets.
    #[must_use]
    pub fn input(&self, octets: usize) -> Vec<u8> {
        let mut input = self.start.to_owned();
        let mut number = 0_u32;
        while input.len() < octets {
            match self.filling.split_once("{n}") {
                None => input.push_str(self.filling),
                Some((before, after)) => input.push_str(&format!("{before}{number:x}{after}")),
            }
            number += 1;
        }
        input.push_str(self.end);
        input.into_bytes()
    }

    /// What it is made of.
    #[must_use]
    pub fn filling(&self) -> &'static str {
        self.filling
    }
}

const fn family(target: &'static str, [start, filling, end]: [&'static str; 3]) -> Family {
    Family { target, start, filling, end }
}

/// All of them; at least one for each target that reads what others wrote.
pub const FAMILIES: [Family; 50] = [
    family("callback", ["code=canary-code&state=", "a", ""]),
    family("callback", ["code=", "%41", ""]),
    family("callback", ["", "x{n}=1&", ""]),
    family("callback", ["", "&", "code=a"]),
    family("device_reply", ["200\n\n{\"user_code\":\"", "\\n", "\"}"]),
    family("device_reply", ["200\n\n{\"verification_uri\":\"https://as.example/", "a", "\"}"]),
    family(
        "error_reply",
        ["400\n\n{\"error\":\"e\",\"error_description\":\"", "canary-code ", "\"}"],
    ),
    family("error_reply", ["400\n\n{\"error\":\"e\",\"error_description\":\"", "\\u0041", "\"}"]),
    family("error_reply", ["400\n\n{\"error\":\"", "\u{202e}", "\"}"]),
    family("error_reply", ["503\nRetry-After: ", "9", "\n\n"]),
    family("form", ["", "x{n}=%C3%A4&", ""]),
    family("form", ["a=", "ä", ""]),
    family("introspection_reply", ["200\n\n{\"active\":true,\"exp\":", "9", "}"]),
    family("introspection_reply", ["200\n\n{\"x\":[", "{},", "0],\"active\":true}"]),
    family("json_members", ["{\"x\":", "[", ""]),
    family("json_members", ["{", "\"x\":{},", "\"active\":true}"]),
    family("json_members", ["{", "\"\\u0061ctiv\":0,", "\"active\":true}"]),
    family("json_members", ["{\"active\":true,\"x\":", " ", "0}"]),
    family("par_reply", ["201\n\n{\"expires_in\":60,\"request_uri\":\"urn:", "ä", "\"}"]),
    family("par_reply", ["201\n\n{\"expires_in\":60,\"request_uri\":\"urn:", "\\n", "\"}"]),
    family("pending_text", ["1~t1700000000~s", "a", ""]),
    family("pending_text", ["1~t1~ba~ca~sa~rhttps://client.example~u", "a:b+", "a:b"]),
    family("pending_text", ["1~t1~ba~ca~sa~rhttps://client.example~o", "a++", "b"]),
    family("registration_reply", ["201\n\n{\"client_id\":\"", "a", "\"}"]),
    family(
        "registration_reply",
        ["201\n\n{\"redirect_uris\":[", "\"\",", "\"\"],\"client_id\":\"a\"}"],
    ),
    family(
        "resource_metadata",
        [
            "200\n\n{\"resource\":\"https://api.example/photos\",\"scopes_supported\":[",
            "\"\",",
            "\"\"]}",
        ],
    ),
    family(
        "resource_metadata",
        [
            "200\n\n{\"resource\":\"https://api.example/photos\",\"scopes_supported\":[",
            "\"a\",",
            "\"\"]}",
        ],
    ),
    family(
        "resource_metadata",
        [
            "200\n\n{\"resource\":\"https://api.example/photos\",\"authorization_servers\":[",
            "\"https://a\",",
            "\"https://a\"]}",
        ],
    ),
    family(
        "resource_metadata",
        [
            "200\n\n{\"resource\":\"https://api.example/photos\",\"authorization_servers\":[\"https://a/",
            "a",
            "\"]}",
        ],
    ),
    family(
        "server_metadata",
        [
            "200\n\n{\"issuer\":\"https://as.example/tenant\",\"token_endpoint\":\"https://a/\",\"code_challenge_methods_supported\":[",
            "\"a\",",
            "\"S256\"]}",
        ],
    ),
    family(
        "server_metadata",
        [
            "200\n\n{\"issuer\":\"https://as.example/tenant\",\"token_endpoint\":\"https://a/",
            "a",
            "\"}",
        ],
    ),
    family("server_metadata", ["200\n\n{\"issuer\":\"https://as.example/", "a", "\"}"]),
    family("stored_tokens", ["{\"v\":1,\"scope\":", "[", ""]),
    family("stored_tokens", ["{\"v\":1,\"scope\":[", "0,", "0]}"]),
    family("stored_tokens", ["{\"v\":1,\"resources\":[", "\"a:b\",", "\"a:b\"]}"]),
    family("stored_tokens", ["{\"v\":1,\"access_token\":\"", "\\u0041", "\"}"]),
    family(
        "token_reply",
        ["200\n\n{\"token_type\":\"Bearer\",\"access_token\":\"", "\\u0041", "\"}"],
    ),
    family(
        "token_reply",
        [
            "200\n\n{\"token_type\":\"Bearer\",\"access_token\":\"a\",\"scope\":[",
            "\"a\",",
            "\"\"]}",
        ],
    ),
    family(
        "token_reply",
        ["200\n\n{\"token_type\":\"Bearer\",\"access_token\":\"a\",\"scope\":\"", "a ", "\"}"],
    ),
    family(
        "token_reply",
        [
            "200\nContent-Type: application/x-www-form-urlencoded\n\ntoken_type=Bearer&access_token=a&scope=",
            "%41",
            "",
        ],
    ),
    family(
        "token_reply",
        ["200\nContent-Type: application/x-www-form-urlencoded\n\n", "&", "access_token=a"],
    ),
    family("token_reply", ["400\nDPoP-Nonce: ", "a", "\n\n{\"error\":\"use_dpop_nonce\"}"]),
    family("token_reply", ["200\n", "x: \n", "\n{}"]),
    family("urls", ["https://as.example/", "a", ""]),
    family("urls", ["https://", "a.", "example"]),
    family("urls", ["https://as.example/", "ä", ""]),
    family("www_authenticate", ["Bearer ", "p{n}=v,", ""]),
    family("www_authenticate", ["Bearer x=\"", "ä", "\""]),
    family("www_authenticate", ["Bearer x=\"", "\\\"", "\""]),
    family("www_authenticate", ["", "a,", ""]),
];
