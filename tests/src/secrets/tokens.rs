//! What is done with tokens: kept, refreshed, used, asked about, given back.

use super::{
    NOW, body,
    canary::*,
    client, echo, json, meets_echo,
    witness::{fails, gives_out, show},
};
use crate::freed::not_searched;
use grantflow::{
    Authorized, Client, ClientAuth, Error, Exchange, Failure, Flow, Introspection, Request,
    Response, StoredTokens, TokenType,
};

/// Partly escaped, so that the tokens are decoded on the way.
const TOKENS: &str = r#"{"access_token":"canary-next-access\u002dtoken-Ru9Mx6",
    "token_type":"Bearer","refresh_token":"canary-next-refresh\u002dtoken-Ta4Hs7"}"#;

pub(super) fn tour() -> Result<(), Error> {
    let client = client(ClientAuth::post(CLIENT_SECRET))?;
    stored(&client)?;
    refresh(&client)?;
    call(&client)?;
    introspect(&client)?;
    let revoke = flow(&client)?.revoke()?;
    gives_out(body(&revoke.request(NOW)?), &[REFRESH_TOKEN, CLIENT_SECRET]);
    meets_echo(revoke, &[REFRESH_TOKEN, ACCESS_TOKEN, CLIENT_SECRET]);
    Ok(())
}

fn flow(client: &Client) -> Result<Flow<Authorized>, Error> {
    let tokens = StoredTokens::import(ACCESS_TOKEN, TokenType::Bearer)?
        .with_refresh_token(REFRESH_TOKEN)?
        .with_scope("photos".parse()?);
    show(&tokens);
    let flow = Flow::restore(client, tokens)?;
    show(&flow);
    Ok(flow)
}

fn stored(client: &Client) -> Result<(), Error> {
    let tokens = flow(client)?.store();
    show(&tokens);
    let text = not_searched(|| serde_json::to_string(&tokens)).expect("text");
    gives_out(&text, &[ACCESS_TOKEN, REFRESH_TOKEN]);
    let read = serde_json::from_str(&text).expect("what was written");
    let flow = Flow::restore(client, read)?;
    show(flow.tokens());

    let another = Client::public(super::server()?, "another").build()?;
    fails(&Flow::restore(&another, flow.store()).expect_err("they are another client's"));
    for (from, to) in [("\"v\":1", "\"v\":9"), ("\"scope\"", "\"unknown\"")] {
        let broken = not_searched(|| text.replacen(from, to, 1));
        fails(&serde_json::from_str::<StoredTokens>(&broken).expect_err("it is broken"));
        not_searched(|| drop(broken));
    }
    not_searched(|| drop(text));
    let illegal = not_searched(|| String::from(ACCESS_TOKEN) + "\u{e9}");
    fails(&StoredTokens::import(illegal, TokenType::Bearer).expect_err("it is no token"));
    Ok(())
}

fn refresh(client: &Client) -> Result<(), Error> {
    let refresh = flow(client)?.refresh()?;
    gives_out(body(&refresh.request(NOW)?), &[REFRESH_TOKEN, CLIENT_SECRET]);
    let failure = refresh.receive(&echo(&[REFRESH_TOKEN, ACCESS_TOKEN, CLIENT_SECRET]), NOW);
    let failure = failure.expect_err("the server said no");
    super::is_blanked(&failure, &[REFRESH_TOKEN, ACCESS_TOKEN, CLIENT_SECRET]);
    let refresh = failure.into_state().expect("it comes back");
    show(&refresh);
    let flow = refresh.receive(&json(200, TOKENS), NOW)?;
    gives_out(flow.tokens().access_token().expose(), &[NEXT_ACCESS_TOKEN]);
    let extra: std::collections::BTreeMap<String, String> =
        not_searched(|| flow.tokens().extra()).expect("a map of texts");
    not_searched(|| drop(extra));
    Ok(())
}

fn call(client: &Client) -> Result<(), Error> {
    let flow = flow(client)?;
    let call = flow.call(Request::get("https://api.example/photos?page=2".parse()?))?;
    show(&call);
    let request = call.request(NOW)?;
    show(&request);
    gives_out(request.header("authorization").unwrap_or_default(), &[ACCESS_TOKEN]);
    let challenge = not_searched(|| {
        format!(r#"Bearer error="insufficient_scope", a="{ACCESS_TOKEN}", b="\{ACCESS_TOKEN}""#)
    });
    let response = Response::new(401, [("WWW-Authenticate", &challenge)], "");
    not_searched(|| drop(challenge));
    let failure = call.receive(&response, NOW).expect_err("it is not enough");
    fails(&failure);
    let Failure::Over(Error::Challenged(challenged)) = failure else { panic!("{failure:?}") };
    fails(&challenged);
    for challenge in challenged.challenges() {
        show(challenge);
        assert!(challenge.params().all(|(_, text)| !text.as_str().contains(ACCESS_TOKEN)));
    }
    show(&flow.step_up(&challenged, NOW)?);
    Ok(())
}

fn introspect(client: &Client) -> Result<(), Error> {
    let introspect = client.introspect(ASKED_TOKEN)?;
    gives_out(body(&introspect.request(NOW)?), &[ASKED_TOKEN, CLIENT_SECRET]);
    meets_echo(introspect.clone(), &[ASKED_TOKEN, CLIENT_SECRET]);
    let introspection = introspect.receive(&json(200, r#"{"active":true}"#), NOW)?;
    show(&introspection);
    let Introspection::Active(token) = introspection else { panic!("{introspection:?}") };
    show(&token);
    Ok(())
}
