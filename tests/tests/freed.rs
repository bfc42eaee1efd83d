//! No block of memory that is freed on the tour still holds a secret.

use grantflow_tests::{
    freed::{Searching, leftovers, search},
    secrets::{canary, tour},
};

#[global_allocator]
static HEAP: Searching = Searching;

#[test]
fn freed_memory_holds_no_secret() {
    search(&canary::ALL, tour).unwrap();
    let leftovers = leftovers();
    assert!(leftovers.is_empty(), "{} leftovers\n{}", leftovers.len(), leftovers.join("\n"));
}

#[test]
fn a_secret_that_is_not_wiped_is_found() {
    search(&canary::ALL, || drop(String::from(canary::CODE)));
    assert_eq!(leftovers().len(), 1);
    let mut grown = String::from(canary::CODE);
    search(&canary::ALL, || grown.push_str(canary::CODE));
    assert_eq!(leftovers().len(), 1);
}
