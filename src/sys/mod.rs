//! The operating system, behind plain functions: clock, process, files, signals, terminal device.
//!
//! A leaf: knows nothing of schools, screens or SQL, and nothing else of ours. What only Unix has is behind
//! `cfg(unix)` here and nowhere else.

pub mod clock;
pub mod file;
pub mod process;
pub mod signal;
#[cfg(unix)]
pub mod tty;
