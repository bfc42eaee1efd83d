//! A case never passes by what was overlooked: each of these breaks a case that passes.

use super::Report;
use serde_json::{Value, json};

/// One case of each group that passes, with as many members as it may have.
const PASSING: [&str; 8] = [
    include_str!("../../vectors/authz_url.jsonl"),
    include_str!("../../vectors/callback.jsonl"),
    include_str!("../../vectors/client_auth.jsonl"),
    include_str!("../../vectors/pkce.jsonl"),
    include_str!("../../vectors/refresh.jsonl"),
    include_str!("../../vectors/token_error.jsonl"),
    include_str!("../../vectors/token_response.jsonl"),
    include_str!("../../vectors/www_authenticate.jsonl"),
];

/// All cases of the groups that are understood, but those that fail as they are.
fn passing() -> Vec<Value> {
    let lines = PASSING.iter().flat_map(|text| text.lines());
    let cases = lines.map(|line| serde_json::from_str(line).unwrap());
    cases.filter(|case| fault(case).is_none()).collect()
}

/// Why a case fails.
fn fault(case: &Value) -> Option<String> {
    let mut report = Report::default();
    report.run(&case.to_string());
    assert_eq!(report.passed + report.failed.len(), 1);
    report.failed.pop().map(|(_, fault)| fault.to_string())
}

#[track_caller]
fn fails(case: &Value, why: &str) {
    assert_eq!(fault(case).as_deref(), Some(why), "{case}");
}

/// The paths of all objects in a value whose names are the form's and not the case's own.
fn objects(value: &Value, path: &str, found: &mut Vec<String>) {
    let Value::Object(map) = value else { return };
    found.push(path.to_owned());
    for (name, value) in map {
        objects(value, &format!("{path}/{name}"), found);
    }
}

#[test]
fn an_unknown_group_fails() {
    let case = json!({ "id": "X", "group": "jarm", "input": {}, "expect": { "result": "accept" } });
    fails(&case, "the group \"jarm\" is not understood");
}

#[test]
fn an_unknown_member_fails_wherever_it_is() {
    let mut levels = Vec::new();
    for case in passing() {
        let mut paths = Vec::new();
        objects(&case, "", &mut paths);
        // In `extra` the names are the server's: a member there is an expectation, not a mistake.
        for path in paths {
            let mut broken = case.clone();
            broken.pointer_mut(&path).unwrap()["unheard_of"] = json!(true);
            let fault = fault(&broken).unwrap_or_else(|| panic!("passed: {broken}"));
            assert!(fault.contains("unheard_of"), "{fault}");
            levels.push(path);
        }
    }
    for level in ["", "/input", "/expect", "/input/request", "/input/response", "/input/client"] {
        assert!(levels.iter().any(|path| path == level), "{level}");
    }
}

#[test]
fn an_unknown_quirk_fails() {
    for quirk in [json!("jsonp"), json!({ "jsonp": true }), json!("scope_separator"), json!(1)] {
        let case = json!({
            "id": "X",
            "group": "token_response",
            "input": {
                "request": { "grant": "authorization_code", "quirks": [quirk] },
                "response": { "status": 200, "body": "{}" },
            },
            "expect": { "result": "reject" },
        });
        assert!(fault(&case).unwrap().ends_with("is not understood"), "{quirk}");
    }
}
