//! The table server x case x adapter.

use crate::{
    cases::CASES,
    expect::{Done, Trouble},
    results::Results,
};
use std::{fs, path::Path};

const BEGIN: &str = "<!-- produced by run.sh: begin -->\n";
const END: &str = "<!-- produced by run.sh: end -->\n";

/// The adapters, in the order of their columns.
const ADAPTERS: [&str; 3] = ["reqwest", "ureq", "surf"];

/// Writes the table in Markdown that can be read as it is, with a legend below it.
pub(crate) fn render(results: &[Results]) -> String {
    let mut lacks: Vec<String> = Vec::new();
    // A server's name stands over its first adapter: Markdown has no wider cells.
    let mut servers = vec!["case".to_owned()];
    let mut adapters = vec![String::new()];
    for server in results {
        servers.extend([server.server.clone(), String::new(), String::new()]);
        adapters.extend(ADAPTERS.map(ToOwned::to_owned));
    }
    let mut rows = vec![servers, adapters];
    for case in &CASES {
        let mut row = vec![case.title.to_owned()];
        for server in results {
            match server.lacks.get(case.name) {
                Some(lack) => {
                    let known = lacks.iter().position(|known| known == lack);
                    let number = known.unwrap_or_else(|| {
                        lacks.push(lack.clone());
                        lacks.len() - 1
                    });
                    row.extend(ADAPTERS.map(|_| format!("({})", number + 1)));
                }
                None => row.extend(ADAPTERS.map(|adapter| cell(server, case.name, adapter))),
            }
        }
        rows.push(row);
    }
    let mut text = align(&rows);
    if !lacks.is_empty() {
        text.push_str("\nWhat a server lacks:\n\n");
    }
    for (index, lack) in lacks.iter().enumerate() {
        text.push_str(&format!("{}. {lack}\n", index + 1));
    }
    text
}

fn cell(server: &Results, case: &str, adapter: &str) -> String {
    let found = server.cells.iter().find(|cell| cell.case == case && cell.adapter == adapter);
    match found.map(|cell| cell.passes) {
        Some(true) => "passes",
        Some(false) => "FAILS",
        None => "not run",
    }
    .to_owned()
}

fn align(rows: &[Vec<String>]) -> String {
    let columns = rows.first().map_or(0, Vec::len);
    let width = |column: usize| rows.iter().map(|row| row[column].len()).max();
    let widths: Vec<_> = (0..columns).map(|column| width(column).unwrap_or_default()).collect();
    let mut text = String::new();
    for (index, row) in rows.iter().enumerate() {
        let cells = row.iter().zip(&widths);
        let cells: Vec<_> = cells.map(|(cell, width)| format!("{cell:width$}")).collect();
        text.push_str(&format!("| {} |\n", cells.join(" | ")));
        if index == 0 {
            let rule: Vec<_> = widths.iter().map(|width| "-".repeat(*width)).collect();
            text.push_str(&format!("| {} |\n", rule.join(" | ")));
        }
    }
    text
}

/// Puts the table between its two marks.
pub(crate) fn insert(readme: &Path, table: &str) -> Done {
    let text = fs::read_to_string(readme)?;
    let marks = || -> Option<_> {
        let (before, rest) = text.split_once(BEGIN)?;
        Some((before, rest.split_once(END)?.1))
    };
    let missing = || -> Trouble { format!("{} has no marks", readme.display()).into() };
    let (before, after) = marks().ok_or_else(missing)?;
    Ok(fs::write(readme, format!("{before}{BEGIN}\n{table}\n{END}{after}"))?)
}
