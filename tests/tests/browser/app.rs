//! PrintMyPics and CloudVault: the example `web_login`, as anybody runs it.

use crate::child::Child;
use serde_json::Value;
use std::env;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::OnceLock;

pub(crate) struct App {
    _child: Child,
    base_url: String,
}

impl App {
    /// Both listen on free ports of `127.0.0.1`.
    pub(crate) fn start() -> Self {
        let mut command = Command::new(program());
        let command = command.env_remove("PRINTMYPICS_CLIENT_ID");
        let mut child = Child::start(command.env_remove("PRINTMYPICS_CLIENT_SECRET"));
        let base_url = child.says("PrintMyPics is at ");
        Self { _child: child, base_url: base_url.trim_end_matches('/').to_owned() }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base_url)
    }
}

/// Builds the example, as no test of another package can ask Cargo to, and says where it is.
fn program() -> &'static PathBuf {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let mut cargo = Command::new(env!("CARGO"));
        // What Cargo tells this test of its package would have build scripts run once more.
        let ours = ["CARGO_MANIFEST_", "CARGO_PKG_"];
        let is_ours = |name: &str| ours.iter().any(|prefix| name.starts_with(prefix));
        for (name, _) in env::vars().filter(|(name, _)| is_ours(name)) {
            cargo.env_remove(name);
        }
        let cargo = cargo.current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
        let arguments = ["build", "-q", "--example", "web_login"];
        let cargo = cargo.args(arguments).arg("--message-format=json-render-diagnostics");
        let output = cargo.stderr(Stdio::inherit()).output().expect("cargo runs");
        assert!(output.status.success(), "the example web_login does not build");
        let messages = String::from_utf8(output.stdout).expect("JSON is UTF-8");
        let messages = messages.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
        let mut examples = messages.filter(|message| message["target"]["name"] == "web_login");
        let executable = examples.find_map(|message| Some(message["executable"].as_str()?.into()));
        executable.expect("cargo says where it is")
    })
}
