//! Programs that live as long as their test.

use serde_json::Value;
use std::env;
use std::io::{BufRead as _, BufReader, Read};
use std::path::PathBuf;
use std::process::{self, Command, Stdio};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// How long a program may take to say what is waited for.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running program. It is killed when this is dropped.
pub struct Program {
    child: process::Child,
    lines: Receiver<String>,
    /// What was received of the lines.
    said: String,
    readers: Vec<JoinHandle<()>>,
}

impl Program {
    /// Starts it. What it writes to either stream is read all the time, so that it never waits.
    ///
    /// # Panics
    ///
    /// When it does not start.
    #[must_use]
    pub fn start(command: &mut Command) -> Self {
        let command = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap_or_else(|error| panic!("{command:?}: {error}"));
        let (sender, lines) = mpsc::channel();
        let readers = vec![
            read(child.stdout.take().expect("it is piped"), sender.clone()),
            read(child.stderr.take().expect("it is piped"), sender),
        ];
        Self { child, lines, said: String::new(), readers }
    }

    /// What follows these words in the first line that has them.
    ///
    /// # Panics
    ///
    /// When the program ends or says nothing more without having said that.
    pub fn says(&mut self, words: &str) -> String {
        while let Ok(line) = self.lines.recv_timeout(PATIENCE) {
            self.said += &line;
            if let Some((_, rest)) = line.trim_end().split_once(words) {
                return rest.to_owned();
            }
        }
        panic!("the program never said {words:?}, but:\n{}", self.said);
    }

    /// Kills it (SIGKILL) and waits until it is gone. Returns all that it has ever said.
    pub fn kill(&mut self) -> String {
        self.end();
        for reader in self.readers.drain(..) {
            let _ = reader.join();
        }
        self.said.extend(self.lines.try_iter());
        self.said.clone()
    }

    fn end(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.end();
    }
}

/// Where a program is that a test cannot do without.
///
/// # Panics
///
/// When it is not installed; the message names Debian's package.
#[must_use]
pub fn installed(name: &str, package: &str) -> PathBuf {
    let path = env::var_os("PATH").unwrap_or_default();
    let found = env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file());
    found.unwrap_or_else(|| panic!("{name} is not installed; on Debian: apt-get install {package}"))
}

/// Builds an example of this workspace, as no test of another package can ask Cargo to, and says
/// where it is.
///
/// # Panics
///
/// When it does not build.
#[must_use]
pub fn example(name: &str) -> PathBuf {
    let mut cargo = Command::new(env!("CARGO"));
    // What Cargo tells a test of its package would have build scripts run once more.
    let ours = ["CARGO_MANIFEST_", "CARGO_PKG_"];
    let is_ours = |name: &str| ours.iter().any(|prefix| name.starts_with(prefix));
    for (name, _) in env::vars().filter(|(name, _)| is_ours(name)) {
        cargo.env_remove(name);
    }
    let cargo = cargo.current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    let arguments = ["build", "-q", "--message-format=json-render-diagnostics", "--example", name];
    let output = cargo.args(arguments).stderr(Stdio::inherit()).output().expect("cargo runs");
    assert!(output.status.success(), "the example {name} does not build");
    let messages = String::from_utf8(output.stdout).expect("JSON is UTF-8");
    let messages = messages.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let mut examples = messages.filter(|message| message["target"]["name"] == name);
    let executable = examples.find_map(|message| Some(message["executable"].as_str()?.into()));
    executable.expect("cargo says where it is")
}

fn read(stream: impl Read + Send + 'static, lines: Sender<String>) -> JoinHandle<()> {
    thread::spawn(move || {
        let mut stream = BufReader::new(stream);
        let mut line = Vec::new();
        while stream.read_until(b'\n', &mut line).is_ok_and(|length| length > 0) {
            // Nobody listens any more if the test is over.
            let _ = lines.send(String::from_utf8_lossy(&line).into_owned());
            line.clear();
        }
    })
}
