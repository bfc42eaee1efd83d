//! Every seed of every fuzz target's corpus, on stable.

use grantflow_checks::{
    TARGETS, Target,
    heap::{Counting, measure},
};
use std::{fs, path::PathBuf};

#[global_allocator]
static HEAP: Counting = Counting;

fn fuzz() -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "..", "fuzz"].iter().collect()
}

/// The names of what is in a folder.
fn names(folder: &str) -> Vec<String> {
    let entries = fs::read_dir(fuzz().join(folder)).expect("the folder is there");
    let name = |entry: fs::DirEntry| entry.file_name().into_string().expect("it is plain");
    let mut names: Vec<_> = entries.map(|entry| name(entry.expect("it can be read"))).collect();
    names.sort();
    names
}

#[test]
fn every_seed_holds() {
    // Otherwise no check would see what it takes.
    assert_eq!(measure(|| drop(vec![0_u8; 100])).1.peak, 100);
    for Target { name, check } in TARGETS {
        let folder = format!("corpus/{name}");
        let seeds = names(&folder);
        assert!(seeds.len() >= 100, "{name} has {} seeds", seeds.len());
        for seed in seeds {
            let input = fs::read(fuzz().join(&folder).join(&seed)).expect("it can be read");
            let result = std::panic::catch_unwind(|| check(&input));
            assert!(result.is_ok(), "{folder}/{seed}");
        }
    }
}

#[test]
fn every_target_has_a_file_a_corpus_and_a_dictionary() {
    let with = |end: &str| TARGETS.map(|target| format!("{}{end}", target.name)).to_vec();
    assert_eq!(names("fuzz_targets"), with(".rs"));
    assert_eq!(names("corpus"), with(""));
    assert_eq!(names("dictionaries"), with(".dict"));
}
