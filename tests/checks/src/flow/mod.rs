//! Whatever browser, server and storage do, and in whatever order, a client does what a naive
//! model of the flow says, and each code goes to the server with its own verifier, only when it
//! is told to.

mod model;
mod peer;
mod real;
mod step;

use model::{Login, Model};
use real::{Place, World};

/// Reads steps from octets and lets the model and the real flows take them.
///
/// # Panics
/// If they come to differ.
pub fn check(input: &[u8]) {
    const BEGIN: u64 = 1_700_000_000;
    let mut model = Model::new(BEGIN);
    let mut world = World::new(BEGIN);
    for step in step::steps(input) {
        let before = model.clone();
        let expected = model.take(step);
        let outcome = world.take(step);
        assert_eq!(outcome, expected, "{step:?} of {before:?}");
        for (login, place) in model.logins.iter().zip(&world.logins) {
            is_the_same(login, place, &world);
        }
    }
}

fn is_the_same(login: &Login, place: &Place, world: &World) {
    match (login, place) {
        (Login::Nothing, Place::Nothing)
        | (Login::Away(_), Place::Away(_))
        | (Login::Asleep(_), Place::Asleep(_)) => {}
        (Login::Code(away, visit), Place::Code(code)) => {
            world.sends_its_own_code(code, away.start, *visit);
        }
        (Login::In(tokens), Place::In(flow)) => world.has_its_own_tokens(flow, tokens),
        (Login::Refreshing(tokens, scope), Place::Refreshing(refresh)) => {
            world.sends_its_own_refresh_token(refresh, tokens, *scope);
        }
        other => panic!("they differ: {other:?}"),
    }
}
