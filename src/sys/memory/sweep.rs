//! The free heap, overwritten by asking for all of it.
//!
//! `SQLite` frees without wiping (its `cipher_memory_security` does wipe, but locks and unlocks each of its pieces: 30 % more
//! instructions at opening, some thousand system calls a save, and it cannot be turned off again). So once its files are
//! closed, every free piece of the heap is asked for, filled, and given back. A piece from where no memory was before says
//! that none of its size is free any more. Where the system's allocator works otherwise this does no harm.

use std::ops::Range;

/// Pieces as large as the allocator still takes from its heap rather than from the system.
const LARGEST: usize = 64 * 1024;

/// Up to this size an allocator keeps lists of its own for each size, 16 bytes apart.
const SMALL: usize = 1024;

/// Threads that have ended leave heaps behind, which new ones take up: so many at most. Fewer than four are at work at any
/// time, jobs and the eyes on the files.
const THREADS: usize = 8;

/// Overwrites the free heap of this thread, and of threads that have ended.
pub(super) fn sweep() {
    let before = Before::now();
    before.sweep();
    before.sweep_beside(THREADS);
}

/// The memory there was before the sweep, in the order of its addresses.
struct Before(Vec<Range<usize>>);

impl Before {
    /// As the kernel tells; nothing where it does not, and then nothing is swept.
    fn now() -> Self {
        let maps = std::fs::read_to_string("/proc/self/maps").unwrap_or_default();
        let address = |text: &str| usize::from_str_radix(text, 16).ok();
        let range = |line: &str| {
            let (place, rest) = line.split_once(' ')?;
            let (from, to) = place.split_once('-')?;
            rest.starts_with("rw").then_some(())?;
            Some(address(from)?..address(to)?)
        };
        Self(maps.lines().filter_map(range).collect())
    }

    fn holds(&self, piece: &[u8]) -> bool {
        let end = piece.as_ptr() as usize + piece.len();
        let at = self.0.partition_point(|range| range.end < end);
        self.0.get(at).is_some_and(|range| range.start < end)
    }

    /// Sweeps on so many threads, each while the one before still has its heap; a thread that gets a new one says that
    /// none is left over.
    fn sweep_beside(&self, threads: usize) {
        let work = || {
            if threads > 0 && self.holds(&filled(SMALL)) {
                self.sweep();
                self.sweep_beside(threads - 1);
            }
        };
        // Where there is no thread to be had its heap stays as it is.
        std::thread::scope(|scope| {
            let _ = std::thread::Builder::new().spawn_scoped(scope, work);
        });
    }

    fn sweep(&self) {
        let most: usize = self.0.iter().map(Range::len).sum();
        let halves = (0..).map(|halving| LARGEST >> halving);
        let halves = halves.take_while(|size| *size > SMALL);
        let smalls = (1..=SMALL / 16).rev().map(|size| size * 16 + 8);
        let mut held = Vec::new();
        for size in halves.chain(smalls) {
            for _ in 0..most / size {
                let piece = filled(size);
                let was_there = self.holds(&piece);
                held.push(piece);
                if !was_there {
                    break;
                }
            }
        }
    }
}

/// A piece that is written to.
fn filled(size: usize) -> Vec<u8> {
    static ZERO: [u8; LARGEST] = [0; LARGEST];
    // Not `vec![0; size]`: no zeroed piece is taken from the lists of small sizes.
    let mut piece = Vec::with_capacity(size);
    piece.extend_from_slice(&ZERO[..size]);
    std::hint::black_box(&mut piece);
    piece
}
