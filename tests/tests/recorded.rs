//! What real servers said, replayed in memory.

use grantflow_tests::recorded::Report;
use serde_json::{Value, json};
use std::{fs, path::PathBuf};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("recorded")
}

#[test]
fn every_reply_means_to_a_client_what_the_server_meant() {
    let mut report = Report::default();
    for entry in fs::read_dir(folder()).expect("the folder of the fixtures") {
        let file = entry.expect("an entry of the folder").path();
        if file.extension().is_some_and(|extension| extension == "jsonl") {
            report.run(&fs::read_to_string(file).expect("a fixture is text"));
        }
    }
    let replies: usize = report.passed.values().sum();
    println!("{replies} replies of {} servers: {:?}", report.passed.len(), report.passed);
    let failed: Vec<_> =
        report.failed.iter().map(|(case, fault)| format!("{case}: {fault}")).collect();
    assert!(failed.is_empty(), "{} failed:\n{}", failed.len(), failed.join("\n"));
    assert_eq!(report.stale_exceptions(), [""; 0]);
    assert_ne!(replies, 0);
}

/// Replays one reply of oidc-provider that is as it must be, changed; says why it fails.
fn fault(case: &str, change: impl FnOnce(&mut Value)) -> String {
    let text = fs::read_to_string(folder().join("oidc-provider.jsonl")).expect("the fixture");
    let (head, replies) = text.split_once('\n').expect("a line for the server");
    let mut replies = replies.lines().map(|line| serde_json::from_str(line).expect("a reply"));
    let mut reply: Value = replies.find(|reply: &Value| reply["case"] == case).expect("the case");
    let replay = |reply: &Value| {
        let mut report = Report::default();
        report.run(&format!("{head}\n{reply}"));
        report.failed.pop().map(|(_, fault)| fault.to_string())
    };
    assert_eq!(replay(&reply), None);
    change(&mut reply);
    replay(&reply).expect("a fault")
}

#[test]
fn a_reply_that_no_rule_takes_fails() {
    let fault = fault("token_success_basic", |reply| reply["case"] = json!("logout"));
    assert_eq!(fault, "no rule takes this reply");
}

#[test]
fn a_reply_that_is_not_expected_fails() {
    let unknown = fault("token_success_basic", |reply| reply["case"] = json!("token_of_gold"));
    assert_eq!(unknown, "nothing is expected of this case");
    let other = fault("token_wrong_code", |reply| {
        reply["response"]["body"] = json!(r#"{"error":"invalid_scope"}"#);
    });
    assert!(other.starts_with("the reply: expected [No(\"invalid_grant\")]"), "{other}");
    let member = fault("token_success_basic", |reply| reply["more"] = json!(1));
    assert!(member.starts_with("not a reply: unknown field `more`"), "{member}");
}

#[test]
fn a_departure_from_the_rfc_that_nobody_explains_fails() {
    let fault = fault("token_success_basic", |reply| reply["unexpected"] = json!(true));
    assert_eq!(fault, "no exception says why the reply is yes");
}

#[test]
fn another_request_than_a_client_makes_fails() {
    let change = |from: &'static str, to: &'static str| {
        move |reply: &mut Value| {
            let body = &mut reply["request"]["body"];
            *body = body.as_str().expect("a body").replace(from, to).into();
        }
    };
    for (case, from, to) in [
        ("token_success_basic", "code_verifier=", "verifier="),
        ("token_success_post", "client_secret=", "secret="),
        ("token_success_public", "grant_type=authorization_code", "grant_type=code"),
        ("refresh_success_public", "client_id=", "id="),
        ("revoke_access_token", "token=", "access_token="),
        ("introspect_access_token", "token=", "access_token="),
        ("par_success", "code_challenge_method=S256", "code_challenge_method=plain"),
        ("device_poll_pending", "client_id=", "id="),
    ] {
        let fault = fault(case, change(from, to));
        assert!(fault.starts_with("the parameters: "), "{case}: {fault}");
    }
}
