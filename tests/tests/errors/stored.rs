//! What was stored does not fit.

use crate::{client, says};
use grantflow::{
    Client, Entropy, Flow, Pending, SessionBinding, StoredTokens, TokenType, UnixTime,
};

fn pending(client: &Client) -> Pending {
    let start = Flow::new(client).redirect(Entropy::from_bytes([0; 96]), UnixTime::from_secs(0));
    start.unwrap().1.suspend(&SessionBinding::new("session"))
}

#[test]
fn pending_flows() {
    let client = client().build().unwrap();
    let text = pending(&client).to_text();
    says(
        Flow::resume(&client, &pending(&client), &SessionBinding::new("other")).unwrap_err(),
        "the pending flow belongs to another browser session",
    );
    says(
        Pending::from_text("").unwrap_err(),
        "the stored value is not in a form that grantflow writes",
    );
    says(
        Pending::from_text(&text.replacen('1', "2", 1)).unwrap_err(),
        "the stored value was written by an unknown version of grantflow",
    );
    says(
        Pending::from_text(&text.replace("~v", "~v*")).unwrap_err(),
        "the pending flow's code verifier is missing or malformed",
    );
    let other = Client::public(client.server().clone(), "other").build().unwrap();
    says(
        Flow::resume(&other, &pending(&client), &SessionBinding::new("session")).unwrap_err(),
        "the stored value belongs to another client or issuer",
    );
}

#[test]
fn tokens() {
    let client = client().build().unwrap();
    let other = Client::public(client.server().clone(), "other").build().unwrap();
    let tokens = StoredTokens::import("at", TokenType::Bearer).unwrap();
    let stored = Flow::restore(&client, tokens).unwrap().store();
    let json = serde_json::to_string(&stored).unwrap();
    says(
        Flow::restore(&other, stored).unwrap_err(),
        "the stored value belongs to another client or issuer",
    );
    let read = |json: &str| serde_json::from_str::<StoredTokens>(json).unwrap_err().to_string();
    assert!(serde_json::from_str::<StoredTokens>(&json).is_ok());
    assert!(read(&json.replace("\"v\":1", "\"v\":2")).contains("unknown version of grantflow"));
    assert!(read(&json.replace("\"at\"", "\"\"")).contains("a form that grantflow writes"));
    assert!(read(&json.replace("Bearer", "mac")).contains("a form that grantflow writes"));
    assert!(
        read(&json.replace("\"v\":1", "\"v\":1,\"x\":1")).contains("a form that grantflow writes")
    );
}
