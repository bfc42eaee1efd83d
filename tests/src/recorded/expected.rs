//! What each case allows a server to say, and what single servers say all the same.

use super::{
    exceptions::Exception,
    fixture::Recorded,
    said::{Said, Said::*, no},
};
use crate::vectors::fault::{Fault, equal};
use grantflow::CallbackError;

/// What the RFCs let a server say; where it is more than one thing, they leave it to the server.
/// Of several entries that fit, the longest counts.
const EXPECTED: &[(&str, &[Said])] = &[
    // The browser comes back.
    ("authorize_denied", &[no("access_denied"), no("consent_required")]),
    ("authorize_hybrid_", &[Unusable(CallbackError::StateMissing)]),
    ("authorize_invalid_scope", &[no("invalid_scope"), Yes]),
    ("authorize_missing_redirect_uri", &[Yes]),
    ("authorize_missing_response_type", &[no("invalid_request"), no("unsupported_response_type")]),
    ("authorize_no_pkce_public", &[no("invalid_request"), Yes]),
    ("authorize_no_state", &[Unusable(CallbackError::StateMissing)]),
    ("authorize_pkce_plain", &[no("invalid_request"), Yes]),
    ("authorize_prompt_none", &[no("login_required")]),
    ("authorize_prompt_none_with_session", &[Yes]),
    ("authorize_response_mode_form_post", &[Yes]),
    ("authorize_response_mode_fragment", &[Unusable(CallbackError::StateMissing)]),
    ("authorize_response_mode_jwt", &[Unusable(CallbackError::Unexpected("response"))]),
    ("authorize_response_mode_query_jwt", &[Unusable(CallbackError::Unexpected("response"))]),
    ("authorize_sso_immediate", &[Yes]),
    ("authorize_success_", &[Yes]),
    ("authorize_unknown_client", &[no("unauthorized_client")]),
    ("authorize_unsupported_response_type", &[no("unsupported_response_type")]),
    ("jar_authorize", &[Yes]),
    ("native_loopback_other_port", &[Yes]),
    ("par_authorize", &[Yes]),
    ("par_required_but_not_used", &[no("invalid_request")]),
    ("rar_authorize", &[Yes]),
    ("rar_unknown_type", &[no("invalid_authorization_details")]),
    ("resource_indicator_authorize", &[Yes]),
    ("resource_indicator_invalid_target", &[no("invalid_target")]),
    // A code, or what stands for one, is exchanged.
    ("jar_token", &[Yes]),
    ("native_loopback_token", &[Yes]),
    ("par_token", &[Yes]),
    ("rar_token", &[Yes]),
    ("resource_indicator_token", &[Yes]),
    ("token_bad_assertion_", &[no("invalid_client")]),
    ("token_bad_htm", &[no("invalid_dpop_proof")]),
    ("token_basic_for_post_client", &[no("invalid_client"), Yes]),
    ("token_client_credentials", &[Yes]),
    ("token_code_of_other_client", &[no("invalid_grant")]),
    ("token_duplicate_param", &[no("invalid_request"), no("invalid_grant")]),
    ("token_endpoint_without_trailing_slash", &[Redirect(301)]),
    ("token_expired_code", &[no("invalid_grant")]),
    ("token_get_method", &[Status(404), Status(405)]),
    ("token_jkt_mismatch", &[no("invalid_dpop_proof"), no("invalid_grant")]),
    ("token_json_body", &[no("invalid_request"), no("unsupported_grant_type")]),
    ("token_missing_grant_type", &[no("invalid_request"), no("unsupported_grant_type")]),
    ("token_missing_redirect_uri", &[no("invalid_request"), no("invalid_grant")]),
    ("token_missing_verifier", &[no("invalid_request"), no("invalid_grant")]),
    ("token_no_client_auth", &[no("invalid_client"), no("invalid_request")]),
    ("token_no_proof", &[no("invalid_dpop_proof"), no("invalid_grant")]),
    ("token_nonce_demanded", &[no("use_dpop_nonce")]),
    ("token_odd_credentials_encoded", &[Yes]),
    ("token_odd_credentials_raw", &[no("invalid_client"), no("invalid_request")]),
    ("token_odd_secret_body", &[Yes]),
    ("token_odd_secret_encoded", &[Yes]),
    ("token_odd_secret_raw", &[no("invalid_client"), no("invalid_request")]),
    ("token_online_refresh", &[Yes]),
    ("token_post_for_basic_client", &[no("invalid_client"), Yes]),
    ("token_reused_code", &[no("invalid_grant")]),
    ("token_right_verifier_after_wrong", &[no("invalid_grant"), Yes]),
    ("token_success", &[Yes]),
    ("token_two_auth_methods", &[no("invalid_request")]),
    ("token_unknown_client_", &[no("invalid_client")]),
    ("token_unsupported_grant_type", &[no("unsupported_grant_type")]),
    ("token_wrong_code", &[no("invalid_grant")]),
    ("token_wrong_nonce", &[no("use_dpop_nonce")]),
    ("token_wrong_redirect_uri", &[no("invalid_grant"), no("invalid_request")]),
    ("token_wrong_secret_", &[no("invalid_client")]),
    ("token_wrong_verifier", &[no("invalid_grant")]),
    // A refresh.
    ("refresh_after_access_token_revoke", &[no("invalid_grant"), Yes]),
    ("refresh_after_revoke", &[no("invalid_grant")]),
    ("refresh_expired", &[no("invalid_grant")]),
    ("refresh_invalid", &[no("invalid_grant")]),
    ("refresh_missing", &[no("invalid_request")]),
    ("refresh_new_token_after_reuse_", &[no("invalid_grant"), Yes]),
    ("refresh_no_proof", &[no("invalid_dpop_proof"), no("invalid_grant")]),
    ("refresh_of_other_client", &[no("invalid_grant")]),
    ("refresh_old_token_", &[no("invalid_grant")]),
    // Of a confidential client they need not be bound (RFC 9449 section 5).
    ("refresh_other_key", &[no("invalid_dpop_proof"), no("invalid_grant"), Yes]),
    ("refresh_scope_narrow", &[Yes]),
    ("refresh_scope_widen", &[no("invalid_scope")]),
    ("refresh_success", &[Yes]),
    // A device.
    ("device_authorization", &[Yes]),
    ("device_code_reused", &[no("invalid_grant")]),
    ("device_poll_again_at_once", &[no("authorization_pending"), no("slow_down")]),
    ("device_poll_denied", &[no("access_denied")]),
    ("device_poll_pending", &[no("authorization_pending")]),
    ("device_token_success", &[Yes]),
    ("device_unknown_code", &[no("invalid_grant")]),
    ("device_wrong_client", &[no("invalid_request"), no("unauthorized_client")]),
    // Revocation and introspection.
    ("introspect", &[Yes]),
    ("introspect_jwt_accept", &[Yes, MediaType]),
    ("introspect_missing_token", &[no("invalid_request")]),
    ("introspect_no_auth", &[no("invalid_client"), no("invalid_request")]),
    ("introspect_wrong_secret", &[no("invalid_client")]),
    ("rar_introspect", &[Yes]),
    ("resource_indicator_introspect", &[Yes]),
    ("revoke_", &[Yes]),
    ("revoke_missing_token", &[no("invalid_request")]),
    ("revoke_token_of_other_client", &[no("invalid_grant"), no("invalid_request"), Yes]),
    ("revoke_unsupported_hint", &[no("unsupported_token_type"), Yes]),
    ("revoke_wrong_secret", &[no("invalid_client")]),
    // A pushed request.
    ("par_bad_redirect_uri", &[no("invalid_request")]),
    ("par_get", &[Status(404), Status(405)]),
    ("par_public", &[Yes]),
    ("par_success", &[Yes]),
    ("par_with_request_uri", &[no("invalid_request"), no("request_uri_not_supported")]),
    ("par_wrong_secret", &[no("invalid_client")]),
    // Registration.
    ("register_bad_metadata", &[no("invalid_client_metadata"), no("invalid_redirect_uri")]),
    ("register_bad_redirect_uri", &[no("invalid_redirect_uri")]),
    ("register_delete", &[Yes]),
    ("register_read", &[Yes]),
    ("register_success", &[Yes]),
    ("register_web_loopback_refused", &[no("invalid_redirect_uri")]),
    // Discovery.
    ("discovery_oidc", &[Yes]),
    ("discovery_rfc8414", &[Yes, Status(404)]),
    ("discovery_rfc9728", &[Yes]),
    // A resource; of a token that a mischief made worthless the RFCs say "should".
    ("resource_after_code_reuse", &[no("invalid_token"), Yes]),
    ("resource_after_refresh_reuse_", &[no("invalid_token"), Yes]),
    ("resource_after_refresh_revoke", &[no("invalid_token"), Yes]),
    ("resource_after_revoke", &[no("invalid_token")]),
    ("resource_as_bearer", &[no("invalid_token")]),
    ("resource_bad_token", &[no("invalid_token")]),
    ("resource_bad_token_bare_403", &[Status(403)]),
    ("resource_body_token", &[Yes, Status(401), Status(404), Status(405)]),
    ("resource_expired_token", &[no("invalid_token")]),
    ("resource_insufficient_scope", &[no("insufficient_scope")]),
    (
        "resource_malformed_header",
        &[no("invalid_request"), no("invalid_token"), Status(401), Status(400)],
    ),
    ("resource_no_nonce", &[no("use_dpop_nonce"), Yes]),
    ("resource_no_proof", &[no("invalid_dpop_proof"), no("invalid_token"), Status(400)]),
    ("resource_no_token", &[Status(401)]),
    ("resource_other_key", &[no("invalid_dpop_proof"), no("invalid_token")]),
    ("resource_query_token", &[Yes, Status(400), Status(401)]),
    ("resource_replayed_proof", &[no("invalid_dpop_proof"), no("invalid_token"), Yes]),
    ("resource_success", &[Yes]),
    ("resource_wrong_ath", &[no("invalid_dpop_proof")]),
    ("resource_wrong_htu", &[no("invalid_dpop_proof")]),
    ("userinfo_bad_token", &[no("invalid_token")]),
    ("userinfo_no_token", &[Status(401)]),
    ("userinfo_success", &[Yes]),
    ("userinfo_without_openid_scope", &[no("insufficient_scope"), no("invalid_token")]),
];

/// What was said must be what is known of the server, or else what the case allows. Who departs from
/// the RFC must be known for it.
pub(super) fn check(recorded: &Recorded, said: &Said) -> Result<(), Fault> {
    if let Some(exception) = Exception::of(recorded) {
        let Exception { says, why, .. } = exception;
        return equal(&format!("the reply ({why})"), says, &said.to_string());
    }
    if recorded.is_unexpected {
        return Err(Fault::new(format!("no exception says why the reply is {said}")));
    }
    let expected = of_case(recorded)?;
    if expected.contains(said) { Ok(()) } else { Err(Fault::differs("the reply", expected, said)) }
}

fn of_case(recorded: &Recorded) -> Result<&'static [Said], Fault> {
    let fitting = EXPECTED.iter().filter(|(case, _)| recorded.name().starts_with(case));
    let longest = fitting.max_by_key(|(case, _)| case.len());
    let unknown = || Fault::new("nothing is expected of this case");
    longest.map(|(_, said)| *said).ok_or_else(unknown)
}
