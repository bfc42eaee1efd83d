//! The client of a case, as its recorded request shows it.

use super::fixture::Recorded;
use crate::{
    jws::Jws,
    vectors::{fault::Fault, form, stage},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use grantflow::{
    AuthorizationServer, BasicEncoding, Client, ClientAuth, ClientBuilder, Quirks, SecureUrl,
    StoredTokens, TokenType,
};
use std::sync::Arc;

/// Where a case does not show one.
pub(super) const REDIRECT_URI: &str = "http://127.0.0.1:8765/callback";
/// What every flow asks for that does not show it.
pub(super) const SCOPE: &str = "openid profile";

/// Who asks, and how they authenticate.
struct Party {
    id: String,
    auth: Option<ClientAuth>,
    quirks: Quirks,
}

/// The client of a case at a server all of whose endpoints are where the request was sent.
pub(super) fn client(recorded: &Recorded) -> Result<Client, Fault> {
    let url: SecureUrl = recorded.request.endpoint().parse()?;
    let server = AuthorizationServer::new(url.clone())
        .with_authorization_endpoint(url.clone())
        .with_device_authorization_endpoint(url.clone())
        .with_introspection_endpoint(url.clone())
        .with_pushed_authorization_request_endpoint(url.clone())
        .with_revocation_endpoint(url);
    let uri = recorded.request.param("redirect_uri");
    let uri = uri.as_deref().unwrap_or(REDIRECT_URI);
    let client = builder(recorded, server)?.redirect_uri(uri.parse()?).build()?;
    Ok(if recorded.is_bound() { stage::bound(&client)? } else { client })
}

/// The client of a case at a server, in the making.
pub(super) fn builder(
    recorded: &Recorded,
    server: AuthorizationServer,
) -> Result<ClientBuilder, Fault> {
    let Party { id, auth, quirks } = Party::of(recorded)?;
    let builder = match auth {
        Some(auth) => Client::confidential(server, id, auth),
        None => Client::public(server, id),
    };
    Ok(builder.quirks(quirks))
}

/// Tokens of the kind that the client takes.
pub(super) fn stored(recorded: &Recorded, access_token: &str) -> Result<StoredTokens, Fault> {
    let kind = if recorded.is_bound() { TokenType::DPoP } else { TokenType::Bearer };
    Ok(StoredTokens::import(access_token, kind)?)
}

impl Party {
    fn of(recorded: &Recorded) -> Result<Self, Fault> {
        let request = &recorded.request;
        let header = request.header("authorization").filter(|text| text.starts_with("Basic "));
        if header.is_some() {
            return Self::of_basic(recorded);
        }
        let id = form::value(&request.params(), "client_id").map(str::to_owned);
        let id = id.unwrap_or_else(|| "a-client-of-no-case".to_owned());
        let auth = match (request.param("client_secret"), request.param("client_assertion")) {
            (Some(secret), _) => Some(ClientAuth::post(secret)),
            (None, Some(assertion)) => Some(Self::assertion(&assertion)?),
            // Only who has a secret may ask about a token.
            (None, None) if recorded.name().contains("introspect") => {
                Some(ClientAuth::basic("a-secret-of-no-case"))
            }
            (None, None) => None,
        };
        Ok(Self { id, auth, quirks: Quirks::default() })
    }

    /// Both halves are form-encoded (RFC 6749 section 2.3.1), but where the case is that they are
    /// not.
    fn of_basic(recorded: &Recorded) -> Result<Self, Fault> {
        let pair = recorded.request.credential().and_then(|text| STANDARD.decode(text).ok());
        let pair = pair.and_then(|pair| String::from_utf8(pair).ok());
        let pair = pair.ok_or_else(|| Fault::new("the Basic header cannot be decoded"))?;
        let (id, secret) = pair.split_once(':').unwrap_or((&pair, ""));
        let mut quirks = Quirks::default();
        let (id, secret) = if recorded.name().ends_with("_raw") {
            quirks.basic_encoding = BasicEncoding::Raw;
            (id.to_owned(), secret.to_owned())
        } else {
            (form::decode(id), form::decode(secret))
        };
        Ok(Self { id, auth: Some(ClientAuth::basic(secret)), quirks })
    }

    /// A client that signs as the recorded one did: by a secret or by a key.
    fn assertion(assertion: &str) -> Result<ClientAuth, Fault> {
        let entropy = stage::entropy([8; 32]);
        let alg = Jws::parse(assertion).and_then(|jws| Some(jws.header.get("alg")?.clone()));
        if alg == Some("HS256".into()) {
            return Ok(ClientAuth::secret_jwt("a-secret-of-thirty-two-octets-or-more", entropy));
        }
        Ok(ClientAuth::private_key_jwt(Arc::new(stage::key()?), entropy))
    }
}
