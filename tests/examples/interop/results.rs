//! What became of the cases at one server, on its way into the table.

use crate::{
    expect::{Done, Trouble},
    scenario::Scenario,
};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, fs, path::Path};

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Results {
    pub(crate) server: String,
    pub(crate) cells: Vec<Cell>,
    /// The cases that the server cannot pass, and why.
    pub(crate) lacks: BTreeMap<String, String>,
}

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Cell {
    pub(crate) case: String,
    pub(crate) adapter: String,
    pub(crate) passes: bool,
}

impl Cell {
    pub(crate) fn new(case: &str, adapter: &str, outcome: &Done) -> Self {
        Self { case: case.to_owned(), adapter: adapter.to_owned(), passes: outcome.is_ok() }
    }
}

impl Results {
    pub(crate) fn new(scenario: &Scenario) -> Self {
        let (server, lacks) = (scenario.name.clone(), scenario.lacks.clone());
        Self { server, lacks, cells: Vec::new() }
    }

    pub(crate) fn read(file: &Path) -> Result<Self, Trouble> {
        let text = fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?;
        Ok(serde_json::from_slice(&text)?)
    }

    pub(crate) fn write(&self, file: &Path) -> Done {
        Ok(fs::write(file, serde_json::to_vec(self)?)?)
    }

    pub(crate) fn all_pass(&self) -> Done {
        let failed = self.cells.iter().filter(|cell| !cell.passes).count();
        match failed {
            0 => Ok(()),
            _ => Err(format!("{}: {failed} of {} fail", self.server, self.cells.len()).into()),
        }
    }
}
