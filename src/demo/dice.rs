//! Chance that falls the same way on every machine.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// A die that a seed has thrown already.
pub(super) struct Dice(ChaCha8Rng);

impl Dice {
    /// Dice of a seed; each stream falls in its own way.
    pub(super) fn new(seed: u64, stream: u64) -> Self {
        let mut chance = ChaCha8Rng::seed_from_u64(seed);
        chance.set_stream(stream);
        Self(chance)
    }

    /// A number from 0 up to, not including, 1.
    pub(super) fn part(&mut self) -> f64 {
        f64::from(self.0.next_u32()) / (f64::from(u32::MAX) + 1.0)
    }

    /// A number from 0 up to, not including, the end; 0 for an end of 0.
    pub(super) fn below(&mut self, end: usize) -> usize {
        let wide = u128::from(self.0.next_u64()) * end as u128;
        (wide >> 64) as usize
    }

    /// True this often.
    pub(super) fn happens(&mut self, share: f64) -> bool {
        self.part() < share
    }

    /// One of these.
    pub(super) fn one<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        of.get(self.below(of.len()))
    }

    /// The place of one of these weights, each as likely as its weight.
    pub(super) fn weighted(&mut self, weights: &[f64]) -> usize {
        let mut left = self.part() * weights.iter().sum::<f64>();
        for (place, weight) in weights.iter().enumerate() {
            left -= weight;
            if left < 0.0 {
                return place;
            }
        }
        weights.len().saturating_sub(1)
    }
}

/// Picks so that the picked are as many as their chances add up to, give or take one, however few there are:
/// a small school has its share of children with SEN too.
pub(super) struct Quota(f64);

impl Quota {
    /// A quota that starts anywhere.
    pub(super) fn new(dice: &mut Dice) -> Self {
        Self(dice.part())
    }

    /// Whether the next, with this chance, is picked.
    pub(super) fn picks(&mut self, chance: f64) -> bool {
        self.0 += chance;
        let picked = self.0 >= 1.0;
        if picked {
            self.0 -= 1.0;
        }
        picked
    }
}
