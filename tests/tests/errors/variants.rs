//! Every variant of every error is produced by a test of this suite: the variants are read from
//! the source, the errors from what a run of the suite says.

use grantflow::ErrorCode;
use std::{collections::BTreeSet, env, error::Error, process::Command};

/// Set for a run that shows what it produces.
pub(crate) const SHOW: &str = "GRANTFLOW_SHOW_ERRORS";
/// Stands before an error that a run shows.
pub(crate) const MARK: &str = "produced ";

/// No test can make the system refuse randomness.
const UNPRODUCED: [&str; 1] = ["Entropy"];

const SOURCES: [&str; 6] = [
    include_str!("../../../core/src/error/mod.rs"),
    include_str!("../../../core/src/error/callback.rs"),
    include_str!("../../../core/src/error/config.rs"),
    include_str!("../../../core/src/error/protocol.rs"),
    include_str!("../../../core/src/error/stored.rs"),
    include_str!("../../../core/src/exchange/transport.rs"),
];

/// The variants of all public enums of a source, as `rustfmt` lays them out.
fn variants(source: &str) -> impl Iterator<Item = &str> {
    let bodies = source.split("\npub enum ").skip(1).filter_map(|rest| rest.split("\n}").next());
    let lines = bodies.flat_map(|body| body.lines().skip(1));
    let variants = lines.filter_map(|line| line.strip_prefix("    "));
    let variants = variants.filter(|line| line.starts_with(char::is_uppercase));
    variants.filter_map(|line| line.split(|c: char| !c.is_alphanumeric()).next())
}

#[test]
fn every_variant_is_produced() -> Result<(), Box<dyn Error>> {
    let wanted: BTreeSet<_> = SOURCES.into_iter().flat_map(variants).collect();
    assert!(wanted.len() > 70, "the variants were not found: {wanted:?}");
    let mut suite = Command::new(env::current_exe()?);
    let suite = suite.args(["--nocapture", "--skip", "every_variant_is_produced"]);
    let output = suite.env(SHOW, "1").output()?;
    assert!(output.status.success(), "the suite fails");
    let output = String::from_utf8(output.stdout)?;
    let shown = output.split(MARK).skip(1).filter_map(|rest| rest.lines().next());
    let words = shown.flat_map(|shown| shown.split(|c: char| !c.is_alphanumeric()));
    let produced: BTreeSet<_> = words.chain(UNPRODUCED).collect();
    let missing: Vec<_> = wanted.difference(&produced).collect();
    assert!(missing.is_empty(), "no test produces {missing:?}");
    Ok(())
}

#[test]
fn every_error_code_is_read_and_written() {
    let source = include_str!("../../../core/src/error/code.rs");
    let (_, table) = source.split_once("\ncodes! {").unwrap();
    let codes = table.lines().filter_map(|line| {
        let (variant, text) = line.trim().strip_suffix("\",")?.split_once(" = \"")?;
        Some((variant, text))
    });
    let codes: Vec<_> = codes.collect();
    assert!(codes.len() > 30, "the codes were not found: {codes:?}");
    for (variant, text) in codes {
        let code = ErrorCode::from(text);
        assert_eq!((format!("{code:?}").as_str(), code.as_str()), (variant, text));
    }
    assert_eq!(format!("{:?}", ErrorCode::from("another")), r#"Other("another")"#);
}
