//! Runs grantflow against servers that others wrote; `tests/interop/run.sh` starts them.
//!
//! ```text
//! interop cases SCENARIO RESULTS      # all cases against one server, through each adapter
//! interop table README RESULTS...     # one table of all servers' results, into the README
//! ```

mod adapter;
mod cases;
mod expect;
mod person;
mod results;
mod scenario;
mod table;
mod trial;
mod watched;

use adapter::Adapter;
use cases::CASES;
use expect::{Done, Trouble};
use results::{Cell, Results};
use scenario::Scenario;
use std::{env, path::Path, process::ExitCode};
use trial::Trial;

fn main() -> ExitCode {
    let args: Vec<_> = env::args().skip(1).collect();
    let args: Vec<_> = args.iter().map(String::as_str).collect();
    let result = match args.as_slice() {
        ["cases", scenario, results] => run(Path::new(scenario), Path::new(results)),
        ["table", readme, results @ ..] => write_table(Path::new(readme), results),
        _ => Err("usage: interop cases SCENARIO RESULTS | interop table README RESULTS...".into()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("interop: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(scenario: &Path, file: &Path) -> Done {
    let scenario = Scenario::read(scenario)?;
    let adapters = Adapter::all()?;
    let mut results = Results::new(&scenario);
    for case in &CASES {
        if let Some(lack) = scenario.lacks.get(case.name) {
            println!("{:16} {:28} lacks it: {lack}", scenario.name, case.title);
            continue;
        }
        for adapter in &adapters {
            let outcome = (case.run)(&Trial::new(&scenario, adapter));
            let shown = match &outcome {
                Ok(()) => "passes".to_owned(),
                Err(error) => format!("FAILS: {error}"),
            };
            println!("{:16} {:28} {:8} {shown}", scenario.name, case.title, adapter.name());
            results.cells.push(Cell::new(case.name, adapter.name(), &outcome));
        }
    }
    results.write(file)?;
    println!("\n{}", table::render(&[results.clone()]));
    results.all_pass()
}

fn write_table(readme: &Path, files: &[&str]) -> Done {
    let read = |file: &&str| Results::read(Path::new(file));
    let results = files.iter().map(read).collect::<Result<Vec<_>, Trouble>>()?;
    let table = table::render(&results);
    println!("{table}");
    table::insert(readme, &table)?;
    results.iter().try_for_each(Results::all_pass)
}
