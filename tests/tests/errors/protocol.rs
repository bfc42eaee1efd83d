//! The server's fault.

use crate::{client, says};
use grantflow::{
    AuthorizationServer, Authorized, Callback, Client, ClientAuth, Discover, DiscoverResource,
    Entropy, Exchange, Failure, Flow, Response, UnixTime,
};

const JSON: (&str, &str) = ("Content-Type", "application/json");

fn exchange(
    response: &Response,
) -> Result<Flow<Authorized>, Failure<Flow<grantflow::CodeReceived>>> {
    let now = UnixTime::from_secs(0);
    let client = client().build().unwrap();
    let (_, awaiting) = Flow::new(&client).redirect(Entropy::from_bytes([0; 96]), now).unwrap();
    let query = "code=a&state=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    awaiting.receive(Callback::from_query(query).unwrap(), now).unwrap().receive(response, now)
}

#[track_caller]
fn reply_says(status: u16, header: (&str, &str), body: &str, message: &str) {
    says(exchange(&Response::new(status, [header], body)).unwrap_err(), message);
}

#[test]
fn statuses() {
    reply_says(
        307,
        ("Location", "https://elsewhere.example/"),
        "",
        "the server answered with the redirect 307, which is not followed",
    );
    reply_says(204, JSON, "", "the server answered with the unexpected status 204");
    reply_says(
        503,
        ("Retry-After", "30"),
        "<html>",
        "the server answered with the unexpected status 503; try again in 30 s",
    );
    reply_says(
        400,
        JSON,
        r#"{"error":{"message":"no"}}"#,
        "the server answered with status 400 and no OAuth error",
    );
    reply_says(
        200,
        JSON,
        r#"{"error":{"message":"no"}}"#,
        "the server answered with status 200 and no OAuth error",
    );
}

#[test]
fn bodies() {
    reply_says(
        200,
        ("Content-Type", "text/html"),
        "{}",
        "the server's reply has another media type than application/json; \
         Quirks::body_sniff reads it all the same",
    );
    reply_says(200, JSON, "{", "the server's reply is not one valid JSON object");
    reply_says(
        200,
        ("Content-Type", "application/x-www-form-urlencoded"),
        "\u{0}=",
        "the server's reply has no access_token",
    );
    says(
        exchange(&Response::new(
            200,
            [("Content-Type", "application/x-www-form-urlencoded")],
            b"\xff".as_slice(),
        ))
        .unwrap_err(),
        "the server's reply is not a valid form",
    );
    reply_says(
        200,
        JSON,
        &" ".repeat((1 << 20) + 1),
        "the server's reply is larger than 1048576 bytes",
    );
}

#[test]
fn members() {
    reply_says(200, JSON, "{}", "the server's reply has no access_token");
    reply_says(
        200,
        JSON,
        r#"{"access_token":"a","token_type":"Bearer","expires_in":-1}"#,
        "the server's reply has an invalid expires_in",
    );
    reply_says(
        200,
        JSON,
        r#"{"scope":"a","sc\u006fpe":"a"}"#,
        "the server's reply has scope twice",
    );
    reply_says(
        200,
        JSON,
        r#"{"access_token":"a","token_type":"mac\n"}"#,
        "the server gave a token of type \"mac\\n\", which is not understood; \
         Quirks::token_type_aliases names the types that mean Bearer",
    );
}

#[test]
fn documents() {
    let now = UnixTime::from_secs(0);
    let server = |body: &str| {
        let discover = Discover::oauth2("https://as.example".parse().unwrap());
        discover.receive(&Response::new(200, [JSON], body), now).unwrap_err()
    };
    says(
        server(r#"{"issuer":"https://as.example/"}"#),
        "the server's metadata names another issuer than the one that was asked",
    );
    says(server("{}"), "the server's reply has no issuer");
    let issuer = r#"{"issuer":"https://as.example""#;
    says(server(&format!("{issuer}}}")), "the server's reply has no token_endpoint");
    says(
        server(&format!(r#"{issuer},"token_endpoint":"http://as.example/t"}}"#)),
        "the server's reply has an invalid token_endpoint",
    );
    let resource = DiscoverResource::new("https://rs.example/a".parse().unwrap()).unwrap();
    let other = Response::new(200, [JSON], r#"{"resource":"https://rs.example/b"}"#);
    says(
        resource.receive(&other, now).unwrap_err(),
        "the resource's metadata describes another resource than the one asked for",
    );
}

#[test]
fn replies_of_other_endpoints() {
    let now = UnixTime::from_secs(0);
    let at = |path: &str| format!("https://as.example/{path}").parse().unwrap();
    let server = AuthorizationServer::new(at("token"))
        .with_authorization_endpoint(at("authorize"))
        .with_device_authorization_endpoint(at("device"))
        .with_introspection_endpoint(at("introspect"))
        .with_pushed_authorization_request_endpoint(at("par"));
    let client = Client::confidential(server, "id", ClientAuth::basic("s"));
    let client = client.redirect_uri("https://client.example/cb".parse().unwrap()).build().unwrap();
    let push = |body: &str| {
        let push = Flow::new(&client).push(Entropy::from_bytes([0; 96]), now).unwrap();
        push.receive(&Response::new(201, [JSON], body), now).unwrap_err()
    };
    says(push("{}"), "the server's reply has no request_uri");
    says(push(r#"{"request_uri":"urn:x"}"#), "the server's reply has no expires_in");
    says(
        push(r#"{"request_uri":"urn:x","expires_in":0}"#),
        "the server's reply has an invalid expires_in",
    );
    let device = |body: &str| {
        let reply = Response::new(200, [JSON], body);
        client.device().unwrap().receive(&reply, now).unwrap_err()
    };
    says(device("{}"), "the server's reply has no expires_in");
    says(device(r#"{"expires_in":1}"#), "the server's reply has no device_code");
    says(device(r#"{"expires_in":1,"device_code":"d"}"#), "the server's reply has no user_code");
    says(
        device(r#"{"expires_in":1,"device_code":"d","user_code":"u"}"#),
        "the server's reply has no verification_uri",
    );
    let introspect = |body: &str| {
        let reply = Response::new(200, [JSON], body);
        client.introspect("at").unwrap().receive(&reply, now).unwrap_err()
    };
    says(introspect("{}"), "the server's reply has no active");
    says(introspect(r#"{"active":1}"#), "the server's reply has an invalid active");
}
