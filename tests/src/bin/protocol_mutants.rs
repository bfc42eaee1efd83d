//! Removes one check of the protocol at a time and sees whether a test notices.
//!
//! `cargo run -q -p grantflow-tests --bin protocol_mutants [-- NAME...]` works on a copy of the
//! project, under `target/mutants`. The list is `tests/protocol_mutants.txt`; each entry is
//!
//! ```text
//! == name
//! path
//! - a line of the source, or several
//! + what takes their place
//! ```
//!
//! The last line is `N passed, N failed`: a mutant passes if it compiles and a test fails.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode, Output},
};

const LIST: &str = include_str!("../../protocol_mutants.txt");
const TESTS: [&[&str]; 2] = [
    &["test", "-q", "-p", "grantflow", "--lib", "--features", "es256,hs256"],
    &[
        "test",
        "-q",
        "-p",
        "grantflow-tests",
        "--test",
        "flow",
        "--test",
        "errors",
        "--test",
        "protocol_flows",
        "--test",
        "protocol",
        "--test",
        "vectors",
    ],
];

struct Mutant {
    name: String,
    path: PathBuf,
    original: String,
    replacement: String,
}

fn main() -> ExitCode {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ is in the project");
    let work = root.join("target/mutants");
    let tree = work.join("tree");
    copy(root, &tree);
    // Whatever fails without a mutant would catch them all.
    match failing_test(&tree, &work.join("build")) {
        Err(Unnoticed::ByTests) => {}
        found => {
            println!("without a mutant: {found:?}");
            return ExitCode::FAILURE;
        }
    }
    let (mut passed, mut failed) = (0, 0);
    for mutant in mutants() {
        if !wanted.is_empty() && !wanted.contains(&mutant.name) {
            continue;
        }
        match noticed_by(&mutant, &tree, &work.join("build")) {
            Ok(test) => {
                passed += 1;
                println!("caught {:<36} {test}", mutant.name);
            }
            Err(why) => {
                failed += 1;
                println!("MISSED {:<36} {why:?}", mutant.name);
            }
        }
    }
    println!("{passed} passed, {failed} failed");
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Why a mutant was not caught.
#[derive(Debug)]
enum Unnoticed {
    /// All tests pass.
    ByTests,
    /// The library does not compile.
    LibraryDoesNotCompile,
    /// The lines to replace do not stand in the file exactly once.
    Misplaced,
    /// The tests do not compile.
    TestsDoNotCompile,
}

/// The first test that fails.
fn noticed_by(mutant: &Mutant, tree: &Path, build: &Path) -> Result<String, Unnoticed> {
    let path = tree.join(&mutant.path);
    let source = fs::read_to_string(&path).unwrap_or_default();
    if source.matches(&mutant.original).count() != 1 {
        return Err(Unnoticed::Misplaced);
    }
    let mutated = source.replacen(&mutant.original, &mutant.replacement, 1);
    fs::write(&path, mutated).expect("the copy can be written");
    let result = failing_test(tree, build);
    fs::write(&path, source).expect("the copy can be written");
    result
}

fn failing_test(tree: &Path, build: &Path) -> Result<String, Unnoticed> {
    let cargo = |arguments: &[&str]| -> Output {
        let mut command = Command::new("cargo");
        command.args(arguments).current_dir(tree).env("CARGO_TARGET_DIR", build);
        // What a property finds out about one mutant is no news about the next.
        command.env("PROPTEST_DISABLE_FAILURE_PERSISTENCE", "1").env("PROPTEST_RNG_SEED", "1");
        command.output().expect("cargo runs")
    };
    if !cargo(&["check", "-q", "-p", "grantflow", "--features", "es256,hs256"]).status.success() {
        return Err(Unnoticed::LibraryDoesNotCompile);
    }
    for arguments in TESTS {
        let output = cargo(arguments);
        if !output.status.success() {
            let text = String::from_utf8_lossy(&output.stdout);
            let name = text.lines().find_map(|line| line.strip_prefix("---- "));
            let name = name.map(|name| name.trim_end_matches(" stdout ----").to_owned());
            return name.ok_or(Unnoticed::TestsDoNotCompile);
        }
    }
    Err(Unnoticed::ByTests)
}

/// Copies what git knows of the project, so that the mutants never touch the project itself.
fn copy(root: &Path, tree: &Path) {
    let mut git = Command::new("git");
    git.args(["ls-files", "--cached", "--others", "--exclude-standard"]).current_dir(root);
    let listed = git.output().expect("git runs");
    for name in String::from_utf8_lossy(&listed.stdout).lines() {
        let (from, to) = (root.join(name), tree.join(name));
        let Ok(new) = fs::read(&from) else { continue };
        // An unchanged file keeps its date, so that an earlier build still serves.
        if fs::read(&to).is_ok_and(|old| old == new) {
            continue;
        }
        fs::create_dir_all(to.parent().expect("a file is in a folder")).expect("a folder");
        fs::write(to, new).expect("a copy");
    }
}

fn mutants() -> impl Iterator<Item = Mutant> {
    LIST.split("\n== ").skip(1).map(|entry| {
        let mut lines = entry.lines();
        let name = lines.next().unwrap_or_default().to_owned();
        let path = lines.next().unwrap_or_default().into();
        let side = |mark: char| {
            let lines = entry.lines().skip(2).filter_map(move |line| line.strip_prefix(mark));
            lines.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect::<Vec<_>>().join("\n")
        };
        Mutant { name, path, original: side('-'), replacement: side('+') }
    })
}
