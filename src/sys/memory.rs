//! What this process holds in memory: keys on locked pages, and the wiping of what was let go.
//!
//! Rust's own heap is wiped as it is freed (the allocator in `main`). The heap of the C libraries and the stack are not:
//! [`forget`] overwrites what is free in both, and is called once a desk is locked.

mod sweep;

use region::LockGuard;
use std::fmt;
use std::hint::black_box;
use std::ops::{Deref, DerefMut};
use zeroize::Zeroize;

/// A page of its own, so that letting one key go does not unlock another beside it.
#[cfg_attr(
    all(target_vendor = "apple", target_arch = "aarch64"),
    repr(align(16384))
)]
#[cfg_attr(
    not(all(target_vendor = "apple", target_arch = "aarch64")),
    repr(align(4096))
)]
struct Page([u8; 32]);

/// A key of 256 bits on a page that is never swapped out, wiped when it is let go. Moving it moves a pointer: no copy
/// stays on the stack. Where the system locks no page (a limit of zero) it is wiped all the same.
pub struct Key {
    // Let go before the page is freed.
    held: Option<LockGuard>,
    page: Box<Page>,
}

impl Key {
    /// A key of zeroes, to be filled in its place.
    pub fn blank() -> Self {
        let page = Box::new(Page([0; 32]));
        let held = region::lock(page.0.as_ptr(), page.0.len()).ok();
        Self { held, page }
    }

    /// True where the system keeps its page from being swapped out.
    pub fn is_locked(&self) -> bool {
        self.held.is_some()
    }
}

impl Deref for Key {
    type Target = [u8; 32];

    fn deref(&self) -> &[u8; 32] {
        &self.page.0
    }
}

impl DerefMut for Key {
    fn deref_mut(&mut self) -> &mut [u8; 32] {
        &mut self.page.0
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Key {}

impl Drop for Key {
    fn drop(&mut self) {
        self.page.0.zeroize();
    }
}

impl fmt::Debug for Key {
    /// Never what it holds.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key")
    }
}

/// Does work that has secrets on the stack, and overwrites what it left there. The work may go as deep as 128 KiB.
pub fn off_the_stack<T>(work: impl FnOnce() -> T) -> T {
    /// Not into the caller's frame, which stays.
    #[inline(never)]
    fn deeper<T>(work: impl FnOnce() -> T) -> T {
        work()
    }
    let done = deeper(work);
    wipe_stack(128 / 8);
    done
}

/// Overwrites what is free: the stack below, and the heap of the C libraries (`SQLite`'s pages, statements and texts,
/// OpenSSL's), this thread's and that of threads which have ended.
pub fn forget() {
    wipe_stack(MAIN);
    sweep::sweep();
}

/// How far down the stack may have been used while a desk was open: 1 MiB, an eighth of what the main thread has.
const MAIN: u32 = 1024 / 8;

/// Overwrites so many times 8 KiB of the stack below the caller.
#[inline(never)]
fn wipe_stack(times: u32) {
    let mut room = [0_u8; 8 * 1024];
    black_box(&mut room);
    if times > 1 {
        wipe_stack(times - 1);
    }
    // Not a tail call, or each would use the room of the last.
    black_box(&mut room);
}

#[cfg(test)]
mod tests;
