//! What an application or an adapter brings: credentials, bodies, settings.

use super::{
    NOW, body,
    canary::*,
    client,
    witness::{fails, gives_out, show},
};
use crate::freed::not_searched;
use grantflow::{
    Client, ClientAuth, Credentials, Entropy, Error, Exchange, HttpBuilder, Quirks, ReplyBody,
    Request, TokenRequestBody, TransportError,
};

pub(super) fn tour() -> Result<(), Error> {
    let auth = ClientAuth::custom(|form, _now| {
        show(form);
        let credentials = Credentials::default()
            .with_header("Authorization", CUSTOM)
            .with_param("client_secret", CLIENT_SECRET);
        show(&credentials);
        Ok(credentials)
    });
    let request = client(auth)?.jwt_bearer(ASSERTION).request(NOW)?;
    gives_out(body(&request), &[ASSERTION, CLIENT_SECRET]);
    gives_out(request.header("authorization").unwrap_or_default(), &[CUSTOM]);

    let auth = ClientAuth::secret_jwt(CLIENT_SECRET, Entropy::from_bytes([9; Entropy::LEN]));
    show(&client(auth)?.client_credentials()?.request(NOW)?);

    // A provider that wants JSON.
    let mut quirks = Quirks::default();
    quirks.token_request_body = TokenRequestBody::Json;
    let auth = ClientAuth::post(CLIENT_SECRET);
    let client = Client::confidential(super::server()?, "canary-app", auth).quirks(quirks);
    let request = client.build()?.jwt_bearer(ASSERTION).param("x", "\"long\"\n".repeat(40))?;
    gives_out(body(&request.request(NOW)?), &[ASSERTION, CLIENT_SECRET]);

    bodies()
}

/// A reply's body arrives in pieces.
fn bodies() -> Result<(), Error> {
    let request = Request::get(super::at("photos")?).with_reply_limit(4096);
    let mut reply = ReplyBody::new(&request);
    for _ in 0..100 {
        let pushed = reply.push(ACCESS_TOKEN.as_bytes());
        pushed.map_err(|error| fails(&error)).expect("it is below the limit");
    }
    show(&reply);
    let announced = [("Content-Length", "9999")];
    fails(&reply.into_response(200, announced).expect_err("it is cut off"));

    let mut reply = ReplyBody::new(&request.clone().with_reply_limit(8));
    fails(&reply.push(ACCESS_TOKEN.as_bytes()).expect_err("it is above the limit"));
    let mut reply = ReplyBody::new(&request);
    let mut source = ACCESS_TOKEN.as_bytes();
    reply.read_from(&mut source, |error| TransportError::Stack(error.into())).expect("memory");
    let octets = reply.into_octets();
    not_searched(|| drop(octets));

    let builder = HttpBuilder::<()>::new(|settings| {
        show(settings);
        Ok(())
    });
    show(&builder);
    builder.build().map_err(|error| fails(&error)).expect("nothing can fail");
    Ok(())
}
