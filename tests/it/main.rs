//! The one integration binary: one link step.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop; clippy allows it by itself only in functions that are tests"
)]

mod budgets;
#[cfg(unix)]
mod cli;
mod editor;
mod eyes;
#[cfg(unix)]
mod fault;
mod import;
mod ladder;
mod lock;
#[cfg(target_os = "linux")]
mod marker;
#[cfg(target_os = "linux")]
mod memory;
mod office;
#[cfg(unix)]
mod pty;
#[cfg(unix)]
mod readme;
mod scripts;
mod tidy;
