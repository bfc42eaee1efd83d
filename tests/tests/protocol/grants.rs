//! Grants without a browser: client credentials, token exchange, JWT bearer, extensions.

use crate::{NOW, TOKENS, busy, confidential, form, json, later, over, public};
use grantflow::{
    Client, ClientAuth, ConfigError, Error, ErrorCode, Exchange, ProtocolError, UnixTime,
};

const ACCESS_TOKEN: &str = "urn:ietf:params:oauth:token-type:access_token";

fn client() -> Client {
    confidential(ClientAuth::post("s"))
}

/// The body of a request without what client authentication adds.
fn body(exchange: &impl Exchange) -> String {
    let request = exchange.request(NOW).unwrap();
    assert_eq!(request.url().as_str(), "https://as.example/token");
    let body = String::from_utf8(request.body().to_vec()).unwrap();
    body.replace("&client_id=id", "").replace("&client_secret=s", "")
}

#[test]
fn each_grant_sends_its_own_parameters() {
    let resource = || "https://api.example/".parse().unwrap();
    let grant = client().client_credentials().unwrap().scope("a b").unwrap().resource(resource());
    assert_eq!(
        body(&grant),
        "grant_type=client_credentials&scope=a+b&resource=https%3A%2F%2Fapi.example%2F"
    );
    let grant = client().token_exchange("the+token", ACCESS_TOKEN).param("audience", "b").unwrap();
    assert_eq!(
        body(&grant),
        "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange\
         &subject_token=the%2Btoken\
         &subject_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Aaccess_token&audience=b"
    );
    assert_eq!(
        body(&client().jwt_bearer("e30.e30.")),
        "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=e30.e30."
    );
    let grant = client().extension_grant("urn:example:otp").param("otp", "1 2").unwrap();
    assert_eq!(body(&grant), "grant_type=urn%3Aexample%3Aotp&otp=1+2");
}

#[test]
fn a_client_without_credentials_cannot_act_for_itself() {
    let error = public().client_credentials().unwrap_err();
    assert_eq!(error, ConfigError::PublicClient.into());
    // Another's assertion is a credential of its own.
    let sent = form(&public().jwt_bearer("e30.e30.").request(NOW).unwrap());
    assert_eq!(crate::values(&sent, "client_id"), ["id"]);
}

#[test]
fn parameters_of_the_protocol_are_not_extra_ones_and_none_is_there_twice() {
    let grant = || client().token_exchange("t", ACCESS_TOKEN);
    for name in ["", "grant_type", "scope", "resource", "client_id", "client_secret"] {
        let error = grant().param(name, "x").unwrap_err();
        assert_eq!(error, ConfigError::ReservedParameter(name.into()).into());
    }
    for name in ["subject_token", "subject_token_type"] {
        let error = grant().param(name, "x").unwrap_err();
        assert_eq!(error, ConfigError::RepeatedParameter(name.into()).into());
    }
    let error = client().jwt_bearer("a").param("assertion", "b").unwrap_err();
    assert_eq!(error, ConfigError::RepeatedParameter("assertion".into()).into());
    let error = client().client_credentials().unwrap().scope("a\"b").unwrap_err();
    assert_eq!(error, ConfigError::Scope.into());
}

#[test]
fn the_tokens_are_those_of_any_other_flow() {
    let grant = client().client_credentials().unwrap().scope("a b").unwrap();
    let body = r#"{"access_token":"at","token_type":"bearer","expires_in":60,"scope":"a"}"#;
    let flow = grant.receive(&json(200, body), NOW).unwrap();
    assert_eq!(flow.tokens().access_token().expose(), "at");
    assert_eq!(flow.tokens().expires_at(), Some(UnixTime::from_secs(1060)));
    assert_eq!(flow.tokens().scope().as_str(), "a");
    assert_eq!(flow.tokens().requested_scope().as_str(), "a b");
    assert_eq!(flow.refresh().unwrap_err().error(), &ConfigError::NoRefreshToken.into());
    let flow = client().jwt_bearer("e30.e30.").receive(&json(200, TOKENS), NOW).unwrap();
    assert!(flow.refresh().is_ok());
}

#[test]
fn an_exchanged_token_that_is_no_access_token_is_not_used() {
    let body = r#"{"access_token":"at","token_type":"N_A",
        "issued_token_type":"urn:ietf:params:oauth:token-type:jwt"}"#;
    let grant = client().token_exchange("t", ACCESS_TOKEN);
    let error = over(grant.receive(&json(200, body), NOW));
    assert!(matches!(error, Error::Protocol(ProtocolError::TokenType(_))), "{error:?}");
    let body = body.replace("N_A", "Bearer");
    let grant = client().token_exchange("t", ACCESS_TOKEN);
    let flow = grant.receive(&json(200, &body), NOW).unwrap();
    let members: serde_json::Value = flow.tokens().extra().unwrap();
    assert_eq!(members["issued_token_type"], "urn:ietf:params:oauth:token-type:jwt");
}

#[test]
fn a_grant_is_given_back_where_nothing_was_spent() {
    for status in [429, 500, 503] {
        let grant = client().jwt_bearer("e30.e30.");
        let sent = body(&grant);
        let (grant, wait) = later(grant.receive(&busy(status), NOW));
        assert_eq!((body(&grant), wait), (sent, Some(7)));
    }
    let refused = json(400, r#"{"error":"invalid_target"}"#);
    let error = over(client().client_credentials().unwrap().receive(&refused, NOW));
    assert_eq!(error.code(), Some(&ErrorCode::InvalidTarget));
}

#[test]
fn what_was_presented_is_not_shown() {
    let grant = client().jwt_bearer("the-assertion");
    assert!(!format!("{grant:?}").contains("the-assertion"));
    let echo = r#"{"error":"invalid_grant","error_description":"bad the-assertion"}"#;
    let error = over(grant.receive(&json(400, echo), NOW));
    assert_eq!(
        error.to_string(),
        "the server refused: invalid_grant (bad ***); the user must sign in again"
    );
}
