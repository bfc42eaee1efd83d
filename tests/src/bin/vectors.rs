//! Runs vector files: `vectors FILE...`. One line for each case that fails, then the counts.

use grantflow_tests::vectors::Report;
use std::{env, fs, process::ExitCode};

fn main() -> ExitCode {
    let files: Vec<_> = env::args_os().skip(1).collect();
    if files.is_empty() {
        eprintln!("usage: vectors FILE...");
        return ExitCode::from(2);
    }
    let mut report = Report::default();
    for file in &files {
        match fs::read_to_string(file) {
            Ok(text) => report.run(&text),
            Err(error) => {
                eprintln!("{}: {error}", file.to_string_lossy());
                return ExitCode::from(2);
            }
        }
    }
    for (id, fault) in &report.failed {
        println!("{id}: {fault}");
    }
    println!("{} passed, {} failed", report.passed, report.failed.len());
    if report.failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
