//! A Redis of the test's own, in memory, behind a Unix socket. Every command that reaches it is
//! heard.

use grantflow_tests::programs::{Program, installed};
use std::env;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{self, Command};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) struct Redis {
    program: Program,
    folder: PathBuf,
    commands: Receiver<String>,
    heard: Vec<String>,
}

impl Redis {
    pub(crate) fn start() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let count = COUNT.fetch_add(1, Ordering::SeqCst);
        // The path of a socket must be short.
        let folder = env::temp_dir().join(format!("grantflow-{}-{count}", process::id()));
        let program = run(&folder);
        let commands = listen(&folder);
        Self { program, folder, commands, heard: Vec::new() }
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    pub(crate) fn url(&self) -> String {
        format!("redis+unix://{}", socket(&self.folder).display())
    }

    /// A connection of the test's own.
    pub(crate) fn connect(&self) -> redis::Connection {
        let client = redis::Client::open(self.url()).expect("it is a URL");
        client.get_connection().expect("Redis runs")
    }

    pub(crate) fn kill(&mut self) {
        self.program.kill();
    }

    /// Runs again, and knows nothing.
    pub(crate) fn restart(&mut self) {
        self.program.kill();
        self.program = run(&self.folder);
        self.commands = listen(&self.folder);
    }

    /// Waits for a command.
    pub(crate) fn hears(&mut self, name: &str) {
        let name = format!("\"{name}\"");
        loop {
            let command = self.commands.recv_timeout(PATIENCE);
            self.heard.push(command.unwrap_or_else(|_| panic!("Redis never heard {name}")));
            if self.heard.last().is_some_and(|command| command.contains(&name)) {
                return;
            }
        }
    }

    /// All commands so far.
    pub(crate) fn heard(&mut self) -> String {
        // The connection that hears them hears this, too, after everything else.
        redis::cmd("ECHO").arg("until here").exec(&mut self.connect()).expect("Redis runs");
        self.hears("until here");
        self.heard.concat()
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        self.program.kill();
        // What is left of it harms nobody.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn socket(folder: &Path) -> PathBuf {
    folder.join("redis.sock")
}

fn run(folder: &Path) -> Program {
    let mut command = Command::new(installed("redis-server", "redis-server"));
    fs::create_dir_all(folder).expect("there can be a temporary folder");
    command.args(["--port", "0", "--save", "", "--appendonly", "no", "--dir"]).arg(folder);
    let mut program = Program::start(command.arg("--unixsocket").arg(socket(folder)));
    program.says("eady to accept connections");
    program
}

fn listen(folder: &Path) -> Receiver<String> {
    let mut stream = UnixStream::connect(socket(folder)).expect("Redis listens");
    stream.write_all(b"MONITOR\r\n").expect("Redis listens");
    let mut lines = BufReader::new(stream);
    let mut line = String::new();
    lines.read_line(&mut line).expect("Redis answers");
    assert_eq!(line, "+OK\r\n");
    let (sender, commands) = mpsc::channel();
    thread::spawn(move || {
        let mut line = String::new();
        while lines.read_line(&mut line).is_ok_and(|length| length > 0) {
            // Nobody listens any more if the test is over.
            let _ = sender.send(std::mem::take(&mut line));
        }
    });
    commands
}
