//! Twice the input, twice the work: counted in octets of heap that are asked for, which no load
//! on the machine changes. `cargo run --release -p grantflow-checks --bin linear` shows the time.

use grantflow_checks::{
    TARGETS,
    heap::{Counting, measure},
    hostile::FAMILIES,
};

#[global_allocator]
static HEAP: Counting = Counting;

#[test]
fn twice_the_input_takes_twice_the_work() {
    for family in FAMILIES {
        let target = TARGETS.iter().find(|target| target.name == family.target);
        let check = target.expect("the target is there").check;
        // What is set up once is not counted.
        check(&family.input(64));
        let work = |octets| {
            let input = family.input(octets);
            let (result, taken) = measure(|| std::panic::catch_unwind(|| check(&input)));
            assert!(result.is_ok(), "{} {:?} {octets}", family.target, family.filling());
            taken.octets
        };
        let sizes = [8, 16, 32, 64, 128].map(|kib| work(kib * 1024));
        for (once, twice) in sizes.iter().zip(&sizes[1..]) {
            // A buffer that doubles may double once more than its input.
            let is_linear = *twice <= 3 * once + 64 * 1024;
            assert!(is_linear, "{} {:?}: {sizes:?}", family.target, family.filling());
        }
        assert!(sizes[4] <= 20 * sizes[0], "{} {:?}: {sizes:?}", family.target, family.filling());
    }
}
