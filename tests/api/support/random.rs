//! A small generator of pseudo-random numbers (xorshift64*), so that a failure can be had again from its seed.

pub struct Random(u64);

impl Random {
    /// From `TEST_SEED`, or a fixed number: the suite does the same at each run. Printed, and so shown where a test fails.
    pub fn new() -> Random {
        let seed = std::env::var("TEST_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(20_260_917);
        println!("TEST_SEED={seed}");
        Random(seed | 1)
    }

    pub fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let mixed = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D);
        usize::try_from((mixed >> 33) % bound as u64).expect("below a usize")
    }

    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}
