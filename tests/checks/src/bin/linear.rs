//! Shows how the time of every check grows with its input: what a hostile server would send, in
//! sizes that double. The last column is the time of the largest over that of half of it: about
//! two for what is linear. A check does more than what it checks, so the times are upper bounds.

use grantflow_checks::{TARGETS, hostile::FAMILIES};
use std::time::{Duration, Instant};

/// The input's sizes in KiB.
const SIZES: [usize; 5] = [4, 8, 16, 32, 64];

fn main() {
    println!(
        "{:<20} {:>44} {:>8} {:>6}",
        "target", "us per KiB at 4, 8, 16, 32, 64 KiB", "", "ratio"
    );
    for family in FAMILIES {
        let target = TARGETS.iter().find(|target| target.name == family.target);
        let check = target.expect("every family has a target").check;
        let times = SIZES.map(|kib| fastest(check, &family.input(kib * 1024)));
        let per_kib = times.iter().zip(SIZES).map(|(time, kib)| micros(*time) / kib as f64);
        let shown: String = per_kib.map(|time| format!("{time:>9.1}")).collect();
        let ratio = micros(times[4]) / micros(times[3]);
        println!("{:<20} {shown} {ratio:>6.2}  {:?}", family.target, family.filling());
    }
}

fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}

/// The shortest of several tries: what else the machine does only makes it longer.
fn fastest(check: fn(&[u8]), input: &[u8]) -> Duration {
    let time = || {
        let start = Instant::now();
        check(input);
        start.elapsed()
    };
    (0..20).map(|_| time()).min().unwrap_or_default()
}
