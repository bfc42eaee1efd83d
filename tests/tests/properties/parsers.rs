//! Every parser, by the check that its fuzz target has, with input that comes close.

use crate::{
    near::{damage, json, reply},
    scene::cases,
};
use grantflow_checks::{
    device_reply, error_reply, flow, form, introspection_reply, json_members, par_reply,
    pending_text, registration_reply, resource_metadata, server_metadata, stored_tokens,
    token_reply, urls, www_authenticate,
};
use proptest::{collection::vec, prelude::*};

type Members = &'static [(&'static str, &'static str)];

const TOKENS: Members = &[
    ("access_token", "\"canary-access-token\""),
    ("token_type", "\"Bearer\""),
    ("expires_in", "3600"),
    ("refresh_token", "\"canary-refresh-token\""),
    ("scope", "\"a b\""),
    ("expires", "60"),
];
const BOUND: Members = &[("access_token", "\"x\""), ("token_type", "\"DPoP\"")];
const ERROR: Members = &[
    ("error", "\"invalid_grant\""),
    ("error_description", "\"canary-code is not a code\""),
    ("error_uri", "\"https://as.example/e\""),
];
const NONCE: Members = &[("error", "\"use_dpop_nonce\"")];
const WAIT: Members = &[("error", "\"slow_down\"")];
const DEVICE: Members = &[
    ("device_code", "\"canary-device-code\""),
    ("user_code", "\"WDJB-MJHT\""),
    ("verification_uri", "\"https://as.example/device\""),
    ("verification_uri_complete", "\"https://as.example/device?c=WDJB\""),
    ("expires_in", "1800"),
    ("interval", "5"),
];
const PUSHED: Members = &[("request_uri", "\"urn:example:6esc_11\""), ("expires_in", "60")];
const ACTIVE: Members = &[("active", "true"), ("exp", "1700003600"), ("scope", "\"a b\"")];
const CLIENT: Members = &[
    ("client_id", "\"s6BhdRkqt3\""),
    ("client_secret", "\"canary-client-secret\""),
    ("client_secret_expires_at", "0"),
    ("registration_access_token", "\"canary-registration-token\""),
    ("registration_client_uri", "\"https://as.example/r\""),
    ("token_endpoint_auth_method", "\"client_secret_post\""),
];
const SERVER: Members = &[
    ("issuer", "\"https://as.example/tenant\""),
    ("token_endpoint", "\"https://as.example/token\""),
    ("authorization_endpoint", "\"https://as.example/authorize\""),
    ("revocation_endpoint", "\"http://127.0.0.1:8080/r\""),
    ("authorization_response_iss_parameter_supported", "true"),
    ("code_challenge_methods_supported", "[\"S256\"]"),
    ("issuer_match", "\"/\""),
];
const RESOURCE: Members = &[
    ("resource", "\"https://api.example/photos\""),
    ("authorization_servers", "[\"https://as.example\"]"),
    ("scopes_supported", "[\"a\",\"b\"]"),
];
const STORED: Members = &[
    ("v", "1"),
    ("access_token", "\"canary-access-token\""),
    ("token_type", "\"Bearer\""),
    ("refresh_token", "\"canary-refresh-token\""),
    ("expires_at", "1700003600"),
    ("scope", "[\"a,b\",\",\"]"),
    ("requested", "\"a b\""),
    ("consented", "\"a b\""),
    ("resources", "[\"https://api.example\"]"),
];

/// An input of this text, damaged now and then.
fn damaged(text: impl Strategy<Value = String>) -> impl Strategy<Value = Vec<u8>> {
    (text, damage()).prop_map(|(text, damage)| {
        let mut input = text.into_bytes();
        damage.apply(&mut input);
        input
    })
}

/// A suspended flow with fields left out, repeated or made up.
fn pending() -> impl Strategy<Value = String> {
    let own: Vec<_> = pending_text::OWN.split('~').map(str::to_owned).collect();
    let field = prop_oneof![
        "k[a-z]{0,5}|mform_post|mquery|u[a-z]:[a-z]{0,3}(\\+[a-z]:[a-z])?|n[ -~]{0,5}",
        "o[a-c+]{0,7}|t[0-9]{1,21}|r(https://a\\.example/|com\\.a:/|http://127\\.0\\.0\\.1:1/)[a-z]{0,3}",
        "[a-z]?(%[0-9A-F]{2}|[ -~]){0,6}",
    ];
    let others = vec((any::<proptest::sample::Index>(), field, any::<bool>()), 0..3);
    others.prop_map(move |others| {
        let mut fields = own.clone();
        for (at, field, replaces) in others {
            let at = at.index(fields.len());
            if replaces { fields[at] = field } else { fields.insert(at, field) }
        }
        fields.join("~")
    })
}

