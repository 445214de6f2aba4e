//! Waits that a test of two processes asks for, where one may meet another. In a build that is handed out there are none.

/// Where a process may be held up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Point {
    /// Before a database is opened.
    Open,
    /// Before a lock is taken.
    Lock,
    /// Before a file takes another's name, or is removed.
    Rename,
}

/// Waits here where it was asked for: `SENDESK_SELFTEST_DELAY` is a seed and the longest wait in milliseconds, as `7:40`.
#[cfg(any(debug_assertions, feature = "selftest"))]
pub fn at(point: Point) {
    if let Some((seed, most)) = asked() {
        std::thread::sleep(wait(
            seed,
            point,
            TURN.fetch_add(1, Ordering::Relaxed),
            most,
        ));
    }
}

/// Waits nowhere.
#[cfg(not(any(debug_assertions, feature = "selftest")))]
pub fn at(_: Point) {}

#[cfg(any(debug_assertions, feature = "selftest"))]
use std::{
    sync::OnceLock,
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

/// How many points this process has passed.
#[cfg(any(debug_assertions, feature = "selftest"))]
static TURN: AtomicU64 = AtomicU64::new(0);

#[cfg(any(debug_assertions, feature = "selftest"))]
fn asked() -> Option<(u64, u64)> {
    static ASKED: OnceLock<Option<(u64, u64)>> = OnceLock::new();
    *ASKED.get_or_init(|| {
        let text = std::env::var("SENDESK_SELFTEST_DELAY").ok()?;
        let (seed, most) = text.split_once(':')?;
        Some((seed.parse().ok()?, most.parse().ok()?))
    })
}

/// Half of the points are passed at once, so that one process can overtake another anywhere.
#[cfg(any(debug_assertions, feature = "selftest"))]
fn wait(seed: u64, point: Point, turn: u64, most: u64) -> Duration {
    // SplitMix64: the same seed waits alike at the same turns.
    let mut chance = seed
        .wrapping_add(turn.wrapping_mul(3) + point as u64)
        .wrapping_add(1)
        .wrapping_mul(0x9e37_79b9_7f4a_7c15);
    chance = (chance ^ (chance >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    chance = (chance ^ (chance >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    chance ^= chance >> 31;
    if chance & 1 == 0 {
        return Duration::ZERO;
    }
    Duration::from_millis((chance >> 1) % (most + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_waits_alike_each_time_sometimes_not_at_all_and_never_longer_than_asked() {
        let waits = |seed| -> Vec<Duration> {
            (0..200)
                .map(|turn| wait(seed, Point::Rename, turn, 40))
                .collect()
        };
        assert_eq!(waits(7), waits(7));
        assert_ne!(waits(7), waits(8));
        let (least, most) = (waits(7).into_iter().min(), waits(7).into_iter().max());
        assert_eq!(least, Some(Duration::ZERO));
        assert!(most > Some(Duration::from_millis(20)) && most <= Some(Duration::from_millis(40)));
    }
}
