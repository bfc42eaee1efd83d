//! PrintMyPics and CloudVault: the example `web_login`, as anybody runs it.

use grantflow_tests::programs::{Program, example};
use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

pub(crate) struct App {
    _program: Program,
    base_url: String,
}

impl App {
    /// Both listen on free ports of `127.0.0.1`.
    pub(crate) fn start() -> Self {
        static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
        let mut command = Command::new(PROGRAM.get_or_init(|| example("web_login")));
        let command = command.env_remove("PRINTMYPICS_CLIENT_ID");
        let mut program = Program::start(command.env_remove("PRINTMYPICS_CLIENT_SECRET"));
        let base_url = program.says("PrintMyPics is at ");
        Self { _program: program, base_url: base_url.trim_end_matches('/').to_owned() }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base_url)
    }
}