fn url() -> impl Strategy<Value = String> {
    let scheme = "https|http|HTTP|ftp|com\\.example\\.app|myapp|urn|[a-z+.-]{0,5}";
    let authority = "(user(:pw)?@)?(as\\.example|localhost|LOCALHOST|127\\.0\\.0\\.1|127\\.1|0x7f\\.1\
                     |\\[::1\\]|\\[0:0:0:0:0:0:0:1\\]|xn--[a-z]{1,4}|[a-z.%ä]{0,6})(:[0-9]{0,5})?";
    let rest = "(/(\\.\\.?|[ -~]{0,4}|%2e|ä)){0,3}(\\?[ -~]{0,6})?(#[a-z]{0,2})?";
    (scheme, "://|:|:/|:\\\\\\\\", authority, rest)
        .prop_map(|(scheme, mark, authority, rest)| scheme + &mark + &authority + &rest)
}

fn challenges() -> impl Strategy<Value = String> {
    let param = "(realm|error|error_uri|scope|resource_metadata|[a-z-]{1,4}) ?= ?\
                 (\"([ -~]|\\\\[\"\\\\]){0,9}\"|[a-z0-9/:.]{1,9}|\"https://[a-z]{1,3}/\")";
    let challenge = (
        "Bearer|DPoP|Basic|[A-Za-z]{1,9}",
        prop_oneof![
            4 => vec(param, 0..4).prop_map(|params| params.join(", ")),
            1 => "[A-Za-z0-9+/]{1,9}={0,2}",
            1 => Just("canary-access-token".to_owned()),
        ],
    );
    let challenge = challenge.prop_map(|(scheme, rest)| format!("{scheme} {rest}"));
    (vec(challenge, 0..4), ", ?|\n| ").prop_map(|(all, between)| all.join(&between))
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn a_token_reply_gives_its_own_tokens_or_none(input in reply(200, TOKENS)) {
        token_reply::check(&input);
    }

    #[test]
    fn a_bound_token_is_for_a_bound_client(input in reply(200, BOUND)) {
        token_reply::check(&input);
    }

    #[test]
    fn a_refusal_is_the_same_whoever_asked(input in reply(400, ERROR)) {
        error_reply::check(&input);
    }

    #[test]
    fn a_demanded_nonce_is_one_more_try_for_a_bound_client(input in reply(400, NONCE)) {
        token_reply::check(&input);
        par_reply::check(&input);
    }

    #[test]
    fn a_poll_slows_down_only_where_it_is_told_to(input in reply(400, WAIT)) {
        error_reply::check(&input);
    }

    #[test]
    fn a_device_reply_makes_its_own_poll(input in reply(200, DEVICE)) {
        device_reply::check(&input);
    }

    #[test]
    fn a_pushed_request_comes_back_as_its_uri(input in reply(201, PUSHED)) {
        par_reply::check(&input);
    }

    #[test]
    fn a_token_is_good_only_if_the_server_says_so(input in reply(200, ACTIVE)) {
        introspection_reply::check(&input);
    }

    #[test]
    fn what_is_registered_is_what_the_reply_says(input in reply(201, CLIENT)) {
        registration_reply::check(&input);
    }

    #[test]
    fn metadata_makes_only_the_server_that_was_asked(input in reply(200, SERVER)) {
        server_metadata::check(&input);
    }

    #[test]
    fn a_resource_is_believed_only_if_it_is_the_one(input in reply(200, RESOURCE)) {
        resource_metadata::check(&input);
    }

    #[test]
    fn json_is_read_as_serde_json_reads_it(input in json(ACTIVE)) {
        json_members::check(&input);
    }

    #[test]
    fn stored_tokens_are_read_as_they_are_written(input in json(STORED)) {
        stored_tokens::check(&input);
    }

    #[test]
    fn a_suspended_flow_is_taken_up_only_by_its_own(input in damaged(pending())) {
        pending_text::check(&input);
    }

    #[test]
    fn no_url_leads_elsewhere(input in damaged(url())) {
        urls::check(&input);
    }

    #[test]
    fn challenges_read_the_same_when_they_are_written_anew(input in damaged(challenges())) {
        www_authenticate::check(&input);
    }

    #[test]
    fn forms_are_those_of_serde_urlencoded(
        input in vec("(code|state|scope|x|[a-z%äÿ +&=]{0,4})=(%[0-9a-f]{2}|[ -~ä]){0,6}[\n&]", 0..6),
    ) {
        form::check(input.concat().as_bytes());
    }

    #[test]
    fn any_steps_lead_where_the_model_says(steps in vec(any::<u8>(), 0..400)) {
        flow::check(&steps);
    }
}
