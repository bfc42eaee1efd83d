//! The login, state by state, with every way out of it.

use super::{
    NOW, body,
    canary::*,
    client, echo, is_blanked, json, left, meets_echo,
    witness::{fails, gives_out, show},
};
use crate::freed::not_searched;
use grantflow::{
    AwaitingCallback, Callback, Client, ClientAuth, CodeReceived, Error, Exchange, Flow, Pending,
    SessionBinding, Start,
};

const GOOD: &str = "code=canary%2Dcode-Gh6Yp1\
     &state=dGhlIG9jdGV0cyBvZiB0aGUgbG9naW4ncyBzdGF0ZSE&iss=https%3A%2F%2Fas.example";
const REFUSED: &str = "error=canary-code-Gh6Yp1&code=canary-code-Gh6Yp1\
     &state=dGhlIG9jdGV0cyBvZiB0aGUgbG9naW4ncyBzdGF0ZSE\
     &error_description=dGhlIG9jdGV0cyBvZiB0aGUgbG9naW4ncyBzdGF0ZSE+\
     dGhlIG9jdGV0cyBvZiB0aGUgY29kZSB2ZXJpZmllciE+dGhlIG9jdGV0cyBvZiB0aGUgbG9naW4ncyBub25jZSE+\
     canary-client-secret-Vd5Qm8+canary-code-Gh6Yp1+\
     Y2FuYXJ5LWFwcDpjYW5hcnktY2xpZW50LXNlY3JldC1WZDVRbTg%3D";
const DAMAGED: [&str; 3] = [
    "code=canary-code-Gh6Yp1&state=dGhlIG9jdGV0cyBvZiB0aGUgbG9naW4ncyBzdGF0ZSE&x=%zz",
    "code=canary-code-Gh6Yp1&code=canary-code-Gh6Yp1",
    "access_token=canary-access-token-Kc3Zd5",
];
const TOKENS: &str = r#"{"access_token":"canary-access-token-Kc3Zd5","token_type":"Bearer",
    "refresh_token":"canary-refresh-token-Bf8Wj2","expires_in":3600}"#;

pub(super) fn tour() -> Result<(), Error> {
    let client = client(ClientAuth::basic(CLIENT_SECRET))?;
    away(&client)?;
    callbacks(&client)?;
    exchange(&client)
}

fn started(client: &Client) -> Result<Flow<AwaitingCallback>, Error> {
    let flow = Flow::new(client).scope("photos")?.with_nonce();
    show(&flow);
    let entropy = login_entropy();
    show(&entropy);
    let start = flow.start(entropy, NOW)?;
    show(&start);
    let Start::Redirect(url, awaiting) = start else { panic!("nothing demands to push") };
    show(&url);
    gives_out(url.as_str(), &[STATE, NONCE]);
    show(&awaiting);
    Ok(awaiting)
}

/// While the browser is away, the flow is kept as text, and by serde.
fn away(client: &Client) -> Result<(), Error> {
    let browser = SessionBinding::new(SESSION);
    show(&browser);
    let pending = started(client)?.suspend(&browser);
    show(&pending);
    let text = pending.to_text();
    gives_out(&text, &[STATE, VERIFIER, NONCE]);
    let pending = Pending::from_text(&text)?;
    show(&pending);
    let stored = not_searched(|| serde_json::to_string(&pending)).expect("text");
    gives_out(&stored, &[STATE, VERIFIER, NONCE]);
    let read: Pending = serde_json::from_str(&stored).expect("what was written");
    not_searched(|| drop(stored));

    let callback = Callback::from_query(GOOD)?;
    assert!(read.is_for(&callback));
    fails(&Flow::resume(client, &read, &SessionBinding::new("another")).expect_err("a stranger"));
    let awaiting = Flow::resume(client, &read, &browser)?;
    let code = awaiting.receive(callback, NOW)?;
    gives_out(body(&code.request(NOW)?), &[CODE, VERIFIER]);

    let broken = not_searched(|| text.replacen("~v", "~n", 1));
    fails(&Pending::from_text(&broken).expect_err("a field twice"));
    not_searched(|| drop(broken));
    let cut = &text[..text.len() - 1];
    let broken = not_searched(|| [cut, "%zz"].concat());
    fails(&Pending::from_text(&broken).expect_err("bad encoding"));
    not_searched(|| drop(broken));
    Ok(())
}

