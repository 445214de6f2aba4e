//! Chance that falls the same way on every machine, and how much of it: `SEED` and `COUNT` choose by hand.

/// Dice of a seed.
pub(in crate::store) struct Dice {
    pub(in crate::store) seed: u64,
    state: u64,
}

impl Dice {
    /// The seed of the environment, or else 1.
    pub(in crate::store) fn new() -> Self {
        let seed = told("SEED").unwrap_or(1);
        Self { seed, state: seed }
    }

    /// A number from 0 up to, not including, the end. `SplitMix64`.
    pub(in crate::store) fn below(&mut self, end: usize) -> usize {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % end as u64).unwrap()
    }

    pub(in crate::store) fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

/// How often, where the environment does not say.
pub(in crate::store) fn count(usual: usize) -> usize {
    told("COUNT")
        .and_then(|count| usize::try_from(count).ok())
        .unwrap_or(usual)
}

fn told(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}
