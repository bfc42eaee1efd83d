//! Programs that live as long as their test.

use std::env;
use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{self, ChildStdout, Command, Stdio};

/// A running program, ended when this is dropped.
pub(crate) struct Child {
    child: process::Child,
    /// Kept open: who writes to a closed pipe is killed.
    stdout: BufReader<ChildStdout>,
}

impl Child {
    pub(crate) fn start(command: &mut Command) -> Self {
        let spawned = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn();
        let mut child = spawned.unwrap_or_else(|error| panic!("{command:?}: {error}"));
        let stdout = BufReader::new(child.stdout.take().expect("it is piped"));
        Self { child, stdout }
    }

    /// What follows these words in the first line that has them. Earlier lines are skipped.
    pub(crate) fn says(&mut self, words: &str) -> String {
        let mut line = String::new();
        while self.stdout.read_line(&mut line).expect("the program writes text") > 0 {
            if let Some((_, rest)) = line.trim_end().split_once(words) {
                return rest.to_owned();
            }
            line.clear();
        }
        panic!("the program ended and never said {words:?}");
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Where a program is that this test cannot do without.
pub(crate) fn program(name: &str) -> PathBuf {
    let path = env::var_os("PATH").unwrap_or_default();
    let found = env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file());
    found.unwrap_or_else(|| {
        panic!("{name} is not installed; on Debian: apt-get install chromium chromium-driver")
    })
}
