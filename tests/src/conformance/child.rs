//! The same case again, in a process of its own.

use super::Adapter;
use std::{
    env,
    process::{Command, Output},
};

const URL: &str = "GRANTFLOW_CONFORMANCE_URL";

/// What the child is to talk to; `None` in the parent.
pub(super) fn url() -> Option<String> {
    env::var(URL).ok()
}

/// Runs a case of an adapter in a child that knows `url` and has these proxies.
pub(super) fn run<A: Adapter>(case: &str, url: &str, proxy: Option<&str>) -> Output {
    let mut child = Command::new(env::current_exe().expect("this program"));
    child.args([&format!("{}::{case}", A::NAME), "--exact", "--nocapture"]).env(URL, url);
    for name in ["http_proxy", "https_proxy", "all_proxy", "no_proxy"] {
        for name in [name.to_owned(), name.to_uppercase()] {
            match proxy {
                Some(proxy) if !name.eq_ignore_ascii_case("no_proxy") => child.env(name, proxy),
                _ => child.env_remove(name),
            };
        }
    }
    child.output().expect("a child")
}

/// Asserts that the case ran in the child, and came through.
#[track_caller]
pub(super) fn assert_success(output: &Output) {
    let text = String::from_utf8_lossy(&output.stdout);
    let came_through = output.status.success() && text.contains("1 passed");
    assert!(came_through, "{text}{}", String::from_utf8_lossy(&output.stderr));
}