/// Callbacks that are damaged, another's, late and refusing.
fn callbacks(client: &Client) -> Result<(), Error> {
    for damaged in DAMAGED {
        fails(&Callback::from_query(damaged).expect_err("it is damaged"));
    }
    let failure = started(client)?.receive(Callback::from_query("state=x")?, NOW);
    let failure = failure.expect_err("another state");
    fails(&failure);
    let awaiting = left(failure);

    let callback = Callback::from_path_and_query("/cb?state=x")?;
    show(&callback);
    drop(awaiting.receive(callback, NOW).expect_err("another state, and the flow is dropped"));

    let late = grantflow::UnixTime::from_secs(1_800_000_000);
    let failure = started(client)?.receive(Callback::from_query(GOOD)?, late);
    fails(&failure.expect_err("it is too late"));

    let missing = "error=access_denied&state=dGhlIG9jdGV0cyBvZiB0aGUgbG9naW4ncyBzdGF0ZSE";
    let iss = not_searched(|| format!("{REFUSED}&iss=https%3A%2F%2Fas.example"));
    for query in [missing, &iss] {
        let failure = started(client)?.receive(Callback::from_query(query)?, NOW);
        let failure = failure.expect_err("the server said no");
        if query == missing {
            fails(&failure);
        } else {
            is_blanked(&failure, &[STATE, VERIFIER, NONCE, CODE, CLIENT_SECRET, BASIC]);
        }
    }
    not_searched(|| drop(iss));
    Ok(())
}

fn code(client: &Client) -> Result<Flow<CodeReceived>, Error> {
    let code = started(client)?.receive(Callback::from_query(GOOD)?, NOW)?;
    show(&code);
    Ok(code)
}

/// The exchange is refused with an echo, put off, and made.
fn exchange(client: &Client) -> Result<(), Error> {
    let all = [CODE, VERIFIER, STATE, NONCE, CLIENT_SECRET, BASIC];
    meets_echo(code(client)?, &all);

    let failure = code(client)?.receive(&json(503, TOKENS), NOW).expect_err("not now");
    fails(&failure);
    let code = left(failure);
    let request = code.request(NOW)?;
    gives_out(body(&request), &[CODE, VERIFIER]);
    gives_out(request.header("authorization").unwrap_or_default(), &[BASIC]);

    let flow = code.receive(&json(200, TOKENS), NOW)?;
    show(&flow);
    gives_out(flow.nonce().unwrap_or_default(), &[NONCE]);
    gives_out(flow.tokens().access_token().expose(), &[ACCESS_TOKEN]);

    let misplaced = r#"{"access_token":"canary-access-token-Kc3Zd5",
        "token_type":"canary-access-token-Kc3Zd5"}"#;
    for body in [misplaced, r#"{"access_token":"canary-access-token-Kc3Zd5\ud800"}"#] {
        let failure = self::code(client)?.receive(&json(200, body), NOW);
        fails(&failure.expect_err("a reply that is not understood"));
    }

    let failure = grantflow::drive(
        self::code(client)?,
        || NOW,
        |_| Ok::<_, std::io::Error>(echo(&all)),
        |_| {},
    );
    fails(&failure.expect_err("the server said no"));
    let failure = grantflow::drive(
        self::code(client)?,
        || NOW,
        |_| Err::<grantflow::Response, _>(grantflow::TransportError::Timeout),
        |_| {},
    );
    fails(&failure.expect_err("the network said no"));
    Ok(())
}
