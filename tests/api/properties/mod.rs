//! What holds whatever is done, in whatever order: random steps through the real server, held against a model that is as
//! simple as can be. The same steps at each run; another seed in `TEST_SEED` makes others. Of steps that break something the
//! shortest are shown.

mod cycles;
mod figures;
mod model;
mod recount;
mod steps;

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::support::both;
use crate::support::random::Random;
use crate::support::team::Team;

/// Tries a property with so many values, in a network of its own on each database.
#[track_caller]
fn holds<S: Strategy>(cases: u32, values: &S, property: impl Fn(&Team<'_>, S::Value)) {
    both(|api| {
        let team = api.team();
        let mut random = Random::new();
        let seed: [u8; 32] = std::array::from_fn(|_| u8::try_from(random.below(256)).expect("a byte"));
        let config = Config { cases, failure_persistence: None, max_shrink_iters: 100, ..Config::default() };
        let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &seed));
        let tried = runner.run(values, |value| {
            property(&team, value);
            Ok(())
        });
        if let Err(failure) = tried {
            panic!("{failure}");
        }
    });
}
