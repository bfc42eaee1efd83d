//! Client authentication (RFC 6749 section 2.3): the registered method, once, and no other.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::Request;
use http::header::AUTHORIZATION;
use subtle::ConstantTimeEq as _;
use url::form_urlencoded;

use super::config::{ClientAuthentication, Config, RegisteredClient};
use super::error::ErrorResponse;
use super::params::Params;

/// The client that sent this request.
pub(super) fn authenticate<'a>(
    config: &'a Config,
    request: &Request<Vec<u8>>,
    params: &Params,
) -> Result<&'a RegisteredClient, ErrorResponse> {
    let presented = Presented::read(request, params)?;
    let client = config
        .find_client(&presented.client_id)
        .ok_or_else(|| ErrorResponse::invalid_client("no such client"))?;
    presented.prove(&client.authentication)?;
    Ok(client)
}

struct Presented {
    client_id: String,
    authentication: ClientAuthentication,
}

impl Presented {
    fn read(request: &Request<Vec<u8>>, params: &Params) -> Result<Self, ErrorResponse> {
        let mut headers = request.headers().get_all(AUTHORIZATION).iter();
        let header = headers.next();
        if headers.next().is_some() {
            return Err(ErrorResponse::invalid_request("more than one Authorization header"));
        }
        let client_id = params.get("client_id");
        let client_secret = params.get("client_secret");
        let Some(header) = header else {
            let client_id = client_id
                .ok_or_else(|| ErrorResponse::invalid_client("the client does not say who it is"))?
                .to_owned();
            let authentication = match client_secret {
                Some(secret) => ClientAuthentication::SecretPost(secret.to_owned()),
                None => ClientAuthentication::None,
            };
            return Ok(Self { client_id, authentication });
        };
        if client_secret.is_some() {
            return Err(ErrorResponse::invalid_request(
                "more than one client authentication method",
            ));
        }
        let basic = header.to_str().ok().and_then(Self::from_basic).ok_or_else(|| {
            ErrorResponse::invalid_client("the Authorization header is not Basic")
        })?;
        if client_id.is_some_and(|client_id| client_id != basic.client_id) {
            return Err(ErrorResponse::invalid_request(
                "client_id differs from the Authorization header",
            ));
        }
        Ok(basic)
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
            authentication: ClientAuthentication::SecretBasic(form_decode(secret)),
        })
    }

    fn prove(&self, registered: &ClientAuthentication) -> Result<(), ErrorResponse> {
        use ClientAuthentication::{None, SecretBasic, SecretPost};
        match (&self.authentication, registered) {
            (None, None) => Ok(()),
            (SecretBasic(given), SecretBasic(secret)) | (SecretPost(given), SecretPost(secret)) => {
                if given.as_bytes().ct_eq(secret.as_bytes()).into() {
                    Ok(())
                } else {
                    Err(ErrorResponse::invalid_client("wrong client secret"))
                }
            }
            _ => Err(ErrorResponse::invalid_client("not the authentication method of this client")),
        }
    }
}

/// `&` and `=` are data here, unlike in a whole form.
fn form_decode(text: &str) -> String {
    let escaped = text.replace('&', "%26");
    form_urlencoded::parse(format!("={escaped}").as_bytes())
        .map(|(_, value)| value.into_owned())
        .collect()
}
