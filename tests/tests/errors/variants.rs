//! Every variant of every error is produced by a test of this suite: the variants are read from
//! the source, the errors from what a run of the suite says.

use grantflow::ErrorCode;
use std::{env, error::Error, process::Command};

/// Set for a run that shows what it produces.
pub(crate) const SHOW: &str = "GRANTFLOW_SHOW_ERRORS";
/// Stands before an error that a run shows.
pub(crate) const MARK: &str = "produced ";

/// No test can make the system refuse randomness.
const UNPRODUCED: &str = "produced Config(Entropy";

/// The source of each enum, and what stands before its variants where they are shown.
const ENUMS: [(&str, &str, &str); 7] = [
    ("Error", MARK, include_str!("../../../core/src/error/mod.rs")),
    ("CallbackError", "Callback(", include_str!("../../../core/src/error/callback.rs")),
    ("ConfigError", "Config(", include_str!("../../../core/src/error/config.rs")),
    ("UrlProblem", "problem: ", include_str!("../../../core/src/error/config.rs")),
    ("ProtocolError", "Protocol(", include_str!("../../../core/src/error/protocol.rs")),
    ("StoredError", "Stored(", include_str!("../../../core/src/error/stored.rs")),
    ("TransportError", MARK, include_str!("../../../core/src/exchange/transport.rs")),
];

/// The variants of an enum, as `rustfmt` lays them out, and as they are shown.
fn variants(name: &str, before: &str, source: &str) -> Vec<String> {
    let (_, rest) = source.split_once(&format!("\npub enum {name} {{")).unwrap();
    let lines = rest.lines().take_while(|line| *line != "}");
    let variants = lines.filter_map(|line| line.strip_prefix("    "));
    let variants = variants.filter(|line| line.starts_with(char::is_uppercase));
    let names = variants.filter_map(|line| line.split(|c: char| !c.is_alphanumeric()).next());
    names.map(|variant| format!("{before}{variant}")).collect()
}

#[test]
fn every_variant_is_produced() -> Result<(), Box<dyn Error>> {
    let wanted: Vec<_> =
        ENUMS.iter().flat_map(|(name, before, source)| variants(name, before, source)).collect();
    assert!(wanted.len() > 80, "the variants were not found: {wanted:?}");
    let mut suite = Command::new(env::current_exe()?);
    let suite = suite.args(["--nocapture", "--skip", "every_variant_is_produced"]);
    let output = suite.env(SHOW, "1").output()?;
    assert!(output.status.success(), "the suite fails");
    let shown = String::from_utf8(output.stdout)? + UNPRODUCED;
    let is_shown = |variant: &String| {
        let whole_word = |rest: &str| !rest.starts_with(char::is_alphanumeric);
        shown.split(variant.as_str()).skip(1).any(whole_word)
    };
    let missing: Vec<_> = wanted.iter().filter(|variant| !is_shown(variant)).collect();
    assert!(missing.is_empty(), "no test produces {missing:?}");
    println!("{} variants, all produced but Config(Entropy)", wanted.len());
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
