//! The whole form is understood, and a case never passes by what was overlooked: each test breaks
//! cases that pass.

use super::{Report, expect::INFORMATIVE};
use serde_json::{Value, json};

/// The given cases, and our own for what the form allows and no given case has.
const FILES: [&str; 16] = [
    include_str!("own.jsonl"),
    include_str!("../../vectors/authz_url.jsonl"),
    include_str!("../../vectors/callback.jsonl"),
    include_str!("../../vectors/client_auth.jsonl"),
    include_str!("../../vectors/device.jsonl"),
    include_str!("../../vectors/discovery.jsonl"),
    include_str!("../../vectors/dpop.jsonl"),
    include_str!("../../vectors/introspection.jsonl"),
    include_str!("../../vectors/par.jsonl"),
    include_str!("../../vectors/pkce.jsonl"),
    include_str!("../../vectors/refresh.jsonl"),
    include_str!("../../vectors/resource_metadata.jsonl"),
    include_str!("../../vectors/revocation.jsonl"),
    include_str!("../../vectors/token_error.jsonl"),
    include_str!("../../vectors/token_response.jsonl"),
    include_str!("../../vectors/www_authenticate.jsonl"),
];

/// All cases of the groups that are understood, but those that fail as they are.
fn passing() -> Vec<Value> {
    let lines = FILES.iter().flat_map(|text| text.lines());
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

/// The paths of all objects in a value.
fn objects(value: &Value, path: &str, found: &mut Vec<String>) {
    let Value::Object(map) = value else { return };
    found.push(path.to_owned());
    for (name, value) in map {
        objects(value, &format!("{path}/{name}"), found);
    }
}

#[test]
fn all_of_the_form_is_understood() {
    let mut report = Report::default();
    report.run(include_str!("own.jsonl"));
    assert!(report.failed.is_empty(), "{:#?}", report.failed);
}

#[test]
fn a_line_that_is_no_case_fails() {
    let mut report = Report::default();
    report.run("\n{\n[]\n{}\n");
    let ids: Vec<_> = report.failed.iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!(ids, ["line 2", "line 3", "line 4"]);
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
        for path in paths {
            let mut broken = case.clone();
            broken.pointer_mut(&path).unwrap()["unheard_of"] = json!(true);
            let fault = fault(&broken).unwrap_or_else(|| panic!("passed: {broken}"));
            assert!(fault.contains("unheard_of"), "{fault}");
            levels.push(path);
        }
    }
    let known = ["", "/input", "/expect", "/input/client", "/input/context", "/input/request"];
    for level in known.into_iter().chain(["/input/response", "/expect/metadata"]) {
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

/// Another value of the same shape.
fn altered(value: &Value) -> Value {
    match value {
        Value::Null => "unheard of".into(),
        Value::Bool(yes) => (!yes).into(),
        Value::Number(number) => (number.as_u64().unwrap() + 1).into(),
        Value::String(text) => format!("unheard of {text}").into(),
        Value::Array(items) if items.is_empty() => json!(["unheard of"]),
        Value::Array(items) => items.iter().map(altered).collect(),
        Value::Object(map) => {
            map.iter().map(|(name, value)| (name.clone(), altered(value))).collect()
        }
    }
}

#[test]
fn a_wrong_expectation_fails_whatever_it_is_about() {
    let is_negative = |name: &str| name.contains("not") || name.contains("absent");
    let mut count = 0;
    for case in passing() {
        let expect = case["expect"].as_object().unwrap();
        for (name, value) in expect {
            if is_negative(name) || INFORMATIVE.contains(&name.as_str()) {
                continue;
            }
            let mut broken = case.clone();
            broken["expect"][name] = altered(value);
            assert!(fault(&broken).is_some(), "passed: {broken}");
            count += 1;
        }
    }
    assert!(count > 200, "{count}");
}

#[test]
fn another_result_fails_unless_it_is_an_alternative() {
    // Of a field without any usable challenge, both results are true.
    let is_either = |case: &Value| case["id"].as_str().unwrap().starts_with("OWN-WA10");
    for case in passing().into_iter().filter(|case| !is_either(case)) {
        let result = case["expect"]["result"].clone();
        let others = ["accept", "reject", "error:unheard_of"].map(Value::from);
        for other in others.into_iter().filter(|other| *other != result) {
            let mut broken = case.clone();
            broken["expect"] = json!({ "result": other });
            if other == "error:unheard_of" {
                broken["expect"] = json!({ "result": "oauth_error", "error": "unheard_of" });
            }
            assert!(fault(&broken).is_some(), "passed: {broken}");
            let code = case["expect"]["error"].as_str();
            let alternative = code.map_or(result.clone(), |code| format!("error:{code}").into());
            broken["expect"]["alt"] = json!([alternative]);
            assert_eq!(fault(&broken), None, "{broken}");
        }
    }
}

/// A passing case with one member of `expect` replaced, to see it hold and fail.
#[track_caller]
fn holds_and_fails(id: &str, name: &str, holds: Value, fails: Value) {
    let mut case = passing().into_iter().find(|case| case["id"] == id).unwrap();
    case["expect"][name] = holds;
    assert_eq!(fault(&case), None);
    case["expect"][name] = fails;
    assert!(fault(&case).unwrap().contains(name), "{case}");
}

#[test]
fn what_must_not_be_there_fails_if_it_is() {
    holds_and_fails("AZ01", "absent", json!(["scope"]), json!(["scope", "state"]));
    holds_and_fails("AZ03", "raw_not_contains", json!(["??"]), json!(["client_id"]));
    holds_and_fails("CB01", "must_not_hold", json!(["Evil"]), json!(["SplxlOBeZQQYbYS6WxSbIA"]));
    holds_and_fails("CB10", "must_not_surface", json!(["Evil"]), json!(["User said no"]));
    holds_and_fails("CA11", "form_absent", json!(["client_secret"]), json!(["client_id"]));
    holds_and_fails("CA11", "headers_absent", json!(["Authorization"]), json!(["accept"]));
    holds_and_fails("CA13", "debug_must_not_contain", json!(["c2"]), json!(["invalid_grant"]));
    holds_and_fails("TE14", "display_must_not_contain", json!(["\n"]), json!(["invalid_request"]));
    let basic = |text: &str| json!({ "Authorization": text });
    let (right, wrong) =
        ("Basic QWxhZGRpbjpvcGVuK3Nlc2FtZQ==", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    holds_and_fails("CA05", "headers_not", basic(wrong), basic(right));
}
