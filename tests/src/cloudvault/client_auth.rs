//! Client authentication (RFC 6749 section 2.3): the registered method, once, and no other.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::Request;
use http::header::AUTHORIZATION;
use subtle::ConstantTimeEq as _;
use url::form_urlencoded;

use super::Context;
use super::certificate::{self, PeerCertificate};
use super::client::{AuthenticationMethod, ClientAuthentication, RegisteredClient};
use super::client_assertion;
use super::error::ErrorResponse;
use super::params::Params;

/// The form of a request to any endpoint at which clients authenticate, and its client.
pub(super) fn form(
    context: &mut Context<'_>,
    request: &Request<Vec<u8>>,
) -> Result<(RegisteredClient, Params), ErrorResponse> {
    // Credentials never travel in the URI (section 2.3.1), and we publish ours without a query.
    if request.uri().query().is_some() {
        return Err(ErrorResponse::invalid_request("this endpoint takes no query"));
    }
    let params = Params::from_body(request).ok_or_else(|| {
        ErrorResponse::invalid_request("the body must be application/x-www-form-urlencoded")
    })?;
    if params.repeat_any() {
        return Err(ErrorResponse::invalid_request("a parameter comes more than once"));
    }
    let presented = Presented::read(request, &params)?;
    let client = context
        .find_client(&presented.client_id)
        .ok_or_else(|| ErrorResponse::invalid_client("no such client"))?;
    presented.prove(context, PeerCertificate::of(request), &client.authentication)?;
    Ok((client, params))
}

struct Presented {
    client_id: String,
    credential: Credential,
}

enum Credential {
    Assertion(String),
    Basic(String),
    None,
    Post(String),
}

impl Presented {
    fn read(request: &Request<Vec<u8>>, params: &Params) -> Result<Self, ErrorResponse> {
        let mut headers = request.headers().get_all(AUTHORIZATION).iter();
        let header = headers.next();
        if headers.next().is_some() {
            return Err(ErrorResponse::invalid_request("more than one Authorization header"));
        }
        let client_id = params.get("client_id");
        let secret = params.get("client_secret");
        let assertion = params.get("client_assertion");
        let presented = match (header, secret, assertion) {
            (None, None, None) => Self::in_body(client_id, Credential::None)?,
            (None, Some(secret), None) => {
                Self::in_body(client_id, Credential::Post(secret.to_owned()))?
            }
            (None, None, Some(assertion)) => Self::from_assertion(params, assertion)?,
            (Some(header), None, None) => {
                header.to_str().ok().and_then(Self::from_basic).ok_or_else(|| {
                    ErrorResponse::invalid_client("the Authorization header is not Basic")
                })?
            }
            _ => {
                return Err(ErrorResponse::invalid_request(
                    "more than one client authentication method",
                ));
            }
        };
        if client_id.is_some_and(|client_id| client_id != presented.client_id) {
            return Err(ErrorResponse::invalid_request(
                "client_id differs from the client that authenticates",
            ));
        }
        Ok(presented)
    }

    fn in_body(client_id: Option<&str>, credential: Credential) -> Result<Self, ErrorResponse> {
        let client_id = client_id
            .ok_or_else(|| ErrorResponse::invalid_client("the client does not say who it is"))?
            .to_owned();
        Ok(Self { client_id, credential })
    }

    fn from_assertion(params: &Params, assertion: &str) -> Result<Self, ErrorResponse> {
        if params.get("client_assertion_type") != Some(client_assertion::TYPE) {
            return Err(ErrorResponse::invalid_request("no such client_assertion_type"));
        }
        let client_id = client_assertion::claimed_client_id(assertion)
            .ok_or_else(|| ErrorResponse::invalid_client("the assertion names no client"))?;
        Ok(Self { client_id, credential: Credential::Assertion(assertion.to_owned()) })
    }

    /// Identifier and secret are form-encoded before they become user and password
    /// (section 2.3.1).
    fn from_basic(header: &str) -> Option<Self> {
        let (scheme, credentials) = header.split_once(' ')?;
        if !scheme.eq_ignore_ascii_case("Basic") {
            return None;
        }
        let pair = STANDARD.decode(credentials.trim()).ok()?;
        let pair = String::from_utf8(pair).ok()?;
        let (client_id, secret) = pair.split_once(':')?;
        Some(Self {
            client_id: form_decode(client_id),
            credential: Credential::Basic(form_decode(secret)),
        })
    }

    fn prove(
        &self,
        context: &mut Context<'_>,
        certificate: Option<&PeerCertificate>,
        registered: &AuthenticationMethod,
    ) -> Result<(), ErrorResponse> {
        use AuthenticationMethod::{
            Plain, PrivateKeyJwt, SecretJwt, SelfSignedTlsClientAuth, TlsClientAuth,
        };
        use ClientAuthentication::{None, SecretBasic, SecretPost};
        let client_id = &self.client_id;
        match (&self.credential, registered) {
            (Credential::None, Plain(None)) => Ok(()),
            (Credential::None, TlsClientAuth(name)) => {
                certificate::check_name(context, certificate, name)
            }
            (Credential::None, SelfSignedTlsClientAuth(registered)) => {
                certificate::check_registered(certificate, registered)
            }
            (Credential::Basic(given), Plain(SecretBasic(secret)))
            | (Credential::Post(given), Plain(SecretPost(secret))) => {
                let right = given.as_bytes().ct_eq(secret.as_bytes()).into();
                if right { Ok(()) } else { Err("wrong client secret") }
            }
            (Credential::Assertion(assertion), PrivateKeyJwt(key)) => {
                client_assertion::check(context, client_id, assertion, |jwt| jwt.is_es256_by(key))
            }
            (Credential::Assertion(assertion), SecretJwt(secret)) => {
                client_assertion::check(context, client_id, assertion, |jwt| {
                    jwt.is_hs256_by(secret)
                })
            }
            _ => Err("not the authentication method of this client"),
        }
        .map_err(ErrorResponse::invalid_client)
    }
}

/// `&` and `=` are data here, unlike in a whole form.
fn form_decode(text: &str) -> String {
    let escaped = text.replace('&', "%26");
    form_urlencoded::parse(format!("={escaped}").as_bytes())
        .map(|(_, value)| value.into_owned())
        .collect()
}
